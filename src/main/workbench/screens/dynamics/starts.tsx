import { problemAt, type Refusal } from '../../api/problems.js';
import { NumberField } from '../../components/field.js';

/** Where trajectories start, typed in. */
export function Starts({ inputs, starts, refusal, onChange }: {
  inputs: readonly string[];
  starts: readonly (readonly (number | null)[])[];
  refusal: Refusal | null;
  onChange: (starts: (number | null)[][]) => void;
}) {
  const copy = starts.map((start) => [...start]);
  return (
    <fieldset class="panel">
      <legend>Starts</legend>
      {starts.map((start, index) => (
        <div class="row start" key={index} role="group" aria-label={`Start ${index + 1}`}>
          <span class="number">{index + 1}</span>
          {inputs.map((name, column) => {
            const pointer = `/starts/${index}/${column}`;
            return (
              <NumberField key={name} label={name} value={start[column]} pointer={pointer}
                error={start[column] === null ? 'Write a number.' : problemAt(refusal, pointer)?.detail}
                onInput={(value) => onChange(copy.map((other, at) =>
                    (at === index ? other.map((own, place) => (place === column ? value : own)) : other)))} />
            );
          })}
          <button type="button" disabled={starts.length === 1} aria-label={`Remove start ${index + 1}`}
            onClick={() => onChange(copy.filter((_, at) => at !== index))}>Remove</button>
        </div>
      ))}
      <p class="row">
        <button type="button"
          onClick={() => onChange([...copy, (copy.at(-1) ?? inputs.map(() => 0))
            .map((value) => (value ?? 0) / 2)])}>Add a start</button>
        <button type="button" onClick={() => onChange([])}>Begin anew</button>
      </p>
    </fieldset>
  );
}
