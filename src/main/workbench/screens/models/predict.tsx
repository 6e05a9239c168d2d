import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { NumberField } from '../../components/field.js';
import { number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { PredictFile } from './predict-file.js';
import type { ViewProps } from './screen.js';

/** What a model says of numbers that one types, or of those in a file. */
export function Predict({ known, state, change }: ViewProps) {
  const { model, network, ranges, first } = known;
  const values = network.inputs.map((name) => {
    const given = state.inputs[name];
    const [from, to] = ranges[name] ?? [0, 0];
    return typeof given === 'number' || given === null ? given : first[name] ?? (from + to) / 2;
  });
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const isWhole = wrong.length === 0 && values.every((value) => value !== null);
  const asked = useAsked(isWhole ? (signal) => service.models.predict(
    { id: model.id, predictionRequest: { inputs: [values as number[]] } }, { signal }) : null, [model.id, values], 150);
  const outputs = asked.value?.outputs[0] ?? null;
  const reason = asked.value?.undefined?.[0]?.reason;
  return (
    <>
      <div class="columns">
        <fieldset class="panel">
          <legend>By hand</legend>
          {network.inputs.map((name, index) => {
            const known = ranges[name];
            return (
              <NumberField key={name} label={name} value={values[index] ?? null} pointer={`/inputs/0/${index}`}
                help={known && `It was trained from ${number(known[0])} to ${number(known[1])}${isOutside(values[index], known)
                  ? ': no data tell of what is outside' : ''}.`}
                onWrong={(isWrong) => setWrong((before) => before.filter((other) => other !== name).concat(isWrong ? [name] : []))}
                onInput={(next) => change({ inputs: { ...state.inputs, [name]: next as number } })} />
            );
          })}
        </fieldset>
        <div>
          <RefusalSummary refusal={asked.refusal} />
          {!isWhole && <p class="help">Give every input a number.</p>}
          {reason !== undefined && <p role="status">The model has no value there: {reason}</p>}
          {isWhole && asked.refusal === null && (
            <div role="status">
              <Table caption="Prediction"
                rows={network.outputs.map((name, index) => ({ name, value: outputs?.[index] }))} rowKey={({ name }) =>
                  name}
                columns={[{ title: 'Output', cell: ({ name }) => <code>{name}</code> },
                  { title: 'Value', isNumber: true, cell: ({ value }) => number(value) }]} />
            </div>
          )}
        </div>
      </div>
      <PredictFile known={known} />
    </>
  );
}

function isOutside(value: number | null | undefined, [from, to]: readonly [number, number]): boolean {
  return typeof value === 'number' && (value < from || value > to);
}
