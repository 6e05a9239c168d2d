import { useMemo } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { metricsOf, modelEpoch } from '../../api/metrics.js';
import { service } from '../../api/service.js';
import { ActButton } from '../../components/act.js';
import { apart, datasetName, trainingName } from '../../components/labels.js';
import { count, number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { TRAINING_LOSS, VALIDATION_LOSS } from '../../components/words.js';
import { alike } from './alike.js';
import { described } from './described.js';
import { datasetsOf } from './fit.js';
import { Losses } from './losses.js';
import { SettingsTable } from './settings-table.js';

const MOST = 12;
const COMPARED = 'compared';

/** Leads to where trainings are compared. */
export function toCompared(): void {
  document.getElementById(COMPARED)?.focus();
}

/** Losses of several trainings in one picture, and the settings in which they differ. */
export function Compare({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  const { value, refusal, isWaiting } = useAsked((signal) => Promise.all(ids.slice(0, MOST).map(async (id) => ({
    training: await service.trainings.getTraining({ id }, { signal }),
    metrics: await metricsOf(id, signal),
  }))), [ids]);
  const networkIds = [...new Set((value ?? []).map(({ training }) => training.networkId))];
  const { value: networks } = useAsked(networkIds.length < 2 ? null : (signal) =>
    Promise.all(networkIds.map((id) => service.networks.getNetwork({ id }, { signal }))), [networkIds.join()]);
  const datasetIds = [...new Set((value ?? []).flatMap(({ training }) => datasetsOf(training).map(({ id }) => id)))];
  // One that was deleted keeps its id.
  const { value: datasets } = useAsked(datasetIds.length < 2 ? null : async (signal) => (await Promise.allSettled(datasetIds.map((id) =>
    service.datasets.getDataset({ id }, { signal })))).flatMap((asked) => (asked.status === 'fulfilled' ? [asked.value] : [])),
    [datasetIds.join()]);
  const datasetOf = apart(datasets ?? [], datasetName);
  const same = alike(networks ?? []);
  const networkOf = apart([...new Set(same.values())], ({ name, ...network }) => (name ? `${name}: ${described(network)}` : described(network)));
  const nameOf = apart((value ?? []).map(({ training }) => training), trainingName);
  const runs = useMemo(() => (value ?? []).map(({ training, metrics }) => ({ name: nameOf(training), metrics })),
    [value]);
  return (
    <section aria-labelledby={COMPARED}>
      <h2 id={COMPARED} tabIndex={-1}>Compared</h2>
      <RefusalSummary refusal={refusal} />
      <p class="row"><ActButton text="Compare none" act={async () => onClear()} />{ids.length > MOST &&
        <span class="help">The first {MOST} are shown.</span>}</p>
      {new Set((value ?? []).map(({ training }) => JSON.stringify(training.loss))).size > 1 && (
        <p class="warnings"><strong>These have different losses,</strong> whose numbers say nothing of each other.</p>
      )}
      {value === null && isWaiting && <p role="status">Loading…</p>}
      {runs.length > 0 && <Losses runs={runs} />}
      {value !== null && value.some(({ metrics }) => modelEpoch(metrics) !== null) && (
        <Table caption="The models that they leave" rows={value} rowKey={({ training }) => training.id} columns={[
          { title: 'Training', cell: ({ training }) => nameOf(training) },
          { title: 'Of epoch', isNumber: true, cell: ({ metrics }) => count(modelEpoch(metrics)?.epoch ?? metrics.epochs.at(-1) ?? 0) },
          { title: TRAINING_LOSS, isNumber: true, cell: ({ metrics }) => number(modelEpoch(metrics)?.loss ?? metrics.loss.at(-1)) },
          { title: VALIDATION_LOSS, isNumber: true, cell: ({ metrics }) => number(modelEpoch(metrics)?.validationLoss) },
        ]} />
      )}
      {value !== null && value.length > 1 &&
        <SettingsTable trainings={value.map(({ training }) => training)} nameOf={nameOf}
          names={new Map([...(networks ?? []).map((network) => [network.id, networkOf(same.get(network.id)!)] as const),
            ...(datasets ?? []).map((dataset) => [dataset.id, datasetOf(dataset)] as const)])} />}
    </section>
  );
}
