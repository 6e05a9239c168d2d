import { unrefused, useAsked } from '../../api/asked.js';
import { likelyOf } from '../../api/classes.js';
import { numbersOf } from '../../api/features.js';
import { overAxes } from '../../api/grid.js';
import { problemAt } from '../../api/problems.js';
import { areWrong, AxesFields, axesOf } from '../../components/axes.js';
import { SelectField } from '../../components/field.js';
import { EntryField, KINDS, OverInputs } from '../../components/over-inputs.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Shown } from '../../components/unreadable.js';
import { EquationChoice } from './formulas.js';
import type { ViewProps } from './screen.js';

const POINTS_OF_CURVE = 301;
const POINTS_OF_SIDE = 49;

/** An equation of a model over one or two of its inputs. */
export function Picture({ known, state, change }: ViewProps) {
  const { model, network, features, training } = known;
  const axes = axesOf(state.axes, known);
  const isCurve = axes.y === '';
  const isWrong = areWrong(axes, state.axes);
  const asked = useAsked(isWrong ? null : async (signal) => ({
    equation: state.equation, axes,
    over: (await overAxes(model.id, [state.equation], network.inputs, axes, isCurve ? POINTS_OF_CURVE : POINTS_OF_SIDE,
      signal))[0]!,
  }), [model.id, state.equation, axes], 150);
  const problem = problemAt(asked.refusal, '/equations/0');
  const shown = isWrong ? null : unrefused(asked);
  const entries = (shown?.over.shape ?? []).reduce((a, b) => a * b, 1);
  const entry = Number.isInteger(state.entry) && state.entry >= 0 && state.entry < entries ? state.entry : 0;
  return (
    <div class="picture-first">
      <Shown isSaid>
        {isWrong && <p role="status">Nothing is drawn: the range of an axis is wrong.</p>}
        {shown === null && asked.refusal === null && !isWrong && <p role="status">Computing the picture …</p>}
        {shown !== null && <OverInputs modelId={model.id} equation={shown.equation} over={shown.over} axes={shown.axes} features={features}
          entry={entry} kind={state.kind} />}
      </Shown>
      <div>
        <EquationChoice inputs={numbersOf(features)} outputs={network.outputs} equation={state.equation} likely={likelyOf(training, network)}
          onInput={(equation) => change({ equation })}
          problem={problem} />
        <RefusalSummary refusal={asked.refusal} />
        <div class="row">
          {shown && <EntryField shape={shown.over.shape} value={entry} onChange={(next) => change({ entry: next })} />}
          {!isCurve && (
            <SelectField label="Picture" value={state.kind} onChange={(kind) => change({ kind })}
              options={KINDS.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))} />
          )}
        </div>
        <AxesFields axes={axes} chosen={state.axes} features={features}
          onChange={(patch) => change({ axes: { ...state.axes, ...patch } })} />
      </div>
    </div>
  );
}
