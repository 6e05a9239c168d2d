import { MethodName } from 'client';
import { problemAt, type Refusal } from '../../api/problems.js';
import { EquationField } from '../../components/equation.js';
import { NumberField, SelectField } from '../../components/field.js';
import { labelOf } from '../../components/words.js';
import type { ViewProps } from './screen.js';

/** What is followed, and how. */
export function SystemFields({ state, change, method, refusal }: Pick<ViewProps,
  'state' | 'change'> & { method: MethodName; refusal: Refusal | null }) {
  const at = (name: string) => ({ pointer: `/${name}`, error: problemAt(refusal, `/${name}`)?.detail });
  return (
    <fieldset class="panel">
      <legend>How it is followed</legend>
      <SelectField label="Method" value={method} onChange={(next) => change({ method: next })} {...at('method')}
        options={Object.values(MethodName).map((value) => ({ value, label: labelOf(value) }))}
        help={method === MethodName.Map ? 'The model says where a state is next; a step is the time that this takes.'
          : method === MethodName.DormandPrince
            ? 'It chooses its own steps within the tolerance; a step is the time between two states that are shown.'
              : undefined} />
      <div class="row">
        <NumberField label="Step" value={state.step} onInput={(step) => change({ step })} {...at('step')} />
        <NumberField isWhole label="Steps" value={state.steps}
          onInput={(steps) => change({ steps })} {...at('steps')} {...(state.steps === null && { error: 'Write a number.' })} />
        {method === MethodName.DormandPrince && <NumberField label="Tolerance" value={state.tolerance}
          onInput={(tolerance) => change({ tolerance })} {...at('tolerance')} />}
      </div>
      <details open={state.field !== '' || state.energy !== '' || problemAt(refusal, '/field') !== undefined
        || problemAt(refusal, '/energy') !== undefined}>
        <summary>Another field or energy</summary>
        <EquationField label="Field" value={state.field} onInput={(field) => change({ field })} pointer="/field"
          problem={problemAt(refusal, '/field')}
          help="A vector with a rate for every input, as [D(H, p), -D(H, q)]. Left empty it is the model's own." />
        <EquationField label="Energy" value={state.energy} onInput={(energy) => change({ energy })} pointer="/energy"
          problem={problemAt(refusal, '/energy')}
          help="What is to be kept, as p^2 / 2 - cos(q). Left empty it is the model's own, where it has one." />
      </details>
    </fieldset>
  );
}
