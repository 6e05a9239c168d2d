import type { ExpressionResult } from 'client';
import type { ComponentChildren } from 'preact';
import { linkTo, useAddressState } from '../../app/address.js';
import { useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { aligned, Formula, leftOf } from '../../components/formula.js';
import { RefusalSummary } from '../../components/refusal.js';
import { load, type LoadedExample } from '../gallery/example.js';
import { useExample } from '../gallery/run.js';
import { Controls, Outcome, Pictures } from '../gallery/view.js';

/** What Nabla does, within a minute: a network as a formula, trained by one click, and where to go from there. */
export function Screen() {
  const { value: example, refusal } = useAsked(() => load('gaussian'), []);
  return (
    <>
      <p class="lead large">
        Describe a small neural network, train it on your data or on an equation, and take the result along as mathematics:
        its formula, its derivatives, code.
      </p>
      {refusal !== null && <p role="alert" class="alert">The example could not be loaded. Reload the page.</p>}
      <div class="first">{example && <Seen example={example} />}</div>
      <h2>Where to go</h2>
      <ul class="cards">
        <Way to={linkTo('data', { from: 'csv' })} title="I have a table">Open a CSV file, train on it, take the formula along.</Way>
        <Way to={linkTo('network')} title="I want to see a network’s mathematics">Layers, outputs, gradients, any derivative.</Way>
        <Way to={linkTo('gallery')} title="I want examples">
          Mechanics, differential equations, unknown coefficients: one click each.
        </Way>
        <Way to="/swagger-ui.html" title="I write programs">All of this is an HTTP API, for any language.</Way>
      </ul>
    </>
  );
}

function Way({ to, title, children }: { to: string; title: string; children: ComponentChildren }) {
  return <li><a href={to}>{title}</a><br />{children}</li>;
}

function Seen({ example }: { example: LoadedExample }) {
  const [state, change] = useAddressState('', { training: '' });
  const running = useExample(example, state.training, (training) => change({ training }));
  const { network } = example.training;
  const printed = useAsked(network ? (signal) => service.expressions.printExpressions({
    expressionRequest: { network, equations: ['z', 'D(z, x)'], form: 'array', shareSubexpressions: true },
  }, { signal }) : null, [network]);
  const [output, derivative] = (printed.value?.results ?? []).map(lines);
  return (
    <>
      <div class="columns even seen">
        <section>
          <h2>A network is a formula</h2>
          <p>Two inputs, two layers of three units, one output:</p>
          <RefusalSummary refusal={printed.refusal} />
          {output && derivative && (
            <>
              <Formula label="The output z" latex={aligned(output)} />
              <p>Its derivative by x, like any other, is one more line or two:</p>
              <Formula label="The derivative of z by x"
                latex={aligned(derivative.filter((line) => !output.includes(line)))} />
            </>
          )}
        </section>
        <section>
          <h2>It learns while you look</h2>
          <p>From 441 points of a bell curve, in a second or so. Then the 25 numbers of the formula are known.</p>
          <Controls running={running} />
          <Pictures example={example} run={running.run} height={300} />
        </section>
      </div>
      <Outcome example={example} run={running.run} />
    </>
  );
}

function lines({ definitions, expression, equation }: ExpressionResult): string[] {
  return [...definitions.map((given) => `${given.name} = ${given.expression}`), leftOf(equation) + expression];
}
