import { asWord, numbersOf, wordIn, type Feature } from '../api/features.js';
import type { Axes } from '../api/grid.js';
import type { KnownModel } from '../api/model.js';
import { NumberField, SelectField } from './field.js';
import { number } from './numbers.js';
import { Slider } from './slider.js';
import { WordField } from './word.js';

/** What was chosen of axes, as an address keeps it; the rest follows from the model. */
export type ChosenAxes = Partial<Omit<Axes, 'ranges'>> & { ranges?: Record<string, Ends> };

/** From where to where, as it was typed: empty, or the wrong way round, it is no range. */
type Ends = readonly [number | null, number | null];

/** The columns of words beside the axes. */
function wordsIn(features: readonly Feature[]): Feature[] {
  const numbers = numbersOf(features);
  return features.filter(({ inputs }) => !inputs.some((name) => numbers.includes(name)));
}

/**
 * Axes with what was not chosen: the first numbers across and upwards, where the model was trained, and of the rest the middle; of words
 * those of the first row.
 */
export function axesOf(chosen: ChosenAxes, { features, ranges: known, first }: Pick<KnownModel, 'features' | 'ranges' | 'first'>,
  mayBeCurve = true): Axes {
  const inputs = numbersOf(features);
  const x = inputs.find((name) => name === chosen.x) ?? inputs[0] ?? '';
  const others = inputs.filter((name) => name !== x);
  const y = mayBeCurve && chosen.y === '' ? '' : others.find((name) => name === chosen.y) ?? others[0] ?? '';
  const ranges = Object.fromEntries(inputs.map((name) =>
    [name, range(chosen.ranges?.[name]) ?? wide(known[name]) ?? ([-1, 1] as const)]));
  const at = Object.fromEntries(others.filter((name) => name !== y).map((name) => {
    const [from, to] = ranges[name] ?? [-1, 1];
    return [name, Number.isFinite(chosen.at?.[name]) ? chosen.at![name]! : first[name] ?? (from + to) / 2];
  }));
  const words = wordsIn(features).map((feature) =>
    asWord(feature, wordIn(feature, chosen.at ?? {}) ?? wordIn(feature, first) ?? feature.words[0]!));
  return { x, y, ranges, at: Object.assign(at, ...words) as Record<string, number> };
}

function range(given: unknown): readonly [number, number] | null {
  return Array.isArray(given) && given.length === 2 && given.every(Number.isFinite) && given[0] < given[1]
    ? [given[0], given[1]] : null;
}

/** Whether something was typed for an axis that is no range, so that nothing can be drawn over it. */
export function areWrong(axes: Axes, chosen: ChosenAxes): boolean {
  return [axes.x, axes.y].some((name) => {
    const typed = endsOf(chosen.ranges?.[name]);
    return typed !== null && range(typed) === null;
  });
}

function endsOf(given: unknown): Ends | null {
  return Array.isArray(given) && given.length === 2
    && given.every((end) => end === null || Number.isFinite(end)) ? [given[0], given[1]] : null;
}

function wide(known: readonly [number, number] | undefined): readonly [number, number] | null {
  return known === undefined ? null : known[0] < known[1] ? known : [known[0] - 1, known[0] + 1];
}

/** What else a picture is at: b = 1, origin = usa. */
export function heldOf({ at }: Axes, features: readonly Feature[]): string {
  const words = wordsIn(features);
  return [...Object.entries(at).filter(([name]) => !words.some(({ inputs }) => inputs.includes(name)))
    .map(([name, value]) => `${name} = ${number(value)}`),
    ...words.map((feature) => `${feature.name} = ${wordIn(feature, at) ?? '–'}`)].join(', ');
}

/** Fields for axes: which inputs, from where to where, a slider for every other input, and a choice for every column of words. */
export function AxesFields({ axes, chosen, features, onChange, mayBeCurve = true }: {
  axes: Axes;
  chosen: ChosenAxes;
  features: readonly Feature[];
  onChange: (patch: ChosenAxes) => void;
  mayBeCurve?: boolean;
}) {
  const inputs = numbersOf(features);
  const words = wordsIn(features);
  const options = inputs.map((name) => ({ value: name, label: name }));
  const setRange = (name: string, next: Ends) =>
    onChange({ ranges: { ...axes.ranges, ...chosen.ranges, [name]: next } });
  return (
    <fieldset class="panel">
      <legend>Axes</legend>
      {inputs.length > 1 && (
        <div class="row">
          <SelectField label="Across" value={axes.x} options={options}
            onChange={(x) => onChange({ x, y: x === axes.y ? axes.x : axes.y })} />
          <SelectField label="Upwards" value={axes.y} onChange={(y) => onChange({ y })}
            options={[...(mayBeCurve ? [{ value: '', label: 'The values, as a curve' }] : []),
              ...options.filter(({ value }) => value !== axes.x)]} />
        </div>
      )}
      {[axes.x, axes.y].filter((name) => name !== '').map((name) => (
        <RangeFields key={name} name={name} range={endsOf(chosen.ranges?.[name]) ?? axes.ranges[name] ?? [-1, 1]}
          onChange={(next) => setRange(name, next)} />
      ))}
      {Object.entries(axes.at).filter(([name]) => inputs.includes(name)).map(([name, value]) => {
        const [from, to] = axes.ranges[name] ?? [-1, 1];
        return <Slider key={name} label={name} value={value} from={from} to={to}
          onInput={(next) => onChange({ at: { ...axes.at, [name]: next } })} />;
      })}
      {words.map((feature) => <WordField key={feature.name} feature={feature} values={axes.at}
        onChange={(next) => onChange({ at: { ...axes.at, ...next } })} />)}
    </fieldset>
  );
}

function RangeFields({ name, range: [from, to], onChange }: {
  name: string;
  range: Ends;
  onChange: (range: Ends) => void;
}) {
  const isTurned = from !== null && to !== null && from >= to;
  const wrong = (end: number | null, turned: string) => (end === null ? 'Write a number.' : isTurned ? turned : undefined);
  return (
    <div class="row ends">
      <NumberField label={`${name} from`} value={from} onInput={(next) => onChange([next, to])}
        error={wrong(from, `Must be less than ${to}.`)} />
      <NumberField label={`${name} to`} value={to} onInput={(next) => onChange([from, next])}
        error={wrong(to, `Must be greater than ${from}.`)} />
    </div>
  );
}
