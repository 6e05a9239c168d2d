import type { RowsResponse, TrainingProgress, TrainingRequest, TrainingResponse } from 'client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { metricsOf, modelEpoch, type Metrics } from '../../api/metrics.js';
import { heldOutRows, rowsOf } from '../../api/model.js';
import { service } from '../../api/service.js';
import { useWatched } from '../../api/watched.js';
import { goTo, linkTo } from '../../app/address.js';
import { ActButton } from '../../components/act.js';
import { download, fileNamed } from '../../components/copy.js';
import { networkName, Relabel, trainingName } from '../../components/labels.js';
import { count, counted, duration, number, seedText, time, withShortNumbers } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { SeenBefore } from '../../components/seen-before.js';
import { asCounted, asSentence, asSetting, placeOf, TRAINING_LOSS, VALIDATION_LOSS, wordsOf } from '../../components/words.js';
import { datasetsOf } from './fit.js';
import { WaysOn, WhyNotOn } from './continuation.js';
import { FitPictures } from './fit-pictures.js';
import { coefficientSeries } from './curves.js';
import { CoefficientCurves, Losses, MetricCurves, placeIn } from './losses.js';
import { countingAlike, linkToRepeat, settingsOf, takesAll } from './request.js';
import { SettingsTable } from './settings-table.js';
import { CANCEL_OR_NOT, isOver, Progress, State } from './states.js';
import { useLive } from './live.js';

const PAUSE = 1000;

/** A training, live: how far it is, its losses, and what it has learned so far. */
export function Training({ id }: { id: string }) {
  const [changes, setChanges] = useState(0);
  const [isEnded, setIsEnded] = useState(false);
  const { value: training, refusal } =
    useWatched((signal) => service.trainings.getTraining({ id }, { signal }), [id, changes], PAUSE, !isEnded);
  const state = training?.state ?? 'queued';
  useEffect(() => setIsEnded(isOver(state)), [state]);
  const progress = useLive<TrainingProgress>((last, init) => service.trainings.followTrainingRaw({ id, ...last }, init),
    id, training !== null && !isEnded, () => setChanges((before) => before + 1)) ??
    training?.progress ?? null;
  const { value: metrics } =
    useWatched((signal) => metricsOf(id, signal), [id], PAUSE, !isEnded);
  const networkId = training?.networkId ?? null;
  const datasetId = training?.datasetId ?? null;
  const { value: network } =
    useAsked(networkId === null ? null : (signal) => service.networks.getNetwork({ id: networkId }, { signal }),
    [networkId]);
  const { value: data } =
    useAsked(training === null ? null : async (signal) => {
      const rows = await Promise.all(datasetsOf(training).map(async ({ id: of, term }) =>
        ({ term, rows: await (term === null ? service.datasets.getDatasetRows({ id: of }, { signal }) : rowsOf(of, signal)) })));
      return rows.flatMap(({ term, rows: found }) => (found === null ? [] : [{ term, rows: found }]));
    }, [training?.id]);
  const { value: heldOut } =
    useAsked(training === null || data === null ? null : (signal) => heldOutRows(training, signal), [training?.id, data === null]);
  const runs = useMemo(() => (metrics === null || metrics.loss.length === 0 ? [] : [{ name: '', metrics }]), [metrics]);
  const again = () => setChanges((before) => before + 1);
  if (training === null || progress === null) {
    return (
      <>
        <p><a href={linkTo('training', { view: 'all' })}>All trainings</a></p>
        <RefusalSummary refusal={refusal} />
        {refusal === null && <p role="status">Loading…</p>}
      </>
    );
  }
  const hasModel = training.modelId != null;
  const hasEnd = isOver(training.state) && hasModel;
  const own = data?.find(({ term }) => term === null) ?? null;
  const stepsPerEpoch =
    takesAll(training.optimizer) ? 1 : own === null ? null :
    Math.ceil(own.rows.inputs.length * (1 - (training.validationFraction ?? 0)) / training.batchSize);
  const epochsPerSecond = progress.elapsedSeconds > 0 ? progress.epoch / progress.elapsedSeconds : null;
  return (
    <>
      <p class="row">
        <a href={linkTo('training', { view: 'all' })}>All trainings</a>
        {training.sweepId && <a href={linkTo(`sweeps/${training.sweepId}`)}>Its sweep</a>}
      </p>
      <RefusalSummary refusal={refusal} />
      <div class="titled">
        <h2>{trainingName(training)} <State state={training.state} /></h2>
        <Relabel name={training.name} tags={training.tags}
          change={(labelPatch) => service.trainings.updateTraining({ id, labelPatch }).then(again)} />
      </div>
      <Progress done={progress.epoch} of={progress.epochs} label="Epochs" />
      <dl class="figures">
        <div><dt>Epoch</dt><dd>{count(progress.epoch)} of {count(progress.epochs)}</dd></div>
        <FigureOfLosses training={training} progress={progress} metrics={metrics} />
        {epochsPerSecond !== null && (stepsPerEpoch === null
          ? <div><dt>Epochs a second</dt><dd>{count(epochsPerSecond)}</dd></div>
          : <div><dt>{takesAll(training.optimizer) ? 'Iterations' : 'Steps'} a second</dt><dd>{count(epochsPerSecond * stepsPerEpoch)}</dd></div>)}
        <div><dt>Seed</dt><dd>{seedText(training.seed)}</dd></div>
        <div><dt>Has run</dt><dd>{duration(progress.elapsedSeconds)}</dd></div>
        {!isEnded && training.state !== 'paused' && <div><dt>Time left</dt><dd>{duration(progress.remainingSeconds)}</dd></div>}
      </dl>
      <p class="visually-hidden" role="status">{isEnded ? `The training is over: ${training.state}.` : ''}</p>
      {training.error && <p role="alert" class="alert">{asSentence(withShortNumbers(training.error))}</p>}
      {training.stopReason &&
        <p>It ended after epoch {count(training.stoppedAtEpoch ?? progress.epoch)}: {withShortNumbers(training.stopReason)}.</p>}
      <Warnings training={training} rows={own?.rows ?? null} />
      <SeenBefore training={training} />
      {metrics !== null && <FarFromBest training={training} metrics={metrics} />}
      <p class="row">
        {!isEnded && (training.state === 'paused'
          ? <ActButton text="Resume" isPrimary act={() => service.trainings.resumeTraining({ id }).then(again)} />
          : <ActButton text="Pause" act={() => service.trainings.pauseTraining({ id }).then(again)} />)}
        {!isEnded && <ActButton
          text="Cancel" question="Cancel it and keep the model so far?" answers={CANCEL_OR_NOT}
          act={() => service.trainings.cancelTraining({ id }).then(again)} />}
        {training.modelId &&
          <a class="button primary" href={linkTo(`models/${training.modelId}`, { view: 'formulas' })}>Its model and formula</a>}
        {hasEnd && <WaysOn training={training} />}
        <a class="button" href={linkToRepeat(training)}>Use these settings
          again</a>
        {!Number.isSafeInteger(training.seed) &&
          <span class="help">Its seed has more digits than this page keeps; with these settings another one is drawn.</span>}
        {isEnded && <ActButton
          text="Delete" question="Delete it with its model?"
          act={() => service.trainings.deleteTraining({ id }).then(() => goTo(linkTo('training', { view: 'all' })))} />}
      </p>
      {hasEnd && <WhyNotOn training={training} />}
      {runs.length > 0 && (
        <>
          <Losses runs={runs} />
          <p class="row">
            <span>For a paper:</span>
            <ActButton text="Save as SVG"
              act={async () => download(await (await service.trainings.drawLossRaw({ id })).raw.blob(),
              fileNamed(['loss', trainingName(training)], 'svg'))} />
            <ActButton text="Save as PNG"
              act={async () => download(await (await service.trainings.drawLossAsPngRaw({ id })).raw.blob(),
              fileNamed(['loss', trainingName(training)], 'png'))} />
          </p>
        </>
      )}
      {network !== null && data !== null && heldOut !== null &&
        <FitPictures training={training} network={network} data={data} heldOut={heldOut} isOver={isEnded}
          found={metrics === null ? [] : coefficientSeries(metrics, placeIn(metrics, hasModel))} />}
      {metrics !== null && <CoefficientCurves metrics={metrics} hasModel={hasModel} />}
      {metrics !== null && <MetricCurves metrics={metrics} hasModel={hasModel} />}
      <section aria-labelledby="made-of">
        <h2 id="made-of">Made of</h2>
        <p>
          {network !== null &&
            `Network ${networkName(network)}, ${counted(network.parameterCount, 'parameter')}`}
          {datasetId !== null && <>, on <a href={linkTo(`datasets/${datasetId}`)}>its dataset</a></>};
            made {time(training.createdAt)}.
        </p>
        <SettingsTable trainings={[training]} nameOf={() => ''} />
      </section>
    </>
  );
}

/** The losses of the last epoch or, where there is a model that validation has chosen, of that. */
function FigureOfLosses({ training, progress, metrics }: {
  training: TrainingResponse;
  progress: TrainingProgress;
  metrics: Metrics | null;
}) {
  const isChosen = training.modelId != null && (training.validationFraction ?? 0) > 0;
  const chosen = isChosen && metrics !== null ? modelEpoch(metrics) : null;
  const { loss, validationLoss } = chosen ?? (isChosen ? { loss: null, validationLoss: null } : progress);
  return (
    <>
      {isChosen && <div><dt>Its model is of epoch</dt><dd>{chosen === null ? '–' : count(chosen.epoch)}</dd></div>}
      <div><dt>{TRAINING_LOSS}{isChosen && ' of that epoch'}</dt><dd>{number(loss)}</dd></div>
      {(isChosen || validationLoss != null) &&
        <div><dt>{VALIDATION_LOSS}{isChosen && ' of its model'}</dt><dd>{number(validationLoss)}</dd></div>}
    </>
  );
}

/** So many times its least loss is far from it. */
const FAR = 3;

/** That a training ended far above the least loss that it had, and ways to another end. What validation chooses is the best. */
function FarFromBest({ training, metrics: { loss, epochs } }: { training: TrainingResponse; metrics: Metrics }) {
  const last = loss.at(-1) ?? null;
  const best = loss.reduce((least, value, at) => (value < (loss[least] ?? Infinity) ? at : least), 0);
  const least = loss[best] ?? null;
  if (training.state !== 'succeeded' || (training.validationFraction ?? 0) > 0 || last === null || least === null
    || last <= FAR * least) return null;
  const { optimizer } = training;
  const again = async () => {
    const trainingRequest = { ...settingsOf(training), tags: training.tags,
      optimizer: { ...optimizer, schedule: { type: 'cosine' } } } as TrainingRequest;
    const made = await service.trainings.createTraining({ trainingRequest });
    goTo(linkTo(`trainings/${made.id}`));
  };
  return (
    <section class="warnings" aria-label="Far from its best">
      <p><strong>It ended far from its best.</strong> The training loss was {number(least)} at epoch {count(epochs[best] ?? 0)} and
        is {number(last)} at the end, from which the model is taken. A learning rate that falls mostly prevents that; with a validation
        fraction the best epoch is kept.</p>
      {'learningRate' in optimizer && <p class="row"><ActButton text="Start again with a falling rate" act={again} /></p>}
    </section>
  );
}

/** What it was warned of, and a way to another where that is plain. */
function Warnings({ training, rows }: { training: TrainingResponse; rows: RowsResponse | null }) {
  if (training.warnings.length === 0) return null;
  const isUnequal = training.warnings.some(({ pointer }) => pointer === '/loss');
  const again = async () => {
    const trainingRequest = { ...settingsOf(training), tags: training.tags, loss: countingAlike(rows!) } as TrainingRequest;
    goTo(linkTo(`trainings/${(await service.trainings.createTraining({ trainingRequest })).id}`));
  };
  return (
    <section class="warnings" aria-label="Warnings">
      <p><strong>This may learn badly.</strong></p>
      <ul>{training.warnings.map((warning) =>
        <li key={warning.pointer + warning.detail}><strong>{placeOf(wordsOf(warning.pointer))}:</strong> {asSetting(asCounted(warning.detail))}</li>)}</ul>
      {isUnequal && rows !== null && <p class="row"><ActButton text="Start again with targets that count alike" act={again} /></p>}
    </section>
  );
}
