import { problemAt, token, type Refusal } from '../../api/problems.js';
import { EquationField } from '../../components/equation.js';
import { NumberField, TextField } from '../../components/field.js';
import { count, number } from '../../components/numbers.js';
import { missesEnd, samplesOf, type GridState } from './grid.js';

/**
 * Fields for the axes of a grid and the equations of the targets. `pointer` is where the dataset stands in
 * the request.
 */
export function GridFields({ grid, onChange, refusal, pointer = '' }: {
  grid: GridState;
  onChange: (grid: GridState) => void;
  refusal: Refusal | null;
  pointer?: string;
}) {
  const { axes, targets } = grid;
  const putAxis = (at: number, patch: Partial<GridState['axes'][number]>) =>
    onChange({ ...grid, axes: axes.map((axis, other) => (other === at ? { ...axis, ...patch } : axis)) });
  const putTarget = (at: number, patch: Partial<GridState['targets'][number]>) =>
    onChange({ ...grid, targets: targets.map((target, other) => (other === at ? { ...target, ...patch } : target)) });
  const samples = samplesOf(grid);
  const tooMany = problemAt(refusal, `${pointer}/grid`)?.detail;
  return (
    <>
      {axes.map((axis, at) => {
        const place = `${pointer}/grid/${token(axis.name)}`;
        const field = (part: 'from' | 'to' | 'step', label: string) => (
          <NumberField label={label} value={axis[part]} pointer={`${place}/${part}`}
            error={problemAt(refusal, `${place}/${part}`)?.detail}
            onInput={(value) => putAxis(at, { [part]: value })} />
        );
        return (
          <fieldset class="panel" key={at}>
            <legend>Input {at + 1}</legend>
            <div class="axis">
              <TextField label="Name" value={axis.name} pointer={place} error={problemAt(refusal, place)?.detail}
                onInput={(name) => putAxis(at, { name })} />
              {field('from', 'From')}
              {field('to', 'To')}
              {field('step', 'Step')}
              {axes.length > 1 && (
                <button type="button" aria-label={`Remove input ${at + 1}`}
                  onClick={() => onChange({ ...grid, axes: axes.toSpliced(at, 1) })}>Remove</button>
              )}
            </div>
            {missesEnd(axis) !== null && <p class="help" role="status">The last is {number(missesEnd(axis))}: no whole number of steps leads
              to {number(axis.to)}.</p>}
          </fieldset>
        );
      })}
      <p class="row">
        <button type="button"
          onClick={() => onChange({ ...grid,
          axes: [...axes, { name: freeName('xyuvw', axes), from: -1, to: 1, step: 0.1 }] })}>Add an input</button>
        <span class={tooMany === undefined ? 'help' : 'error'} role="status">{tooMany ?? (samples === null ? 'Every input needs a range and a step above 0.' :
          `${count(samples)} samples.`)}</span>
      </p>
      {targets.map((target, at) => {
        const place = `${pointer}/targets/${token(target.name)}`;
        return (
          <fieldset class="panel" key={at}>
            <legend>Target {at + 1}</legend>
            <div class="row named">
              <TextField label="Name" value={target.name} onInput={(name) => putTarget(at, { name })} />
              {targets.length > 1 && (
                <button type="button" aria-label={`Remove target ${at + 1}`}
                  onClick={() => onChange({ ...grid, targets: targets.toSpliced(at, 1) })}>Remove</button>
              )}
            </div>
            <EquationField label="Equation" value={target.equation} pointer={place} problem={problemAt(refusal, place)}
              help={`Over ${axes.map((axis) => axis.name).join(', ')}: sin(pi * x), exp(-x^2), where(x > 0, x, 0).`}
              onInput={(equation) => putTarget(at, { equation })} />
          </fieldset>
        );
      })}
      <p><button type="button"
        onClick={() => onChange({ ...grid,
        targets: [...targets, { name: freeName('zuvwf', targets), equation: '' }] })}>Add a target</button></p>
    </>
  );
}

function freeName(letters: string, taken: readonly { name: string }[]): string {
  return [...letters].find((letter) => taken.every(({ name }) => name !== letter)) ?? `c${taken.length + 1}`;
}
