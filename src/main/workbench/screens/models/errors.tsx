import { useMemo } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { comparedBy, isOfClasses } from '../../api/classes.js';
import { metricsOf } from '../../api/metrics.js';
import { featuresOf, shownOf, type Feature } from '../../api/features.js';
import { heldOutRows, rowsOf, termsOf } from '../../api/model.js';
import { service } from '../../api/service.js';
import { linkTo } from '../../app/address.js';
import type { Chart as Content } from '../../charts/chart.js';
import { Chart } from '../../components/chart.js';
import { dotsOf, HELD_OUT } from '../../components/held-out.js';
import { among, count, counted, number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { SeenBefore } from '../../components/seen-before.js';
import { Table } from '../../components/table.js';
import { TRAINING_LOSS } from '../../components/words.js';
import { accuraciesOf, confusionsOf, pairsOf, partsOf, summaryOf, type Confusion, type Pair, type Part } from './error-measures.js';
import type { ViewProps } from './screen.js';

const WORST = 10;
/** So many classes are a table that can be read. */
const MOST_CLASSES = 20;

/** How far a model is from what it was trained on. */
export function Errors({ known }: ViewProps) {
  const terms = termsOf(known.training);
  return (
    <>
      {terms.length > 0 && <Terms known={known} />}
      {known.training !== null && <SeenBefore training={known.training} />}
      {known.training?.datasetId ? <OverDataset known={known} datasetId={known.training.datasetId} />
        : terms.length === 0 && <p>{known.model.trainingId ? 'The training or its dataset is not there any more.'
          : 'This model was brought, so that there is no data here that it was trained on.'}</p>}
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

function OverDataset({ known: { model, network, training, columns, words }, datasetId }: Pick<ViewProps,
  'known'> & { datasetId: string }) {
  const equation = training === null ? 'outputs' : comparedBy(training.loss, network);
  const asked = useAsked(async (signal) => {
    const rows = await rowsOf(datasetId, signal);
    if (rows === null) return 'absent' as const;
    if (equation === null) return 'unknown' as const;
    if (!rows.targets || rows.targetNames.length === 0) return 'none' as const;
    const isByName = [...rows.inputNames].sort().join() === [...network.inputs].sort().join();
    const names = isByName ? { inputNames: rows.inputNames } : {};
    const heldOut = await heldOutRows(training!, signal);
    const { results } = await service.expressions.evaluate(
      { evaluationRequest: { modelId: model.id, equations: [equation], inputs: rows.inputs, ...names } }, { signal });
    const inputs = isByName ? rows.inputNames : network.inputs;
    return { inputs, features: featuresOf(inputs, columns),
      pairs: pairsOf(rows, results[0]?.values ?? [], equation === 'field' ? rows.targetNames : network.outputs, heldOut) };
  }, [model.id, datasetId]);
  const found = asked.value;
  if (asked.refusal !== null) return <RefusalSummary refusal={asked.refusal} />;
  if (found === null) return <p role="status">Comparing with the dataset …</p>;
  if (found === 'absent') return <p>The dataset is not there any more, or too large to be compared here.</p>;
  if (found === 'none') return <p>The dataset has no targets to compare with: it is where the equations are to hold.</p>;
  if (found === 'unknown') return <p>Its loss makes probabilities of the outputs in a way that cannot be told here.</p>;
  const { pairs } = found;
  if (pairs === 'unmatched') return <p>The targets of the dataset are no outputs of the model. The terms above say how well they are met.</p>;
  return <Comparison pairs={pairs} inputs={found.inputs} features={found.features} datasetId={datasetId}
    confusions={isOfClasses(training?.loss ?? null) ? confusionsOf(pairs, pairs.map(({ name }) => words[name] ?? name),
      training?.loss === 'binary-cross-entropy') : []} />;
}

/** What the columns of a table of rows say of their inputs, which are in this order. */
interface Inputs {
  inputs: readonly string[];
  features: readonly Feature[];
}

function Comparison({ pairs, datasetId, confusions, ...of }: {
  pairs: readonly Pair[];
  datasetId: string;
  /** Of probabilities. */
  confusions: readonly Confusion[];
} & Inputs) {
  const rows = pairs[0]?.rows ?? 0;
  const parts = useMemo(() => pairs.flatMap(partsOf), [pairs]);
  const isSplit = parts.length > pairs.length;
  return (
    <>
      <p>Over the {counted(rows, 'row')} of <a href={linkTo(`datasets/${datasetId}`)}>its dataset</a>{isSplit
        ? ', some of which were held out to validate it: it was not trained on them.' : '.'}</p>
      {confusions.length > 0 && (
        <p>The model says how likely each class is, and that is compared with the targets. Accuracy:{' '}
          {accuraciesOf(confusions).map(({ rows: which, share }) => `${number(share)} over ${which}`).join(', ')}.</p>
      )}
      {pairs.length <= MOST_CLASSES && confusions.map((confusion) =>
        <Confused key={`${confusion.target} ${confusion.rows}`} {...confusion} />)}
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
      {pairs.map((pair) => <OneTarget key={pair.name} pair={pair} {...of} />)}
      <p class="help">Rows are counted as in the dataset. Of one from a file with headers, of which no row was left out, row 1 is
        line 2.</p>
    </>
  );
}

function Confused({ rows, target, classes, counts }: Confusion) {
  return (
    <Table caption={`${target === '' ? 'Classes' : target} over ${rows}: what they are, and what the model says`}
      rows={counts.map((line, at) => ({ name: classes[at]!, line }))} rowKey={({ name }) => name} columns={[
        { title: 'In the dataset', cell: ({ name }) => name },
        ...classes.map((name, at) => ({ title: `Model: ${name}`, isNumber: true, cell: ({ line }: { line: readonly number[] }) => count(line[at]!) })),
      ]} />
  );
}

function OneTarget({ pair, inputs: names, features }: { pair: Pair } & Inputs) {
  const { worst, undefinedRows } = useMemo(() => summaryOf(pair), [pair]);
  const isSplit = pair.points.some((point) => point.isHeldOut);
  const written = useMemo(() => among(pair.points.map(({ target }) => target)), [pair]);
  const chart = useMemo<Content>(() => {
    const seen = pair.points.filter(({ predicted }) => predicted !== null);
    const low = seen.reduce((least, { target }) => Math.min(least, target), Infinity);
    const high = seen.reduce((most, { target }) => Math.max(most, target), -Infinity);
    return {
      kind: 'curves', x: `${pair.name} in the dataset`, y: `${pair.name} of the model`,
      series: [...dotsOf(seen, ({ isHeldOut }) => isHeldOut, ({ target, predicted }) => [target, predicted], 'Rows'),
        { name: 'Equal', isDashed: true, points: [[low, low], [high, high]] }],
    };
  }, [pair]);
  return (
    <div class="columns">
      <Chart title={`${pair.name}: model against dataset`} chart={chart}
        text={`Every dot is a row; on the line both are equal.${
          isSplit ? HELD_OUT : ''}${
          undefinedRows === 0 ? '' : ` The model has no value at ${counted(undefinedRows, 'row')}.`}`} />
      <Table caption={`${pair.name}: the rows that are farthest off`} rows={worst.slice(0, WORST)}
        rowKey={({ row }) => String(row)} columns={[
        { title: 'Row', isNumber: true, cell: ({ row }) => count(row + 1) },
        { title: 'Off by', isNumber: true, cell: ({ target, predicted }) => number(predicted === null ? null : predicted - target) },
        { title: 'Dataset', isNumber: true, cell: ({ target }) => written(target) },
        { title: 'Model', isNumber: true, cell: ({ predicted }) => written(predicted) },
        ...(isSplit ? [{ title: 'Rows',
          cell: (point: Pair['points'][number]) => (point.isHeldOut ? 'held\u00a0out' : 'trained\u00a0on') }] : []),
        ...features.map((feature) => ({ title: feature.name, isNumber: feature.words.length === 0, cell: (point: Pair['points'][number]) =>
          shownOf(feature, names, point.inputs, number) })),
      ]} />
    </div>
  );
}
