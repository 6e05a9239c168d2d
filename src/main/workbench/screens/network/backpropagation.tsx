import { Form, Format, type Definition, type NetworkRequest } from 'client';
import { unrefused, useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { NumberField } from '../../components/field.js';
import { Formula, spelled } from '../../components/formula.js';
import { RefusalSummary } from '../../components/refusal.js';

/** W and b of all layers, by the paths that equations name them by. */
function parameters(network: NetworkRequest): string[] {
  return (network.layers ?? []).flatMap((layer, index) => [`L${index + 1}.W`,
    ...(layer.type === 'linear' || ('bias' in layer && layer.bias === false) ? [] : [`L${index + 1}.b`])]);
}

/**
 * The forward pass, δ from the last layer to the first, and the gradients that are made of them. δ is what the service calls
 * so: the derivative of an output by what a layer has before its activation.
 *
 * @param output which one is differentiated, from 1 on
 */
export function Backpropagation({ network, output, onOutput }: {
  network: NetworkRequest;
  output: number;
  onOutput: (output: number) => void;
}) {
  const paths = parameters(network);
  const expressionRequest = {
    network, form: Form.Array, format: Format.Latex, shareSubexpressions: true,
    equations: [...paths.map((path) => `D(outputs[${output}], ${path})`), 'outputs'],
  };
  const asked = useAsked(paths.length === 0 ? null
    : (signal) => service.expressions.printExpressions({ expressionRequest }, { signal }), [expressionRequest], 250);
  if (paths.length === 0) {
    return <p>Backpropagation goes from layer to layer: it is shown of a network that is made of layers.</p>;
  }
  const results = unrefused(asked)?.results ?? [];
  const definitions = [...new Map(results.flatMap((result) => result.definitions).map((found) => [found.name, found])).values()];
  const gradients = results.slice(0, -1);
  const outputs = results.at(-1);
  const names = Array.isArray(network.outputs) ? network.outputs as string[] : [];
  const name = spelled(names[output - 1] ?? `y${output}`);
  const vector = names.length === 1 ? spelled(names[0]!) : '\\mathrm{outputs}';
  const isDelta = (definition: Definition) => definition.name.startsWith('\\delta');
  return (
    <>
      <NumberField label="Output" value={output} min={1} step={1} onInput={(next) => onOutput(next ?? 1)}
        help="The one that is differentiated. The gradient of a loss is that of the outputs, times the loss's by each of them." />
      <RefusalSummary refusal={asked.refusal} />
      <Steps title="Forward, layer by layer" definitions={[
        ...definitions.filter((definition) => !isDelta(definition)),
        ...(outputs === undefined ? [] : [{ name: vector, expression: outputs.expression }]),
      ]} />
      <Steps title="Backward: δ of each layer" definitions={definitions.filter(isDelta)} />
      <h2>Gradients</h2>
      {gradients.map((result, index) => (
        <Formula key={result.equation} label={`Gradient by ${paths[index] ?? ''}`}
          latex={`\\frac{\\partial ${name}}{\\partial ${symbol(paths[index] ?? '')}} = ${result.expression}`} />
      ))}
    </>
  );
}

function symbol(path: string): string {
  const [, layer = '', name = ''] = /^L(\d+)\.(\w+)$/.exec(path) ?? [];
  return `${name}^{(${layer})}`;
}

function Steps({ title, definitions }: { title: string; definitions: readonly Pick<Definition, 'name' | 'expression'>[] }) {
  return (
    <>
      <h2>{title}</h2>
      {definitions.map((definition) => (
        <Formula key={definition.name} latex={`${definition.name} = ${definition.expression}`} label={title} />
      ))}
    </>
  );
}
