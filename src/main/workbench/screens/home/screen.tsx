import { linkTo, useAddressState } from '../../app/address.js';
import { useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { Formula } from '../../components/formula.js';
import { RefusalSummary } from '../../components/refusal.js';
import { load } from '../gallery/example.js';
import { ExampleView } from '../gallery/view.js';

/** What Nabla does, within a minute: a network as a formula, trained by one click, and where to go from there. */
export function Screen() {
  const [state, change] = useAddressState('', { training: '' });
  const { value: example, refusal } = useAsked(() => load('gaussian'), []);
  const network = example?.training.network;
  const printed = useAsked(network ? (signal) => service.expressions.printExpressions({
    expressionRequest: { network, equations: ['z', 'D(z, x)'], form: 'array', shareSubexpressions: true },
  }, { signal }) : null, [network]);
  return (
    <>
      <p class="lead">
        Describe a small neural network, train it on your data or on an equation, and take the result along as mathematics:
        its formula, its derivatives, code.
      </p>
      {refusal !== null && <p role="alert" class="alert">The example could not be loaded. Reload the page.</p>}
      <h2>A network is a formula</h2>
      <p>Two inputs, two layers of three units, one output. This is its output, and the derivative of that by x:</p>
      <RefusalSummary refusal={printed.refusal} />
      {printed.value?.results.map(({ equation, expression, definitions }) => (
        <Formula key={equation} label={equation === 'z' ? 'The output z' : 'The derivative of z by x'} latex={
          `\\begin{aligned} ${[...definitions.map((definition) => `${definition.name} &= ${definition.expression}`),
            `${equation === 'z' ? 'z' : '\\frac{\\partial z}{\\partial x}'} &= ${expression}`].join(' \\\\ ')} \\end{aligned}`} />
      ))}
      <h2>It learns while you look</h2>
      <p>From 441 points of a bell curve, in a second or so. Then the 25 numbers of the formula are known.</p>
      {example && <ExampleView example={example} training={state.training} onTraining={(training) => change({ training })} />}
      <h2>Where to go</h2>
      <ul class="ways">
        <li><a href={linkTo('data')}>I have a table</a> Drop a CSV file, train on it, take the formula along.</li>
        <li><a href={linkTo('network')}>I want to see a network’s mathematics</a> Layers, outputs, gradients, any derivative.</li>
        <li><a href={linkTo('gallery')}>I want examples</a> Mechanics, differential equations, unknown coefficients: one click each.</li>
        <li><a href="/swagger-ui.html">I write programs</a> All of this is an HTTP API, for any language.</li>
      </ul>
    </>
  );
}
