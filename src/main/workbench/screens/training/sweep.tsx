import type { SweepProgress, SweepResponse, Trial } from 'client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { usePages } from '../../api/pages.js';
import { service } from '../../api/service.js';
import { useTick } from '../../api/tick.js';
import { useWatched } from '../../api/watched.js';
import { goTo, linkTo } from '../../app/address.js';
import { ActButton } from '../../components/act.js';
import { Chart } from '../../components/chart.js';
import { Relabel, trialText, valueText as shown } from '../../components/labels.js';
import { count, counted, number, seedText } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { inText, MODEL_LOSS, shortPlaces, VALIDATION_LOSS } from '../../components/words.js';
import { CANCEL_OR_NOT, isOver, Outcome, Progress, State } from './states.js';
import { useLive } from './live.js';

const LOOK = 1500;
const PAGE = 100;

/** What a sweep varies, in words. */
export function variedIn(values: SweepResponse['values']): string[] {
  return [...shortPlaces(Object.keys(values)).values()].map(inText);
}

/** What a sweep is called where it has no name. */
export function sweepName({ name, id, values }: SweepResponse): string {
  const varied = variedIn(values);
  return name ?? (varied.length === 0 ? `Sweep ${id.slice(0, 4)}` : `Sweep of ${varied.join(', ')}`);
}

/** By what trials are ranked. */
function scoreName({ metric }: SweepResponse): string {
  return metric === 'validationLoss' ? VALIDATION_LOSS : MODEL_LOSS;
}

/** What stands for it while there is none. */
const UNTIL: Record<SweepResponse['metric'], string> = {
  loss: ', or its training loss while it has no model', validationLoss: '',
};

/** A sweep, live: its trials ranked and as lines from what was varied to the loss. */
export function Sweep({ id }: { id: string }) {
  const [changes, setChanges] = useState(0);
  const [isEnded, setIsEnded] = useState(false);
  const { value: sweep, refusal } =
    useWatched((signal) => service.sweeps.getSweep({ id }, { signal }), [id, changes], LOOK, !isEnded);
  const state = sweep?.state ?? 'queued';
  useEffect(() => setIsEnded(isOver(state)), [state]);
  const again = () => setChanges((before) => before + 1);
  const live = useLive<SweepProgress>((last, init) => service.sweeps.followSweepRaw({ id, ...last }, init),
    id, sweep !== null && !isEnded, again);
  const tick = useTick(LOOK, !isEnded);
  const { value: trials, more } =
    usePages((pageToken, signal) =>
    service.sweeps.listTrials({ id, pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) }, { signal }),
    [id, changes, tick, isEnded]);
  const first = trials?.[0]?.trainingId ?? null;
  const { value: one } = useAsked(first === null ? null : (signal) => service.trainings.getTraining({ id: first }, { signal }), [first]);
  if (sweep === null) {
    return (
      <>
        <p><a href={linkTo('training', { view: 'sweeps' })}>All sweeps</a></p>
        <RefusalSummary refusal={refusal} />
        {refusal === null && <p role="status">Loading…</p>}
      </>
    );
  }
  const isValidated = (one?.validationFraction ?? 0) > 0;
  const progress = live ?? sweep.progress;
  return (
    <>
      <p><a href={linkTo('training', { view: 'sweeps' })}>All sweeps</a></p>
      <RefusalSummary refusal={refusal} />
      <div class="titled">
        <h2>{sweepName(sweep)} <State state={sweep.state} /></h2>
        <Relabel name={sweep.name} tags={sweep.tags}
          change={(labelPatch) => service.sweeps.updateSweep({ id, labelPatch }).then(again)} />
      </div>
      <Progress done={isEnded ? progress.epochs : progress.epoch} of={progress.epochs} label="Epochs of all trials" />
      <dl class="figures">
        <div><dt>Finished</dt><dd>{count(progress.finished)} of {counted(progress.trials, 'trial')}</dd></div>
        <div><dt>Epochs</dt><dd>{count(progress.epoch)} of {count(progress.epochs)}</dd></div>
        {Object.entries(progress.counts).filter(([, many]) => many > 0).map(([name, many]) =>
          <div key={name}><dt>{name}</dt><dd>{count(many)}</dd></div>)}
        <div><dt>Best {inText(scoreName(sweep))}</dt><dd>{number((progress.best ?? sweep.best)?.loss)}</dd></div>
      </dl>
      <Best sweep={sweep} />
      <p class="row">
        {!isEnded && <ActButton
          text="Cancel" question="Cancel all trials and keep what they reached?" answers={CANCEL_OR_NOT}
          act={() => service.sweeps.cancelSweep({ id }).then(again)} />}
        {isEnded && <ActButton
          text="Delete" question="Delete it with its trials?"
          act={() => service.sweeps.deleteSweep({ id }).then(() => goTo(linkTo('training', { view: 'sweeps' })))} />}
      </p>
      <Incomparable values={Object.keys(sweep.values)} seeds={sweep.seeds} isValidated={sweep.metric === 'validationLoss' || isValidated} />
      {trials !== null && <Trials trials={trials} sweep={sweep} />}
      {more !== null && <button type="button" onClick={more}>Show more</button>}
    </>
  );
}

/** In what trials differ so that their losses are not of the same. */
function Incomparable({ values, seeds, isValidated }: { values: readonly string[]; seeds: number; isValidated: boolean }) {
  const isOfLosses = values.some((pointer) => /^\/loss(\/|$)/.test(pointer));
  const isOfRows = values.includes('/validationFraction') || (isValidated && (seeds > 1 || values.includes('/seed')));
  return (
    <>
      {isOfLosses && (
        <p class="warnings"><strong>These trials have different losses,</strong> whose numbers say nothing of each other: the rank does not
          tell which model is better. Compare their models by the same errors.</p>
      )}
      {isOfRows && (
        <p class="help">Which rows are held out follows from the seed and the validation fraction, so not all trials are measured on the
          same rows: a part of the differences between them is of these.</p>
      )}
    </>
  );
}

function Best({ sweep }: { sweep: SweepResponse }) {
  const { best } = sweep;
  if (!best) return null;
  return (
    <p class="row">
      <a class="button primary" href={linkTo(`models/${best.modelId}`)}>The best model and its formula</a>
      <a href={linkTo(`trainings/${best.trainingId}`)}>Its training</a>
      <span>{trialText(best.values)}</span>
    </p>
  );
}

function Trials({ trials, sweep }: { trials: readonly Trial[]; sweep: SweepResponse }) {
  const pointers = Object.keys(sweep.values);
  const names = shortPlaces(pointers);
  const lossName = scoreName(sweep);
  const chart = useMemo(() => {
    const ranked = trials.filter((trial) => typeof trial.loss === 'number');
    const column = (pointer: string) => {
      const values = ranked.map((trial) => trial.values[pointer]);
      return values.every((value) => typeof value === 'number') ?
        { values: values as number[], isLogarithmic: spansDecades(values as number[]) } : { values: values.map(shown) };
    };
    return ranked.length === 0 ? null : {
      kind: 'parallel-coordinates', colourBy: lossName, columns: [
        ...pointers.map((pointer) => ({ name: names.get(pointer)!, ...column(pointer) })),
        ...(sweep.seeds > 1 || pointers.length === 0 ? [{ name: 'Seed', values: ranked.map((trial) => seedText(trial.seed)) }] :
          []),
        { name: lossName, values: ranked.map((trial) => trial.loss!),
          isLogarithmic: ranked.every((trial) => trial.loss! > 0) },
      ],
    } as const;
  }, [trials]);
  return (
    <>
      {chart !== null && <Chart
        title={`From what was varied to the ${inText(lossName)}`} chart={chart}
        text={`A line for each trial; the more it stands out, the lower its ${inText(lossName)}${UNTIL[sweep.metric]}.`} />}
      <Table caption="Trials, the best first" rows={trials} rowKey={(row) => row.trainingId}
        empty="There are no trials." columns={[
        { title: 'Rank', cell: (row) => count(row.rank) },
        ...pointers.map((pointer) =>
          ({ title: names.get(pointer)!, isNumber: true, cell: (row: Trial) => shown(row.values[pointer]) })),
        { title: lossName, cell: (row) => number(row.loss), isNumber: true },
        { title: 'Seed', cell: (row) => seedText(row.seed), isNumber: true },
        { title: 'Epoch', cell: (row) => `${count(row.epoch)} of ${count(row.epochs)}`, isNumber: true },
        { title: 'State', cell: (row) => <Outcome training={row} /> },
        { title: 'Training',
          cell: (row) => <a href={linkTo(`trainings/${row.trainingId}`)}
          aria-label={`Training of rank ${row.rank}`}>Training</a> },
        { title: 'Model', cell: (row) =>
          (row.modelId ? <a href={linkTo(`models/${row.modelId}`)} aria-label={`Model of rank ${row.rank}`}>Model</a> :
          '–') },
      ]} />
    </>
  );
}

function spansDecades(values: readonly number[]): boolean {
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return low > 0 && high / low >= 10;
}
