import { linkTo, useAddressState } from '../../app/address.js';
import { useAsked } from '../../api/asked.js';
import { Formula } from '../../components/formula.js';
import { isName, loadAll } from './example.js';
import { Programs } from './take-along.js';
import { ExampleView } from './view.js';

/** Examples, one click each: what is learned, live, and the same as programs. */
export function Screen() {
  const [state, change] = useAddressState('gallery', { example: '', training: '' });
  const { value: examples, refusal } = useAsked(loadAll, []);
  if (refusal !== null) return <p role="alert" class="alert">The examples could not be loaded. Reload the page.</p>;
  if (examples === null) return <p>Loading the examples …</p>;
  const chosen = isName(state.example) ? examples.find(({ name }) => name === state.example) : undefined;
  return (
    <>
      <p>Each example trains a model here and now, by one click, and shows what came out. Every one is there as a program, too.</p>
      <ul class="cards">
        {examples.map(({ name, title, truth }) => (
          <li key={name}>
            <a href={linkTo('gallery', { example: name })} aria-current={name === chosen?.name ? 'true' : undefined}>
              <strong>{title}</strong>
            </a>
            {chosen === undefined && <Formula latex={truth} label={`What ${title} learns`} />}
          </li>
        ))}
      </ul>
      {chosen && (
        <section key={chosen.name} aria-labelledby="example">
          <h2 id="example">{chosen.title}</h2>
          <p>{chosen.about}</p>
          <Formula latex={chosen.truth} label="What there is to learn" />
          <ExampleView example={chosen} training={state.training} onTraining={(training) => change({ training })} />
          <h3>The same without this page</h3>
          <Programs name={chosen.name} example={chosen} />
        </section>
      )}
    </>
  );
}
