import {
  Loss, SamplingMethod, TermLossNamed, TermWeights, type DatasetResponse, type LossTerm, type PointSample,
    type TrainingRequest,
} from 'client';
import { isOfClasses } from '../../api/classes.js';
import { problemAt, type Refusal } from '../../api/problems.js';
import { EquationField } from '../../components/equation.js';
import { NumberField, SelectField } from '../../components/field.js';
import { useFound } from '../../components/found.js';
import { apart, datasetName } from '../../components/labels.js';
import { labelOf } from '../../components/words.js';
import { drawn, isOfTerms, lossOfWords, termsOf, withLoss } from './request.js';

export const LOSS_NAMES: Record<Loss, string> = {
  mse: 'Mean squared error', 'relative-l2': 'Relative L² error (of the whole batch)',
    hamiltonian: 'Hamiltonian: the field against its derivatives',
  mae: 'Mean absolute error', huber: 'Huber', 'cross-entropy': 'Cross entropy (one column per class)',
    'binary-cross-entropy': 'Binary cross entropy',
};
const WEIGHT_NAMES: Record<TermWeights, string> = {
  fixed: 'As they are given', 'gradient-norm': 'By the size of the gradients', learned: 'Learned',
};

const WITHOUT_DATA = 'Without a dataset the loss is of terms: choose “Terms written as equations” here, or a dataset.';

/** What is minimised: a named loss, or terms written as equations. */
export function LossFields({ training, onChange, inputs, hasData, dataset, datasets, refusal }: {
  training: TrainingRequest;
  onChange: (training: TrainingRequest) => void;
  inputs: readonly string[];
  /** Whether the training has samples for terms that have none of their own. */
  hasData: boolean;
  /** What it learns from, if that is stored. */
  dataset: DatasetResponse | null;
  datasets: readonly DatasetResponse[];
  refusal: Refusal | null;
}) {
  const { loss } = training;
  const found = useFound<TrainingRequest['loss']>('/loss');
  const kind = isOfTerms(loss) ? 'terms' : loss ?? Loss.Mse;
  const terms = termsOf(loss);
  /** Draws its points where there are no others, and behind a term that draws its own. */
  const another = (): LossTerm =>
    ({ equation: '', ...(hasData && !terms.at(-1)?.sample ? {} : { sample: drawn(inputs, terms) }) });
  const put = (next: LossTerm[]) => onChange({ ...training, loss: { ...(isOfTerms(loss) ? loss : {}), terms: next } });
  return (
    <>
      <SelectField label="Loss" value={kind} pointer="/loss"
        error={problemAt(refusal, '/loss')?.detail ?? (hasData || kind === 'terms' ? undefined : WITHOUT_DATA)} help={dataset === null || isOfClasses(loss) ? undefined : classesIn(dataset)}
        options={[...Object.values(Loss).filter((value) => hasData || value === kind).map((value) =>
          ({ value: value as Loss | 'terms', label: LOSS_NAMES[value] ?? value })),
          { value: 'terms', label: 'Terms written as equations' }]}
        onChange={(next) => onChange(withLoss(training, found(kind, loss, next)
          ?? (next === 'terms' ? { terms: [hasData ? { equation: 'outputs - targets' } : another()] } : next)))} />
      {isOfTerms(loss) && (
        <>
          {terms.map((term, at) => (
            <TermFields key={at} term={term} at={at} before={terms.slice(0, at)} inputs={inputs} datasets={datasets} refusal={refusal}
              onChange={(next) => put(terms.toSpliced(at, 1, next))}
                onRemove={terms.length > 1 ? () => put(terms.toSpliced(at, 1)) : null} />
          ))}
          <p><button type="button" onClick={() => put([...terms, another()])}>Add a term</button></p>
          <SelectField label="Weights of the terms" value={loss.weights ?? TermWeights.Fixed} pointer="/loss/weights"
            error={problemAt(refusal, '/loss/weights')?.detail}
            options={Object.values(TermWeights).map((value) => ({ value, label: WEIGHT_NAMES[value] ?? value }))}
            onChange={(weights) => onChange({ ...training, loss: { ...loss, weights } })} />
        </>
      )}
    </>
  );
}

/** Which loss is for targets that are 0 or 1 for words, if these are. */
function classesIn(dataset: DatasetResponse): string | undefined {
  const loss = lossOfWords(dataset);
  return loss && `The targets are 0 or 1 for words. “${LOSS_NAMES[loss]}” learns how likely each is.`;
}

function TermFields({ term, at, before, onChange, onRemove, inputs, datasets, refusal }: {
  term: LossTerm;
  at: number;
  before: readonly LossTerm[];
  onChange: (term: LossTerm) => void;
  onRemove: (() => void) | null;
  inputs: readonly string[];
  datasets: readonly DatasetResponse[];
  refusal: Refusal | null;
}) {
  const pointer = `/loss/terms/${at}`;
  const { sample: _, dataset: _own, ...without } = term;
  const nameOfData = apart(datasets, datasetName);
  const samples = term.sample ? 'drawn' :
    typeof term.dataset === 'string' ? term.dataset : term.dataset ? 'inline' : '';
  return (
    <fieldset class="panel">
      <legend>Term {at + 1}</legend>
      <EquationField label="Equation" value={term.equation} pointer={`${pointer}/equation`}
        problem={problemAt(refusal, `${pointer}/equation`)}
        help="What should be zero: outputs - targets, D(u, x, x) + f, u(0, t) - 1."
          onInput={(equation) => onChange({ ...term, equation })} />
      <div class="fields">
        <NumberField label="Weight" value={term.weight ?? 1} pointer={`${pointer}/weight`}
          error={problemAt(refusal, `${pointer}/weight`)?.detail}
          onInput={(weight) => onChange({ ...term, weight })} />
        <SelectField label="Made of it"
          value={typeof term.loss === 'string' ? term.loss : term.loss ? 'huber' : TermLossNamed.Square}
          pointer={`${pointer}/loss`}
          error={problemAt(refusal, `${pointer}/loss`)?.detail}
          options={[...Object.values(TermLossNamed).map((value) =>
            ({ value: value as TermLossNamed | 'huber', label: labelOf(value) })), { value: 'huber', label: 'Huber' }]}
          onChange={(loss) => onChange({ ...term, loss: loss === 'huber' ? { huber: 1 } : loss })} />
        <SelectField label="Samples" value={samples} pointer={`${pointer}/sample`}
          error={(problemAt(refusal, `${pointer}/sample`) ?? problemAt(refusal, `${pointer}/dataset`))?.detail}
          options={[{ value: '', label: 'Those of the training' }, { value: 'drawn', label: 'Points that are drawn' },
            ...(samples === 'inline' ? [{ value: 'inline', label: 'A dataset in the request' }] : []),
            ...datasets.map((other) => ({ value: other.id, label: nameOfData(other) }))]}
          onChange={(next) => onChange(next === 'drawn' ? { ...without, sample: drawn(inputs, before) } :
            next === '' ? without : next === 'inline' ? term : { ...without, dataset: next })} />
      </div>
      {term.sample && <SampleFields
        sample={term.sample} pointer={`${pointer}/sample`} refusal={refusal}
        onChange={(sample) => onChange({ ...term, sample })} />}
      {onRemove !== null &&
        <button type="button" aria-label={`Remove term ${at + 1}`} onClick={onRemove}>Remove</button>}
    </fieldset>
  );
}

function SampleFields({ sample, onChange, pointer, refusal }: {
  sample: PointSample;
  onChange: (sample: PointSample) => void;
  pointer: string;
  refusal: Refusal | null;
}) {
  const field = (name: string) =>
    ({ pointer: `${pointer}/${name}`, error: problemAt(refusal, `${pointer}/${name}`)?.detail });
  return (
    <div class="fields">
      <NumberField isWhole label="Points" value={sample.points} {...field('points')}
        onInput={(points) => onChange({ ...sample, points: points as number })} />
      <SelectField label="Drawn" value={sample.method ?? SamplingMethod.Uniform} {...field('method')}
        onChange={(method) => onChange({ ...sample, method })}
        options={Object.values(SamplingMethod).map((value) => ({ value, label: labelOf(value) }))} />
      {Object.entries(sample.ranges).flatMap(([name, range]) => (['from', 'to'] as const).map((end, at) => (
        <NumberField key={`${name}-${end}`} label={`${name} ${end}`} value={range[at]} {...field(`ranges/${name}`)}
          onInput={(value) => onChange({ ...sample,
            ranges: { ...sample.ranges, [name]: range.toSpliced(at, 1, value ?? NaN) } })} />
      )))}
      <NumberField isWhole label="Anew every so many epochs" value={sample.resampleEvery ?? null}
        {...field('resampleEvery')} onInput={(resampleEvery) => onChange({ ...sample, resampleEvery })} />
      <EquationField label="Only where positive" value={sample.where ?? ''} pointer={`${pointer}/where`}
        problem={problemAt(refusal, `${pointer}/where`)}
        onInput={(where) => onChange({ ...sample, where: where === '' ? null : where })} />
    </div>
  );
}
