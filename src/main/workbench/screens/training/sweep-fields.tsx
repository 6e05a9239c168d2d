import { SearchNamed, StopRuleNamed, SweepMetric, type TrainingRequest } from 'client';
import { useState } from 'preact/hooks';
import type { Schema } from '../../api/document.js';
import { problemAt, problemIn, token, type Refusal } from '../../api/problems.js';
import { CheckField, NumberField, SelectField, TextField } from '../../components/field.js';
import { MODEL_LOSS, VALIDATION_LOSS } from '../../components/words.js';
import { VALUE, type SweepState, type SweepValue } from './request.js';
import { valueOf, variedOf } from './varied.js';

const SEARCH_NAMES: Record<SweepState['search'], string> = {
  grid: 'Every value with every other', list: 'The first ones together, the second ones, …',
    random: 'Combinations drawn at random',
};
const STOP_NAMES: Record<SweepState['stop'], string> = {
  none: 'Never', median: 'Where they are worse than the median', halving: 'Where they are not among the best (halving)',
};
const METRIC_NAMES: Record<SweepMetric, string> = { loss: MODEL_LOSS, validationLoss: VALIDATION_LOSS };

const FREE = { value: '', label: 'Another one, by its JSON Pointer' };

/** What a sweep varies, and how. */
export function SweepFields({ schemas, sweep, training, onChange, refusal }: {
  schemas: Record<string, Schema>;
  sweep: SweepState;
  training: TrainingRequest;
  onChange: (sweep: SweepState) => void;
  refusal: Refusal | null;
}) {
  const put = (at: number, patch: Partial<SweepValue>) =>
    onChange({ ...sweep, values: sweep.values.map((value, other) => (other === at ? { ...value, ...patch } : value)) });
  const varied = variedOf(schemas, training);
  const another = varied.toSorted((a, b) => Number(b.value === '/batchSize') - Number(a.value === '/batchSize'))
    .find(({ value }) => !sweep.values.some(({ pointer }) => pointer === value));
  const [free, setFree] = useState<number | null>(null);
  const kindAt = (at: number) => varied.find(({ value }) => value === sweep.values[at]?.pointer)?.kind;
  const isFree = (at: number) => free === at || !varied.some(({ value }) => value === sweep.values[at]?.pointer);
  const named = (pointer: string) => ({ pointer, error: problemAt(refusal, pointer)?.detail });
  return (
    <section aria-label="Sweep" class="sweep">
      {sweep.values.map((value, at) => {
        const pointer = `/values/${token(value.pointer)}`;
        const within = problemIn(refusal, pointer);
        return (
          <fieldset class="panel" key={at}>
            <legend>Varied {at + 1}</legend>
            <SelectField label="Field" value={isFree(at) ? FREE.value : value.pointer} options={[...varied, FREE]}
              onChange={(next) => {
                const field = varied.find((each) => each.value === next);
                setFree(field === undefined ? at : null);
                put(at, field === undefined ? { pointer: next } : valueOf(field));
              }} />
            {isFree(at) && (
              <TextField label="JSON Pointer" value={value.pointer} onInput={(next) => put(at, { pointer: next })}
                help="Where it stands in the training: /optimizer/schedule/decay." />
            )}
            {sweep.search === 'random' && kindAt(at) !== 'words' &&
              <CheckField label="From a range" value={value.isRange} onChange={(isRange) => put(at, { isRange })} />}
            {value.isRange && sweep.search === 'random' ? (
              <div class="row">
                <NumberField label="From" value={value.from} pointer={pointer} error={within?.detail}
                  onInput={(from) => put(at, { from })} />
                <NumberField label="To" value={value.to} onInput={(to) => put(at, { to })} />
                <CheckField label="All ratios equally likely" value={value.isLogarithmic}
                  onChange={(isLogarithmic) => put(at, { isLogarithmic })} />
                {kindAt(at) !== 'whole' && <CheckField label="Whole numbers" value={value.isInteger}
                  onChange={(isInteger) => put(at, { isInteger })} />}
              </div>
            ) : (
              <TextField label="Values" value={value.list} help="With commas between: 4, 8 or tanh, relu."
                pointer={pointer} error={within?.detail} onInput={(list) => put(at, { list })} />
            )}
            <button type="button" aria-label={`Remove varied field ${at + 1}`}
              onClick={() => onChange({ ...sweep, values: sweep.values.toSpliced(at, 1) })}>Remove</button>
          </fieldset>
        );
      })}
      <p><button type="button"
        onClick={() => onChange({ ...sweep,
        values: [...sweep.values, { ...VALUE, ...(another === undefined ? {} : valueOf(another)) }] })}>Vary another
        field</button></p>
      <div class="fields">
        <NumberField isWhole label="Seeds of each" value={sweep.seeds} {...named('/seeds')}
          onInput={(seeds) => onChange({ ...sweep, seeds })} />
        <SelectField label="Combine" value={sweep.search} {...named('/search')}
          onChange={(search) => onChange({ ...sweep, search })}
          options={[...Object.values(SearchNamed), 'random' as const].map((value) =>
            ({ value, label: SEARCH_NAMES[value] }))} />
        {sweep.search === 'random' &&
          <NumberField isWhole label="Combinations" value={sweep.random} {...named('/search/random')}
          onInput={(random) => onChange({ ...sweep, random })} />}
        <SelectField label="End trials early" value={sweep.stop} {...named('/stop')}
          onChange={(stop) => onChange({ ...sweep, stop })}
          options={[...Object.values(StopRuleNamed), 'halving' as const].map((value) =>
            ({ value, label: STOP_NAMES[value] }))} />
        {sweep.stop === 'halving' &&
          <NumberField label="One of so many goes on" value={sweep.halving} {...named('/stop/halving')}
          onInput={(halving) => onChange({ ...sweep, halving })} />}
        <SelectField label="Ranked by" value={sweep.metric} {...named('/metric')}
          onChange={(metric) => onChange({ ...sweep, metric })}
          options={Object.values(SweepMetric).map((value) => ({ value, label: METRIC_NAMES[value] }))} />
        <TextField label="Name of the sweep" value={sweep.name} {...named('/name')}
          onInput={(name) => onChange({ ...sweep, name })} />
      </div>
    </section>
  );
}
