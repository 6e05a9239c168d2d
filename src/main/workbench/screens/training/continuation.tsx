import type { LearningRateSchedule, TrainingResponse } from 'client';
import { useAsked } from '../../api/asked.js';
import { problemAt, type Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { linkTo } from '../../app/address.js';
import { Form, NumberField, Submit } from '../../components/field.js';
import { LabelFields, trainingName } from '../../components/labels.js';
import { number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { linkToRepeat, type TrainingState } from './request.js';

/** The learning rate to which a schedule has fallen within so many epochs and at which it stays; null where it goes on as before. */
function lastOf(schedule: LearningRateSchedule | null | undefined, epochs: number): number | null {
  switch (schedule?.type) {
    case 'warm-up': return lastOf(schedule.then, epochs - schedule.epochs);
    case 'cosine': case 'geometric':
      return (schedule.epochs ?? epochs) <= epochs ? schedule.finalLearningRate ?? 0 : null;
    default: return null;
  }
}

/** The learning rate at which a training stays if it goes on; null of one whose schedule has not come to an end. */
function lastRate({ optimizer, epochs }: TrainingResponse): number | null {
  return 'schedule' in optimizer ? lastOf(optimizer.schedule, epochs) : null;
}

function FromItsModel({ training, text }: { training: TrainingResponse; text: string }) {
  const { modelId } = training;
  return modelId == null ? null : (
    <a class="button" href={linkToRepeat(training, { initialModelId: modelId })}>{text}</a>
  );
}

/** Why a training cannot go on; null of one that can. */
function endOf({ state, stopReason }: TrainingResponse): string | null {
  if (state === 'succeeded') return stopReason ? 'it stopped early' : null;
  return state === 'failed' ? 'it failed' : state === 'cancelled' ? 'it was cancelled' : `it is ${state}`;
}

/** The ways on behind a training that is over: more epochs of it, or another one that begins with its model. */
export function WaysOn({ training }: { training: TrainingResponse }) {
  const [end, rate] = [endOf(training), lastRate(training)];
  return (
    <>
      {end === null && rate !== 0 && (
        <a class="button" href={linkTo('training', { view: 'new', training: { continue: training.id, epochs: 2 * training.epochs } })}>
          Go on with more epochs</a>
      )}
      {(end !== null || rate !== null) && <FromItsModel training={training} text="Train on from its model" />}
    </>
  );
}

/** Why a training cannot go on, or that its schedule has come to its end, so that going on behind it changes little. */
export function WhyNotOn({ training }: { training: TrainingResponse }) {
  const [end, rate] = [endOf(training), lastRate(training)];
  if (end !== null)
    return <p class="help">It cannot go on with more epochs, as {end}.{training.modelId && ' Another training can begin with its model.'}</p>;
  return rate === null ? null : (
    <p class="help">Its learning rate has fallen to {number(rate)}, where it stays: with more epochs{' '}
      {rate === 0 ? 'nothing' : 'little'} would change. A training from its model begins with the whole learning rate again.</p>
  );
}

/** What there is to choose for a training that goes on behind another one. */
export function Continuation({ state, change, start, refusal }: {
  state: TrainingState;
  change: (patch: Partial<TrainingState>) => void;
  start: () => Promise<void>;
  refusal: Refusal | null;
}) {
  const { training } = state;
  const id = training.continue!;
  const { value: before } = useAsked((signal) => service.trainings.getTraining({ id }, { signal }), [id]);
  const rate = before === null ? null : lastRate(before);
  const isAtEnd = before !== null && endOf(before) !== null;
  return (
    <Form act={start}>
      <RefusalSummary refusal={refusal} isOfAct />
      <p>It continues <a href={linkTo(`trainings/${id}`)}>{before === null ? 'another training' : trainingName(before)}</a>, as if that had
        had more epochs.</p>
      {before !== null && <WhyNotOn training={before} />}
      <NumberField isWhole label="Epochs in all" value={training.epochs} pointer="/epochs"
        error={problemAt(refusal, '/epochs')?.detail}
        onInput={(epochs) => change({ training: { ...training, epochs } })} />
      <LabelFields of="training" name={training.name ?? ''} tags={state.tags} refusal={refusal}
        onChange={({ name, tags }) => change({ tags, training: { ...training, name: name === '' ? null : name } })} />
      <p class="row">
        {rate !== 0 && !isAtEnd && <Submit>Go on</Submit>}
        {before !== null && (rate !== null || isAtEnd) && <FromItsModel training={before} text="Train on from its model instead" />}
        <button type="button" onClick={() => change({ training: {} })}>Start a new one instead</button>
      </p>
    </Form>
  );
}
