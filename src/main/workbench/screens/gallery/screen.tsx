import { linkTo, useAddressState } from '../../app/address.js';
import { useAsked } from '../../api/asked.js';
import { aligned, Formula } from '../../components/formula.js';
import { loadAll, type LoadedExample } from './example.js';
import { Programs } from './take-along.js';
import { useExample } from './run.js';
import { Controls, Outcome, Pictures } from './view.js';

/** Examples, one click each: what is learned, live, and the same as programs. */
export function Screen() {
  const [state, change] = useAddressState('gallery', { example: '', training: '' });
  const { value: examples, refusal } = useAsked(loadAll, []);
  if (refusal !== null) return <p role="alert" class="alert">The examples could not be loaded. Reload the page.</p>;
  if (examples === null) return <p>Loading the examples …</p>;
  const chosen = examples.find(({ name }) => name === state.example);
  return (
    <>
      <p>
        Each example trains a model here and now, by one click, and shows what came out. Every one is there as a program, too.
      </p>
      <ul class={chosen ? 'cards small' : 'cards'}>
        {examples.map(({ name, title, truth }) => (
          <li key={name}>
            <a href={linkTo('gallery', { example: name })} aria-current={name === chosen?.name ? 'true' : undefined}>{title}</a>
            {chosen === undefined && <Formula latex={aligned(truth)} label={`What there is to learn: ${title}`} />}
          </li>
        ))}
      </ul>
      {chosen && (
        <Chosen key={chosen.name} example={chosen} training={state.training} onTraining={(training) => change({ training })} />
      )}
    </>
  );
}

function Chosen({ example, training, onTraining }: {
  example: LoadedExample;
  training: string;
  onTraining: (id: string) => void;
}) {
  const running = useExample(example, training, onTraining);
  return (
    <section aria-labelledby="example">
      <h2 id="example">{example.title}</h2>
      <p class="lead">{example.about}</p>
      <Formula latex={aligned(example.truth)} label="What there is to learn" />
      <Controls running={running} seconds={example.seconds} />
      <Pictures example={example} run={running.run} height={340} />
      <Outcome example={example} run={running.run} />
      <h3>The same without this page</h3>
      <Programs example={example} />
    </section>
  );
}
