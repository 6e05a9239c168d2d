import { useMemo } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { metricsOf } from '../../api/metrics.js';
import { heldOutRows, rowsOf, termsOf } from '../../api/model.js';
import { service } from '../../api/service.js';
import { linkTo } from '../../app/address.js';
import type { Chart as Content } from '../../charts/chart.js';
import { Chart } from '../../components/chart.js';
import { count, counted, number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { TRAINING_LOSS } from '../../components/words.js';
import { pairsOf, partsOf, summaryOf, type Pair, type Part } from './error-measures.js';
import type { ViewProps } from './screen.js';

const WORST = 10;

/** How far a model is from what it was trained on. */
export function Errors({ known }: ViewProps) {
  const terms = termsOf(known.training);
  return (
    <>
      {terms.length > 0 && <Terms known={known} />}
      {known.training?.datasetId ? <OverDataset known={known} datasetId={known.training.datasetId} />
        : terms.length === 0 && <p>The training or its dataset is not there any more.</p>}
    </>
  );
}

function Terms({ known: { training } }: Pick<ViewProps, 'known'>) {
  const asked = useAsked((signal) => metricsOf(training!.id, signal),
    [training?.id]);
  return (
    <>
      <RefusalSummary refusal={asked.refusal} />
      <Table caption="Terms of the training loss in the last epoch" rows={asked.value?.terms ?? []}
        rowKey={({ equation }) => equation}
        empty={asked.value === null ? 'Loading …' : 'Nothing was recorded.'}
        columns={[
          { title: 'Equation', cell: ({ equation }) => <code>{equation}</code> },
          { title: TRAINING_LOSS, isNumber: true, cell: ({ loss }) => number(loss.at(-1)) },
        ]} />
    </>
  );
}

function OverDataset({ known: { model, network, training }, datasetId }: Pick<ViewProps,
  'known'> & { datasetId: string }) {
  // The field of such a network is what the targets are compared with.
  const equation = training?.loss === 'hamiltonian' ? 'field' : 'outputs';
  const asked = useAsked(async (signal) => {
    const rows = await rowsOf(datasetId, signal);
    if (rows === null) return 'absent' as const;
    if (!rows.targets || rows.targetNames.length === 0) return 'none' as const;
    const names = [...rows.inputNames].sort().join() === [...network.inputs].sort().join()
      ? { inputNames: rows.inputNames } : {};
    const heldOut = await heldOutRows(training!, signal);
    const { results } = await service.expressions.evaluate(
      { evaluationRequest: { modelId: model.id, equations: [equation], inputs: rows.inputs, ...names } }, { signal });
    return pairsOf(rows, results[0]?.values ?? [], equation === 'outputs' ? network.outputs : rows.targetNames, heldOut);
  }, [model.id, datasetId]);
  const found = asked.value;
  if (asked.refusal !== null) return <RefusalSummary refusal={asked.refusal} />;
  if (found === null) return <p role="status">Comparing with the dataset …</p>;
  if (found === 'absent') return <p>The dataset is not there any more, or too large to be compared here.</p>;
  if (found === 'none') return <p>The dataset has no targets to compare with: it is where the equations are to hold.</p>;
  if (found === 'unmatched') return <p>The targets of the dataset are no outputs of the model. The terms above say how well they are met.</p>;
  return <Comparison pairs={found} datasetId={datasetId} />;
}

function Comparison({ pairs, datasetId }: { pairs: readonly Pair[]; datasetId: string }) {
  const rows = pairs[0]?.rows ?? 0;
  const parts = useMemo(() => pairs.flatMap(partsOf), [pairs]);
  const isSplit = parts.length > pairs.length;
  return (
    <>
      <p>Over the {counted(rows, 'row')} of <a href={linkTo(`datasets/${datasetId}`)}>its dataset</a>{isSplit
        ? ', some of which were held out to validate it: it was not trained on them.' : '.'}</p>
      <Table caption="Errors" rows={parts} rowKey={(part) => `${part.name} ${part.rows}`} columns={[
        { title: 'Target', cell: ({ name }) => <code>{name}</code> },
        ...(isSplit ? [{ title: 'Rows', cell: (part: Part) => part.rows }] : []),
        { title: 'Mean absolute', isNumber: true, cell: ({ mean }) => number(mean) },
        { title: 'Root mean square', isNumber: true, cell: ({ rootMeanSquare }) => number(rootMeanSquare) },
        { title: 'Largest', isNumber: true, cell: ({ largest }) => number(largest) },
        { title: 'R²', isNumber: true, cell: ({ determination }) => number(determination) },
        ...(parts.some(({ determinationOfMost }) => determinationOfMost !== null) ? [{ title: 'R² without odd targets', isNumber: true,
          cell: (part: Part) => number(part.determinationOfMost) }] : []),
      ]} />
      {pairs.map((pair) => <OneTarget key={pair.name} pair={pair} />)}
    </>
  );
}

function OneTarget({ pair }: { pair: Pair }) {
  const { worst, undefinedRows } = useMemo(() => summaryOf(pair), [pair]);
  const isSplit = pair.points.some((point) => point.isHeldOut);
  const chart = useMemo<Content>(() => {
    const dots = (name: string, points: Pair['points']) =>
      ({ name, isDots: true, points: points.map(({ target, predicted }) => [target, predicted] as const) });
    const seen = pair.points.filter(({ predicted }) => predicted !== null);
    const low = seen.reduce((least, { target }) => Math.min(least, target), Infinity);
    const high = seen.reduce((most, { target }) => Math.max(most, target), -Infinity);
    return {
      kind: 'curves', x: `${pair.name} in the dataset`, y: `${pair.name} of the model`,
      series: [{ name: 'equal', points: [[low, low], [high, high]] },
        ...(isSplit ? [dots('trained on', seen.filter((point) => !point.isHeldOut)), dots('held out', seen.filter((point) => point.isHeldOut))]
          : [dots('rows', seen)])],
    };
  }, [pair]);
  return (
    <div class="columns">
      <Chart title={`${pair.name}: model against dataset`} chart={chart}
        text={`Every dot is a row; on the line both are equal.${
          isSplit ? ' Those held out have a colour of their own.' : ''}${
          undefinedRows === 0 ? '' : ` The model has no value at ${counted(undefinedRows, 'row')}.`}`} />
      <Table caption={`${pair.name}: the rows that are farthest off`} rows={worst.slice(0, WORST)}
        rowKey={({ row }) => String(row)} columns={[
        { title: 'Row', isNumber: true, cell: ({ row }) => count(row + 1) },
        ...(isSplit ? [{ title: 'Rows', cell: (point: Pair['points'][number]) => (point.isHeldOut ? 'held out' : 'trained on') }] : []),
        ...pair.inputNames.slice(0, 4)
          .map((name, column) =>
            ({ title: name, isNumber: true, cell: ({ inputs }: Pair['points'][number]) => number(inputs[column]) })),
        { title: 'Dataset', isNumber: true, cell: ({ target }) => number(target) },
        { title: 'Model', isNumber: true, cell: ({ predicted }) => number(predicted) },
      ]} />
    </div>
  );
}
