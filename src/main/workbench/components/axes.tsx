import type { Axes } from '../api/grid.js';
import { NumberField, SelectField } from './field.js';
import { Slider } from './slider.js';

/** What was chosen of axes, as an address keeps it; the rest follows from the model. */
export type ChosenAxes = Partial<Axes>;

/** Axes with what was not chosen: the first inputs across and upwards, where the model was trained, and the middle of the rest. */
export function axesOf(chosen: ChosenAxes, inputs: readonly string[], known: Record<string, readonly [number, number]>,
  mayBeCurve = true): Axes {
  const x = inputs.find((name) => name === chosen.x) ?? inputs[0] ?? '';
  const others = inputs.filter((name) => name !== x);
  const y = mayBeCurve && chosen.y === '' ? '' : others.find((name) => name === chosen.y) ?? others[0] ?? '';
  const ranges = Object.fromEntries(inputs.map((name) =>
    [name, range(chosen.ranges?.[name]) ?? wide(known[name]) ?? ([-1, 1] as const)]));
  const at = Object.fromEntries(others.filter((name) => name !== y).map((name) => {
    const [from, to] = ranges[name] ?? [-1, 1];
    return [name, Number.isFinite(chosen.at?.[name]) ? chosen.at![name]! : (from + to) / 2];
  }));
  return { x, y, ranges, at };
}

function range(given: unknown): readonly [number, number] | null {
  return Array.isArray(given) && given.length === 2 && given.every(Number.isFinite) && given[0] < given[1]
    ? [given[0], given[1]] : null;
}

function wide(known: readonly [number, number] | undefined): readonly [number, number] | null {
  return known === undefined ? null : known[0] < known[1] ? known : [known[0] - 1, known[0] + 1];
}

/** Fields for axes: which inputs, from where to where, and a slider for every other input. */
export function AxesFields({ axes, inputs, onChange, mayBeCurve = true }: {
  axes: Axes;
  inputs: readonly string[];
  onChange: (patch: ChosenAxes) => void;
  mayBeCurve?: boolean;
}) {
  const options = inputs.map((name) => ({ value: name, label: name }));
  const setRange = (name: string, next: readonly [number, number]) =>
    onChange({ ranges: { ...axes.ranges, [name]: next } });
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
        <RangeFields key={name} name={name} range={axes.ranges[name] ?? [-1, 1]}
          onChange={(next) => setRange(name, next)} />
      ))}
      {Object.entries(axes.at).map(([name, value]) => {
        const [from, to] = axes.ranges[name] ?? [-1, 1];
        return <Slider key={name} label={name} value={value} from={from} to={to}
          onInput={(next) => onChange({ at: { ...axes.at, [name]: next } })} />;
      })}
    </fieldset>
  );
}

function RangeFields({ name, range: [from, to], onChange }: {
  name: string;
  range: readonly [number, number];
  onChange: (range: readonly [number, number]) => void;
}) {
  return (
    <div class="row ends">
      <NumberField label={`${name} from`} value={from}
        onInput={(next) => next !== null && next < to && onChange([next, to])} />
      <NumberField label={`${name} to`} value={to}
        onInput={(next) => next !== null && next > from && onChange([from, next])} />
    </div>
  );
}
