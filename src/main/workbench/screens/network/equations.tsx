import type { Architecture, Coefficient, EquationModel, Layer, NetworkRequest, Part } from 'client';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { problemAt, token } from '../../api/problems.js';
import { EquationField } from '../../components/equation.js';
import { CountsField, NumberField, TextField } from '../../components/field.js';
import type { Edited } from './builder.js';

/** Where a model by equations starts: for every output a network that decays along the first input. */
export function equationModel({ inputs, outputs }: Pick<NetworkRequest, 'inputs' | 'outputs'>): Architecture {
  const from = typeof inputs === 'number' ? Array.from({ length: inputs }, (_, at) => `x${at + 1}`) : inputs as string[];
  const to = outputs?.length ? outputs : ['u'];
  const free = (name: string): string => (from.includes(name) || to.includes(name) ? free(`${name}0`) : name);
  const nu = free('nu');
  const parts = to.map((_, at) => free(to.length === 1 ? 'N' : `N${at + 1}`));
  const part: Part = { inputs: from.length, layers: [{ type: 'dense', units: 4 }, { type: 'dense', units: 1, activation: 'identity' }] };
  return {
    type: 'equations',
    parts: Object.fromEntries(parts.map((name) => [name, part])),
    coefficients: { [nu]: { initial: 0.1 } },
    outputs: Object.fromEntries(to.map((name, at) => [name, `${parts[at]}(${from.join(', ')}) * exp(-${nu} * ${from[0] ?? 1})`])),
  };
}

const AT = '/network/architecture';

/** Fields for outputs written as equations, with networks as parts and numbers that are learned. */
export function EquationModelFields({ network, onChange, refusal }: Edited) {
  const model = network.architecture as EquationModel;
  const outputs = model.outputs as Record<string, string>;
  const put = (patch: Partial<EquationModel>) => onChange({ ...network, architecture: { ...model, ...patch } as Architecture });
  return (
    <>
      <Named title="Outputs" what="output" values={outputs} start={() => '0'} onChange={(next) => put({ outputs: next })}>
        {(name, value, set) => (
          <EquationField label={`${name} =`} value={value} onInput={set} pointer={`${AT}/outputs/${token(name)}`}
            problem={problemAt(refusal, `${AT}/outputs/${token(name)}`)} />
        )}
      </Named>
      <Named title="Parts" what="part" values={model.parts ?? {}} onChange={(parts) => put({ parts })}
        start={(): Part => ({ inputs: 1, layers: [{ type: 'dense', units: 4 }, { type: 'dense', units: 1, activation: 'identity' }] })}>
        {(name, part, set) => (
          <div class="row">
            <NumberField label={`Inputs of ${name}`} value={typeof part.inputs === 'number' ? part.inputs : null}
              onInput={(inputs) => set({ ...part, inputs: inputs as number })} pointer={`${AT}/parts/${token(name)}/inputs`}
              error={problemAt(refusal, `${AT}/parts/${token(name)}/inputs`)?.detail} />
            <CountsField label={`Units of the layers of ${name}`} value={(part.layers ?? []).flatMap((layer) => ('units' in layer ? [layer.units] : []))}
              help="The last layer is linear, all others are tanh." pointer={`${AT}/parts/${token(name)}/layers`}
              error={refusal?.problems.find((problem) => problem.pointer.startsWith(`${AT}/parts/${token(name)}/layers`))?.detail}
              onInput={(units) => set({ ...part, layers: layersOf(units) })} />
          </div>
        )}
      </Named>
      <Named title="Coefficients" what="coefficient" values={model.coefficients ?? {}} start={(): Coefficient => ({ initial: 1 })}
        onChange={(coefficients) => put({ coefficients })}>
        {(name, coefficient, set) => (
          <NumberField label={`${name} starts at`} value={typeof coefficient.initial === 'number' ? coefficient.initial : null}
            onInput={(initial) => set({ ...coefficient, initial: initial as number })} pointer={`${AT}/coefficients/${token(name)}/initial`}
            error={problemAt(refusal, `${AT}/coefficients/${token(name)}/initial`)?.detail} />
        )}
      </Named>
    </>
  );
}

function layersOf(units: number[]): Layer[] {
  return units.map((count, index) => (index === units.length - 1
    ? { type: 'dense', units: count, activation: 'identity' } : { type: 'dense', units: count }));
}

/** Values by name, which are added and removed. */
function Named<V>({ title, what, values, start, onChange, children }: {
  title: string;
  what: string;
  values: Record<string, V>;
  start: () => V;
  onChange: (values: Record<string, V>) => void;
  children: (name: string, value: V, set: (value: V) => void) => ComponentChildren;
}) {
  const [name, setName] = useState('');
  const isFree = name !== '' && !(name in values);
  const add = () => {
    if (!isFree) return;
    onChange({ ...values, [name]: start() });
    setName('');
  };
  return (
    <fieldset class="panel">
      <legend>{title}</legend>
      {Object.entries(values).map(([key, value]) => (
        <div key={key} class="named">
          {children(key, value, (next) => onChange({ ...values, [key]: next }))}
          <button type="button" aria-label={`Remove ${what} ${key}`}
            onClick={() => onChange(Object.fromEntries(Object.entries(values).filter(([other]) => other !== key)))}>Remove</button>
        </div>
      ))}
      <div class="row">
        <TextField label={`Name of another ${what}`} value={name} onInput={setName} onEnter={add} />
        <button type="button" disabled={!isFree} aria-label={`Add ${what}`} onClick={add}>Add</button>
      </div>
    </fieldset>
  );
}
