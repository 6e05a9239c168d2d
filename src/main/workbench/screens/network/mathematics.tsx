import { Form, type ExpressionResponse, type NetworkRequest, type Problem } from 'client';
import { unrefused, useAsked, type Asked } from '../../api/asked.js';
import { problemAt } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { EquationField } from '../../components/equation.js';
import { CheckField, SelectField } from '../../components/field.js';
import { Files } from '../../components/files.js';
import { TakeAway, Typeset } from '../../components/printed.js';
import { Shown } from '../../components/unreadable.js';
import { labelOf } from '../../components/words.js';
import type { NetworkState } from './screen.js';

/** Equations of the network, typeset while they are typed, and printed in every format of the service. */
export function Mathematics({ state, change, typeset }: {
  state: NetworkState;
  change: (patch: Partial<NetworkState>) => void;
  typeset: Asked<ExpressionResponse>;
}) {
  const { equations } = state;
  const results = unrefused(typeset)?.results ?? [];
  return (
    <>
      <p class="help">Inputs, outputs and parameters by name: {examplesOf(state.network)}.</p>
      <div class="row">
        <SelectField label="Form" value={state.form} onChange={(form) => change({ form })}
          options={Object.values(Form).map((value) => ({ value, label: labelOf(value) }))} />
        <CheckField label="Share subexpressions" value={state.shareSubexpressions} pointer="/shareSubexpressions"
          onChange={(shareSubexpressions) => change({ shareSubexpressions })} />
      </div>
      {equations.map((equation, index) => (
        <section key={index} class="panel" aria-label={`Equation ${index + 1}`}>
          <EquationField label={`Equation ${index + 1}`} value={equation} pointer={`/equations/${index}`}
            problem={problemAt(typeset.refusal, `/equations/${index}`)}
            onInput={(next) => change({ equations: equations.map((other, at) => (at === index ? next : other)) })} />
          {results[index] && <Shown><Typeset result={results[index]} /></Shown>}
          {equations.length > 1 && (
            <button type="button" aria-label={`Remove equation ${index + 1}`}
              onClick={() => change({ equations: equations.filter((_, at) => at !== index) })}>Remove</button>
          )}
        </section>
      ))}
      <button type="button" onClick={() => change({ equations: [...equations, 'outputs'] })}>Add an equation</button>
      <Shown>
        <Printed state={state} change={change} />
        <Files request={{ network: state.network, equations }}
          print={{ form: state.form, shareSubexpressions: state.shareSubexpressions }}
          isWrong={typeset.refusal?.problems.some(isOfDefinition) ?? false} />
      </Shown>
    </>
  );
}

/** Whether something is wrong in what is written, rather than that it is too much to be printed. */
function isOfDefinition({ pointer, position }: Problem): boolean {
  return pointer.startsWith('/network') || position != null;
}

/** What may be written of a network, by its own names. */
function examplesOf({ inputs, outputs, layers, architecture }: NetworkRequest): string {
  const first = (names: unknown, start: string): string => (Array.isArray(names) ? names as string[] : [])[0] ?? start;
  const input = first(inputs, 'x1');
  const output = architecture?.type === 'equations' ? Object.keys(architecture.outputs ?? {})[0] ?? 'outputs'
    : first(outputs, 'y1');
  return [output, `D(${output}, ${input})`, ...(layers ? [`D(${output}, L1.W)`] : []), 'D(outputs, inputs)'].join(', ');
}

/** The equations in a format of the service. */
function Printed({ state, change }: { state: NetworkState; change: (patch: Partial<NetworkState>) => void }) {
  const { network, equations, form, format, shareSubexpressions } = state;
  const expressionRequest = { network, equations, form, format, shareSubexpressions };
  const printed = useAsked((signal) => service.expressions.printExpressions({ expressionRequest }, { signal }), [expressionRequest], 250);
  return <TakeAway results={unrefused(printed)?.results ?? []} format={format} onFormat={(next) => change({ format: next })} name="network" />;
}
