import { Form, Format, type ExpressionResponse, type ExpressionResult } from 'client';
import { useAsked, type Asked } from '../../api/asked.js';
import { problemAt } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { CopyAndDownload } from '../../components/copy.js';
import { EquationField } from '../../components/equation.js';
import { CheckField, SelectField } from '../../components/field.js';
import { Formula } from '../../components/formula.js';
import { count } from '../../components/numbers.js';
import { labelOf } from '../../components/schema-fields.js';
import type { NetworkState } from './screen.js';

const ENDINGS: Partial<Record<Format, string>> = { latex: 'tex', python: 'py', text: 'txt' };
/** Longer ones are not typeset: a browser would be busy for seconds. */
const LONGEST_TYPESET = 20_000;

/** Equations of the network, typeset while they are typed, and printed in every format of the service. */
export function Mathematics({ state, change, typeset }: {
  state: NetworkState;
  change: (patch: Partial<NetworkState>) => void;
  typeset: Asked<ExpressionResponse>;
}) {
  const { equations } = state;
  const results = typeset.value?.results ?? [];
  return (
    <>
      <p class="help">Inputs, outputs and parameters by name: z, D(z, x), D(z, L1.W), D(outputs, inputs).</p>
      <div class="row">
        <SelectField label="Form" value={state.form} onChange={(form) => change({ form })}
          options={Object.values(Form).map((value) => ({ value, label: labelOf(value) }))} />
        <CheckField label="Share subexpressions" value={state.shareSubexpressions}
          onChange={(shareSubexpressions) => change({ shareSubexpressions })} />
      </div>
      {equations.map((equation, index) => (
        <section key={index} class="panel" aria-label={`Equation ${index + 1}`}>
          <EquationField label={`Equation ${index + 1}`} value={equation} pointer={`/equations/${index}`}
            problem={problemAt(typeset.refusal, `/equations/${index}`)}
            onInput={(next) => change({ equations: equations.map((other, at) => (at === index ? next : other)) })} />
          {results[index] && <Typeset result={results[index]} />}
          {equations.length > 1 && (
            <button type="button" aria-label={`Remove equation ${index + 1}`}
              onClick={() => change({ equations: equations.filter((_, at) => at !== index) })}>Remove</button>
          )}
        </section>
      ))}
      <button type="button" onClick={() => change({ equations: [...equations, 'outputs'] })}>Add an equation</button>
      <Printed state={state} change={change} />
    </>
  );
}

function Typeset({ result }: { result: ExpressionResult }) {
  const length = result.expression.length + result.definitions.reduce((sum, definition) => sum + definition.expression.length, 0);
  return (
    <>
      {length > LONGEST_TYPESET
        ? <p class="help">The formula is too long to be typeset here. Share its subexpressions, or take it as text below.</p>
        : (
          <>
            {result.definitions.map((definition) => (
              <Formula key={definition.name} latex={`${definition.name} = ${definition.expression}`} label={`Definition in ${result.equation}`} />
            ))}
            <Formula latex={result.expression} label={`Formula of ${result.equation}`} />
          </>
        )}
      <p class="help">
        {result.shape.length === 0 ? 'A number' : `An array of ${result.shape.join(' × ')}`}; {count(result.nodeCount)} nodes
        as a graph, {count(result.treeNodeCount)} written out.
      </p>
    </>
  );
}

/** The equations in a format of the service. */
function Printed({ state, change }: { state: NetworkState; change: (patch: Partial<NetworkState>) => void }) {
  const { network, equations, form, format, shareSubexpressions } = state;
  const expressionRequest = { network, equations, form, format, shareSubexpressions };
  const printed = useAsked((signal) => service.expressions.printExpressions({ expressionRequest }, { signal }), [expressionRequest], 250);
  const text = (printed.value?.results ?? []).map(textOf).join('\n\n');
  return (
    <section aria-labelledby="printed">
      <h2 id="printed">Take away</h2>
      <div class="row">
        <SelectField label="Format" value={format} onChange={(next) => change({ format: next })}
          options={Object.values(Format).map((value) => ({ value, label: labelOf(value) }))} />
        <CopyAndDownload text={text} file={`network.${ENDINGS[format] ?? format}`} />
      </div>
      <pre class="output" tabIndex={0} role="group" aria-label="The equations as text">{text}</pre>
    </section>
  );
}

function textOf(result: ExpressionResult): string {
  return result.code ?? [...result.definitions.map((definition) => `${definition.name} = ${definition.expression}`), result.expression].join('\n');
}
