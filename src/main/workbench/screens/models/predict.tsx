import { comparedBy, isOfClasses, probabilitiesOf } from '../../api/classes.js';
import { asWord, outsideOf, unseenWord, wordIn } from '../../api/features.js';
import { unrefused, useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { NumberField } from '../../components/field.js';
import { number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { Shown } from '../../components/unreadable.js';
import { WordField } from '../../components/word.js';
import { PredictFile } from './predict-file.js';
import type { ViewProps } from './screen.js';

/** Of a prediction, which may be of numbers far from 0 that differ little. */
const DIGITS = 9;

/** What a model says of numbers and words that one chooses, or of those in a file. */
export function Predict({ known, state, change }: ViewProps) {
  const { model, network, ranges, first, features, training } = known;
  const numbers = Object.fromEntries(network.inputs.map((name): [string, number | null] => {
    const given = state.inputs[name];
    const [from, to] = ranges[name] ?? [0, 0];
    return [name, typeof given === 'number' || given === null ? given : first[name] ?? (from + to) / 2];
  }));
  const chosen = Object.assign({}, numbers, ...features.filter(({ words }) => words.length > 0).map((feature) =>
    asWord(feature, wordIn(feature, numbers) ?? wordIn(feature, first) ?? ''))) as typeof numbers;
  const values = network.inputs.map((name) => chosen[name] ?? null);
  const isWhole = values.every((value) => value !== null);
  const asked = useAsked(isWhole ? (signal) => service.models.predict(
    { id: model.id, predictionRequest: { inputs: [values as number[]] } }, { signal }) : null, [model.id, values], 150);
  const answer = unrefused(asked);
  const outputs = answer?.outputs[0] ?? null;
  const classes = training !== null && isOfClasses(training.loss) ? { compared: comparedBy(training.loss, network) } : null;
  const likely = classes?.compared == null || outputs === null ? null : probabilitiesOf(classes.compared, outputs);
  const best = likely === null ? 0 : likely.indexOf(Math.max(...likely));
  const reason = answer?.undefined?.[0]?.reason;
  const outside = outsideOf(network.inputs, values, ranges);
  const set = (inputs: Record<string, number | null>) => change({ inputs: { ...state.inputs, ...inputs } as Record<string, number> });
  return (
    <>
      <div class="columns">
        <fieldset class="panel">
          <legend>By hand</legend>
          {features.map((feature) => {
            const { name } = feature;
            if (feature.words.length > 0) return <WordField key={name} feature={feature} values={chosen} onChange={set} />;
            const range = ranges[name];
            return (
              <NumberField key={name} label={name} value={chosen[name]} pointer={`/inputs/0/${network.inputs.indexOf(name)}`}
                help={range && `It was trained from ${number(range[0])} to ${number(range[1])}.`}
                onInput={(next) => set({ [name]: next })} />
            );
          })}
        </fieldset>
        <div>
          <RefusalSummary refusal={asked.refusal} />
          <Shown isSaid>
            {!isWhole && <p class="help">Give every input a number.</p>}
            {reason !== undefined && <p role="status">The model has no value there: {reason}</p>}
            {isWhole && asked.refusal === null && (
              <div role="status">
                <Table caption="Prediction"
                  rowKey={({ name }) => name}
                  rows={network.outputs.map((name, index) => ({ name, value: outputs?.[index], likely: likely?.[index] }))}
                  columns={[{ title: 'Output', cell: ({ name }) => <code>{name}</code> },
                    { title: likely !== null && classes?.compared !== 'outputs' ? 'Logit' : 'Value', isNumber: true,
                      cell: ({ value }) => number(value, DIGITS) },
                    ...(likely === null ? [] : [{ title: 'Probability', isNumber: true,
                      cell: (row: { likely: number | undefined }) => number(row.likely) }])]} />
                {likely !== null && training?.loss === 'cross-entropy' && <p>Most likely: <strong>{known.words[network.outputs[best]!] ?? network.outputs[best]}</strong>.</p>}
                {outside.length > 0 && (
                  <p class="warnings"><strong>This is outside of what it was trained on:</strong> {outside.map((one) =>
                    unseenWord(features, one) ?? `${one.name} is ${number(one.by)} ${chosen[one.name]! < one.end ? 'below' : 'above'} ${
                      number(one.end)}`).filter((said) => said !== '').join(', ')}. No data tell of
                    what is there.</p>
                )}
              </div>
            )}
          </Shown>
        </div>
      </div>
      <PredictFile known={known} />
    </>
  );
}
