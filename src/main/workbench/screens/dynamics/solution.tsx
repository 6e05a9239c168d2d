import { useMemo } from 'preact/hooks';
import { unrefused, useAsked } from '../../api/asked.js';
import type { Feature } from '../../api/features.js';
import { overAxes } from '../../api/grid.js';
import { termsOf } from '../../api/model.js';
import { problemAt } from '../../api/problems.js';
import type { Point } from '../../charts/chart.js';
import { areWrong, AxesFields, axesOf } from '../../components/axes.js';
import { CheckField, SelectField } from '../../components/field.js';
import { EquationField } from '../../components/equation.js';
import { Following } from '../../components/following.js';
import { OverInputs } from '../../components/over-inputs.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { Shown } from '../../components/unreadable.js';
import { pointsOf } from './points.js';
import { Profile } from './profile.js';
import { TIME } from './system.js';
import type { ViewProps } from './screen.js';

const POINTS_OF_CURVE = 201;
const POINTS_OF_SIDE = 61;

/** A solution of a differential equation, what is left over of the equation, and where it was asked to hold. */
export function Solution({ known, state, change }: ViewProps) {
  const { model, network, training } = known;
  const isTime = ({ name }: Feature) => TIME.test(name);
  const features = [...known.features.filter((feature) => !isTime(feature)), ...known.features.filter(isTime)];
  const axes = axesOf(state.axes, { ...known, features });
  const output = network.outputs.find((name) => name === state.output) ?? network.outputs[0] ?? 'outputs';
  const terms = termsOf(training);
  const residual = state.residual ?? terms[0]?.equation ?? '';
  const points = axes.y === '' ? POINTS_OF_CURVE : POINTS_OF_SIDE;
  const isWrong = areWrong(axes, state.axes);
  const solution = useAsked(isWrong ? null : async (signal) =>
    ({ axes, over: (await overAxes(model.id, [output], network.inputs, axes, points, signal))[0]! }),
    [model.id, output, axes], 150);
  const left = useAsked(residual === '' || isWrong ? null : async (signal) => ({
    axes, equation: residual, over: (await overAxes(model.id, [residual], network.inputs, axes, points, signal))[0]!,
  }), [model.id, residual, axes], 250);
  const solved = isWrong ? null : unrefused(solution);
  const over = isWrong ? null : unrefused(left);
  const drawn = useAsked((signal) => pointsOf(training, signal), [training?.id]);
  const [column, line] = [network.inputs.indexOf(axes.x), network.inputs.indexOf(axes.y)];
  const dots = useMemo(() =>
    (!state.hasPoints || line < 0 ? undefined : (drawn.value ?? []).filter(({ reason }) => reason === null)
      .map(({ name, rows }) => ({
    name, points: rows.map((row): Point => [row[column]!, row[line]!]),
  }))), [drawn.value, state.hasPoints, column, line]);
  const problem = problemAt(left.refusal, '/equations/0');
  return (
    <>
      <div class="columns">
        <div>
          {network.outputs.length > 1 && (
            <SelectField label="Solution" value={output} onChange={(next) => change({ output: next })}
              options={network.outputs.map((value) => ({ value, label: value }))} />
          )}
          <EquationField label="Equation that is to be 0" value={residual}
            onInput={(next) => change({ residual: next })} problem={problem} pointer="/equations/0"
            help="What it is at a point is how far the solution is from meeting it there." />
          {terms.length > 0 && (
            <Table caption="Terms of the training" rows={terms.map((term, index) => ({ ...term, index }))}
              rowKey={({ index }) => String(index)} columns={[
              { title: 'Term', isNumber: true, cell: ({ index }) => index + 1 },
              { title: 'Equation', cell: ({ equation }) => (
                <button type="button" class="link"
                  onClick={() => change({ residual: equation })}><code>{equation}</code></button>
              ) },
            ]} />
          )}
        </div>
        <div>
          <AxesFields axes={axes} chosen={state.axes} features={features}
            onChange={(patch) => change({ axes: { ...state.axes, ...patch } })} />
          {axes.y !== '' && terms.length > 0 && (
            <CheckField label="Show the points at which the equations were to hold" value={state.hasPoints}
              onChange={(hasPoints) => change({ hasPoints })} />
          )}
          {state.hasPoints && drawn.value?.map(({ name, reason }) => reason && <p key={name}
            class="help">Not shown are those of {name}: {reason}.</p>)}
        </div>
      </div>
      <RefusalSummary refusal={solution.refusal ?? drawn.refusal ?? left.refusal} />
      <Shown isSaid>
        <Following isBusy={!isWrong && (solution.isWaiting || left.isWaiting)} what="Computing the solution and what is left over …">
          <div class="halves">
            <div>
              {isWrong && <p role="status">Nothing is drawn: the range of an axis is wrong.</p>}
              {solved !== null && <OverInputs modelId={model.id} equation={output} over={solved.over}
                axes={solved.axes} features={features} entry={0} kind="heat map" />}
              {solved !== null && axes.y !== '' && <Profile name={output} over={solved.over}
                axes={solved.axes} />}
            </div>
            <div>
              {residual === '' && <p class="help">Write an equation above to see where it is met.</p>}
              {over !== null && (
                <OverInputs modelId={model.id} equation={over.equation} over={over.over} axes={over.axes} features={features} entry={0}
                  kind="heat map" dots={dots} isDiverging />
              )}
            </div>
          </div>
        </Following>
      </Shown>
    </>
  );
}
