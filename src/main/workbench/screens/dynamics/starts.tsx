import type { Feature } from '../../api/features.js';
import { problemAt, type Refusal } from '../../api/problems.js';
import { NumberField } from '../../components/field.js';
import { WordField } from '../../components/word.js';

/** Where trajectories start, typed in. */
export function Starts({ inputs, features, starts, refusal, onChange }: {
  inputs: readonly string[];
  features: readonly Feature[];
  starts: readonly (readonly (number | null)[])[];
  refusal: Refusal | null;
  onChange: (starts: (number | null)[][]) => void;
}) {
  const copy = starts.map((start) => [...start]);
  const isNumber = (input: string) => features.some(({ name, words }) => words.length === 0 && name === input);
  return (
    <fieldset class="panel">
      <legend>Starts</legend>
      {starts.map((start, index) => (
        <div class="row start" key={index} role="group" aria-label={`Start ${index + 1}`}>
          <span class="number">{index + 1}</span>
          {features.map((feature) => {
            const { name } = feature;
            const put = (values: Readonly<Record<string, number | null>>) => onChange(copy.map((other, at) =>
              (at === index ? other.map((own, place) => (inputs[place]! in values ? values[inputs[place]!]! : own)) : other)));
            if (feature.words.length > 0)
              return <WordField key={name} feature={feature} onChange={put}
                values={Object.fromEntries(inputs.map((input, place) => [input, start[place]]))} />;
            const column = inputs.indexOf(name);
            const pointer = `/starts/${index}/${column}`;
            return (
              <NumberField key={name} label={name} value={start[column]} pointer={pointer}
                error={start[column] === null ? 'Write a number.' : problemAt(refusal, pointer)?.detail}
                onInput={(value) => put({ [name]: value })} />
            );
          })}
          <button type="button" disabled={starts.length === 1} aria-label={`Remove start ${index + 1}`}
            onClick={() => onChange(copy.filter((_, at) => at !== index))}>Remove</button>
        </div>
      ))}
      <p class="row">
        <button type="button"
          onClick={() => onChange([...copy, (copy.at(-1) ?? inputs.map(() => 0))
            .map((value, place) => (isNumber(inputs[place]!) ? (value ?? 0) / 2 : value))])}>Add a start</button>
        <button type="button" onClick={() => onChange([])}>Begin anew</button>
      </p>
    </fieldset>
  );
}
