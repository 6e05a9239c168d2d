import { ScalingFitted, type Architecture, type Layer, type NetworkRequest } from 'client';
import { useAsked } from '../../api/asked.js';
import { choices, documentSchemas, type Schema } from '../../api/document.js';
import { problemAt, problemIn, type Refusal } from '../../api/problems.js';
import { SelectField } from '../../components/field.js';
import type { Found } from '../../components/found.js';
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

/** Fields for a network: names, and layers or an architecture, of the kinds that the service has. */
export function Builder({ network, onChange, refusal, made }: Edited & {
  /** Definitions by what they are made of. */
  made: Found<NetworkRequest>;
}) {
  const { value: schemas } = useAsked(documentSchemas, []);
  const architectures = schemas === null ? [] : [...choices(schemas, 'Architecture').keys()];
  const kind = network.architecture?.type ?? 'layers';
  const choose = (next: string) => {
    if (schemas === null || next === kind) return;
    const before = made(kind, network, next);
    if (before !== undefined) {
      onChange({ ...before, inputs: network.inputs });
      return;
    }
    const { layers: _layers, architecture: _architecture, outputs, normalization, ...rest } = network;
    const units = Math.max(outputs?.length ?? 1, 1);
    // Equations are of the numbers as they are, unless somebody chooses otherwise.
    if (next === 'equations') onChange({ ...rest, architecture: equationModel(network) });
    else onChange({ ...rest, ...(normalization && { normalization }), ...(next === 'layers'
      ? { layers: [{ type: 'dense', units: 3 }, { type: 'dense', units, activation: 'identity' }] }
      : { architecture: startOf(choices(schemas, 'Architecture').get(next) ?? {}) as unknown as Architecture }) });
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
  const put = (next: Record<string, unknown>[]) => onChange({ ...network, layers: next as unknown as Layer[] });
  return (
    <>
      {layers.map((layer, index) => {
        const type = String(layer['type'] ?? 'dense');
        const pointer = `/network/layers/${index}`;
        const replace = (next: Record<string, unknown>) => put(layers.map((other, at) => (at === index ? next : other)));
        // Only the fields: what they mean is said once, below.
        const { units, ...others } = kinds.get(type)?.properties ?? {};
        const schema = Object.fromEntries(Object.entries(units === undefined ? others : { units, ...others })
          .map(([name, part]) => [name, withoutDescription(part)]));
        return (
          <fieldset class="panel" key={index}>
            <legend>Layer {index + 1}</legend>
            <div class="row">
              <SelectField label="Kind" value={type} options={[...kinds.keys()].map((value) => ({ value, label: labelOf(value) }))}
                onChange={(next) => replace(startOf(kinds.get(next) ?? {})['units'] === undefined ? { type: next } : { type: next, units: layer['units'] ?? 3 })} />
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
