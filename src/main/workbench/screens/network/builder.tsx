import { ScalingFitted, type Architecture, type Layer, type NetworkRequest } from 'client';
import { useAsked } from '../../api/asked.js';
import { choices, documentSchemas, type Schema } from '../../api/document.js';
import { problemAt, problemIn, type Refusal } from '../../api/problems.js';
import { outputCount } from '../../components/drawing.js';
import { SelectField } from '../../components/field.js';
import { useFound } from '../../components/found.js';
import { NamesField } from '../../components/names.js';
import { SchemaFields, startOf } from '../../components/schema-fields.js';
import { labelOf } from '../../components/words.js';
import { equationModel, EquationModelFields } from './equations.js';
import { withScaling } from './normalization.js';

export interface Edited {
  network: NetworkRequest;
  onChange: (network: NetworkRequest) => void;
  refusal: Refusal | null;
}

/** What the outputs are called, where they have names. */
function outputNames({ outputs, architecture }: NetworkRequest): readonly string[] {
  const written = architecture?.type === 'equations' ? architecture.outputs as object : [];
  return outputs ?? (Array.isArray(written) ? [] : Object.keys(written));
}

/** The same with its outputs called so, where there are as many. */
function withOutputs(network: NetworkRequest, names: readonly string[]): NetworkRequest {
  const { inputs, layers, architecture } = network;
  const last = layers?.at(-1);
  const count = architecture?.type === 'equations' ? 0
    : architecture ? outputCount(architecture, typeof inputs === 'number' ? inputs : (inputs as string[]).length)
    : last && 'units' in last ? last.units : 0;
  return names.length > 0 && names.length === count ? { ...network, outputs: [...names] } : network;
}

/** Fields for a network: names, and layers or an architecture, of the kinds that the service has. */
export function Builder({ network, onChange, refusal }: Edited) {
  const { value: schemas } = useAsked(documentSchemas, []);
  const made = useFound<NetworkRequest>('/network/architecture');
  const architectures = schemas === null ? [] : [...choices(schemas, 'Architecture').keys()];
  const kind = network.architecture?.type ?? 'layers';
  const started = (next: string, names: readonly string[]): NetworkRequest => {
    const { layers: _layers, architecture: _architecture, outputs: _outputs, normalization, ...rest } = network;
    // Equations are of the numbers as they are, unless somebody chooses otherwise.
    if (next === 'equations') return { ...rest, architecture: equationModel({ ...network, outputs: [...names] }) };
    return { ...rest, ...(normalization && { normalization }), ...(next === 'layers'
      ? { layers: [{ type: 'dense', units: 3 }, { type: 'dense', units: Math.max(names.length, 1), activation: 'identity' }] }
      : { architecture: startOf(choices(schemas!, 'Architecture').get(next) ?? {}) as unknown as Architecture }) };
  };
  const choose = (next: string) => {
    if (schemas === null || next === kind) return;
    const names = outputNames(network);
    const before = made(kind, network, next);
    onChange(withOutputs(before === undefined ? started(next, names) : { ...before, inputs: network.inputs }, names));
  };
  return (
    <section aria-labelledby="network-definition">
      <h2 id="network-definition">Definition</h2>
      <NamesField label="Inputs" help="Names with commas between them, or how many." value={network.inputs as string[] | number}
        onInput={(inputs) => onChange({ ...network, inputs })} pointer="/network/inputs" error={problemIn(refusal, '/network/inputs')?.detail} />
      {kind !== 'equations' && (
        <NamesField label="Outputs" help="Names; left empty they are y1, y2 and so on." value={network.outputs ?? []} pointer="/network/outputs"
          error={problemIn(refusal, '/network/outputs')?.detail}
          onInput={(names) => {
            const { outputs: _, ...rest } = network;
            onChange(typeof names !== 'number' && names.length === 0 ? rest
              : { ...rest, outputs: typeof names === 'number' ? [String(names)] : names });
          }} />
      )}
      <SelectField label="Made of" value={kind} onChange={choose} pointer="/network/architecture"
        error={problemAt(refusal, '/network/architecture')?.detail}
        options={['layers', ...(architectures.length === 0 ? [kind].filter((name) => name !== 'layers') : architectures)].map((value) => ({ value, label: labelOf(value) }))} />
      <NormalizationFields network={network} onChange={onChange} refusal={refusal} />
      {schemas !== null && kind === 'layers' && <LayerFields network={network} onChange={onChange} refusal={refusal} schemas={schemas} />}
      {schemas !== null && network.architecture && kind !== 'layers' && (kind === 'equations'
        ? <EquationModelFields network={network} onChange={onChange} refusal={refusal} />
        : (
          <SchemaFields schemas={schemas} schema={choices(schemas, 'Architecture').get(kind) ?? {}} pointer="/network/architecture"
            refusal={refusal} value={network.architecture as unknown as Record<string, unknown>}
            onChange={(architecture) => onChange({ ...network, architecture: architecture as unknown as Architecture })} />
        ))}
    </section>
  );
}

const SCALING_NAMES: Record<ScalingFitted, string> = {
  standard: 'By mean and standard deviation', 'min-max': 'To between −1 and 1',
};

/** Said of what is scaled where equations are written. */
const SCALED_EQUATIONS = {
  inputs: 'The equations are then of scaled inputs, and coefficients in their units.',
  outputs: 'What the equations give is then scaled back, and coefficients are in scaled units.',
};

/** How inputs and outputs are scaled; numbers that a link brought stay until something else is chosen. */
function NormalizationFields({ network, onChange, refusal }: Edited) {
  return (
    <div class="fields">
      {(['inputs', 'outputs'] as const).map((side) => {
        const now: unknown = network.normalization?.[side];
        const pointer = `/network/normalization/${side}`;
        return (
          <SelectField key={side} label={`Normalization of ${side}`} pointer={pointer} error={problemIn(refusal, pointer)?.detail}
            value={typeof now === 'string' ? now : now ? 'given' : ''}
            help={now && network.architecture?.type === 'equations' ? SCALED_EQUATIONS[side] : undefined}
            options={[{ value: '', label: 'None' }, ...Object.values(ScalingFitted).map((value) => ({ value, label: SCALING_NAMES[value] })),
              ...(now && typeof now !== 'string' ? [{ value: 'given', label: 'By the numbers that are given' }] : [])]}
            onChange={(next) => onChange(withScaling(network, side, next === '' ? null : next))} />
        );
      })}
    </div>
  );
}

function LayerFields({ network, onChange, refusal, schemas }: Edited & { schemas: Record<string, Schema> }) {
  const layers = (network.layers ?? []) as unknown as Record<string, unknown>[];
  const kinds = choices(schemas, 'Layer');
  const found = useFound<Record<string, unknown>>('/network/layers');
  const put = (next: Record<string, unknown>[]) => onChange({ ...network, layers: next as unknown as Layer[] });
  return (
    <>
      {layers.map((layer, index) => {
        const type = String(layer['type'] ?? 'dense');
        const pointer = `/network/layers/${index}`;
        const replace = (next: Record<string, unknown>) => put(layers.map((other, at) => (at === index ? next : other)));
        /** Its units are of both kinds, where both have some. */
        const choose = (next: string) => {
          const hasUnits = startOf(kinds.get(next) ?? {})['units'] !== undefined;
          const before = found(`${layers.length} ${index} ${type}`, layer, `${layers.length} ${index} ${next}`) ?? { type: next };
          replace({ ...before, ...(hasUnits && { units: layer['units'] ?? before['units'] ?? 3 }) });
        };
        // Only the fields: what they mean is said once, below.
        const { units, ...others } = kinds.get(type)?.properties ?? {};
        const schema = Object.fromEntries(Object.entries(units === undefined ? others : { units, ...others })
          .map(([name, part]) => [name, withoutDescription(part)]));
        return (
          <fieldset class="panel" key={index}>
            <legend>Layer {index + 1}</legend>
            <div class="row">
              <SelectField label="Kind" value={type} options={[...kinds.keys()].map((value) => ({ value, label: labelOf(value) }))}
                onChange={choose} />
              <SchemaFields schemas={schemas} schema={{ properties: schema }} value={layer} pointer={pointer} refusal={refusal} onChange={replace} />
              <button type="button" onClick={() => put(layers.filter((_, at) => at !== index))} disabled={layers.length === 1}
                aria-label={`Remove layer ${index + 1}`}>Remove</button>
            </div>
          </fieldset>
        );
      })}
      <button type="button" onClick={() => put([...layers, { type: 'dense', units: 3 }])}>Add a layer</button>
      <p class="help">An activation is a name such as tanh, relu or identity, or an equation in x.</p>
    </>
  );
}

function withoutDescription(part: Schema): Schema {
  const { description: _, ...rest } = part;
  return rest;
}
