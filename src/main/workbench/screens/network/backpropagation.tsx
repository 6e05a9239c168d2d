import { Form, Format, Loss, type Definition, type ExpressionResult, type NetworkRequest } from 'client';
import { Fragment } from 'preact';
import { unrefused, useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { NumberField, SelectField } from '../../components/field.js';
import { Formula, spelled, variable } from '../../components/formula.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Shown } from '../../components/unreadable.js';
import { LOSS_NAMES } from '../training/loss-fields.js';

/** W and b of all layers, by the paths that equations name them by. */
function parameters(network: NetworkRequest): string[] {
  return (network.layers ?? []).flatMap((layer, index) => [`L${index + 1}.W`,
    ...(layer.type === 'linear' || ('bias' in layer && layer.bias === false) ? [] : [`L${index + 1}.b`])]);
}

/** What δ is of: an output, or a loss of one sample. */
export type Differentiated = 'output' | Loss;

const DIFFERENTIATED: { value: Differentiated; label: string }[] = [
  // The loss of a field is of networks that have one, which are not made of layers.
  ...Object.values(Loss).filter((loss) => loss !== Loss.Hamiltonian).map((loss) => ({ value: loss, label: `The loss E: ${LOSS_NAMES[loss]}` })),
  { value: 'output', label: 'An output' },
];

/**
 * The forward pass, δ from the last layer to the first, and the gradients that are made of them. δ is what the service calls
 * so: the derivative of a loss, or of an output, by what a layer has before its activation.
 *
 * @param output which one is differentiated where one is, from 1 on
 */
export function Backpropagation({ network, differentiated, output, onChange }: {
  network: NetworkRequest;
  differentiated: Differentiated;
  output: number;
  onChange: (patch: { differentiated?: Differentiated; output?: number }) => void;
}) {
  const paths = parameters(network);
  const loss = differentiated === 'output' ? null : differentiated;
  const scalar = loss === null ? `outputs[${output}]` : 'loss';
  const expressionRequest = {
    network, form: Form.Array, format: Format.Latex, shareSubexpressions: true, ...(loss !== null && { loss }),
    equations: [...paths.map((path) => `D(${scalar}, ${path})`), 'outputs', ...(loss === null ? [] : ['loss'])],
  };
  const asked = useAsked(paths.length === 0 ? null
    : (signal) => service.expressions.printExpressions({ expressionRequest }, { signal }), [expressionRequest], 250);
  if (paths.length === 0) {
    return <p>Backpropagation goes from layer to layer: it is shown of a network that is made of layers.</p>;
  }
  const results = unrefused(asked)?.results ?? [];
  const [outputs, ofLoss] = results.slice(paths.length);
  const { steps, others } = together(results.slice(0, paths.length));
  const names = Array.isArray(network.outputs) ? network.outputs as string[] : [];
  const name = loss === null ? spelled(names[output - 1] ?? `y${output}`) : 'E';
  const vector = names.length === 1 ? spelled(names[0]!) : '\\mathrm{outputs}';
  const firstDelta = steps.findIndex((step) => isDelta(step));
  const forward = steps.filter((step, at) => !isDelta(step) && (firstDelta < 0 || at < firstDelta));
  return (
    <>
      <div class="row">
        <SelectField label="Differentiated" value={differentiated} onChange={(next) => onChange({ differentiated: next })}
          options={DIFFERENTIATED} help={loss === null ? '' : 'Of one sample, with the targets t.'} />
        {loss === null && (
          <NumberField label="Output" value={output} onInput={(next) => onChange({ output: next ?? 1 })} />
        )}
      </div>
      <RefusalSummary refusal={asked.refusal} />
      <Shown>
        <Steps title="Forward, layer by layer" definitions={[
          ...forward, ...(outputs === undefined ? [] : [{ name: vector, expression: outputs.expression }]),
        ]} />
        {ofLoss !== undefined && <Steps title="The loss" definitions={[...ofLoss.definitions
          .filter((given) => !forward.some((step) => isSame(step, given))), { name: 'E', expression: ofLoss.expression }]} />}
        <Steps title="Backward: δ of each layer" definitions={steps.filter((step) => !forward.includes(step))} />
        <h2>Gradients</h2>
        {results.slice(0, paths.length).map((result, index) => (
          <Fragment key={result.equation}>
            {(others[index] ?? []).map((given) => (
              <Formula key={given.name} latex={`${given.name} = ${given.expression}`} label={`For the gradient by ${paths[index] ?? ''}`} />
            ))}
            <Formula label={`Gradient by ${paths[index] ?? ''}`}
              latex={`\\frac{\\partial ${name}}{\\partial ${variable(paths[index] ?? '')}} = ${result.expression}`} />
          </Fragment>
        ))}
      </Shown>
    </>
  );
}

function isDelta({ name }: Definition): boolean {
  return name.startsWith('\\delta');
}

function isSame(one: Definition, other: Definition): boolean {
  return one.name === other.name && one.expression === other.expression;
}

/**
 * What is defined for several results: once what has the same name and means the same in all, in the order in which it is computed;
 * and by the number of a result what a name means in that one only.
 */
function together(results: readonly ExpressionResult[]): { steps: Definition[]; others: Definition[][] } {
  const steps = new Map<string, Definition>();
  const others = results.map(({ definitions }) => definitions.filter((given) => {
    const known = steps.get(given.name);
    if (known === undefined) steps.set(given.name, given);
    return known !== undefined && !isSame(known, given);
  }));
  return { steps: [...steps.values()], others };
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
