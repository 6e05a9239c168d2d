import { useMemo, useState } from 'preact/hooks';
import { modelPlace, type Metrics } from '../../api/metrics.js';
import { Chart } from '../../components/chart.js';
import { CheckField } from '../../components/field.js';
import { count, counted, number } from '../../components/numbers.js';
import { TRAINING_LOSS } from '../../components/words.js';
import { coefficientSeries, lossSeries, points, type Series } from './curves.js';

/** The losses of one training or of several, epoch by epoch. */
export function Losses({ runs }: { runs: readonly { name: string; metrics: Metrics }[] }) {
  const [isLogarithmic, setIsLogarithmic] = useState(true);
  const [hasTerms, setHasTerms] = useState(true);
  const isOne = runs.length === 1;
  const all = runs.flatMap(({ metrics }) => [...metrics.loss, ...(metrics.validationLoss ?? [])]);
  const canBeLogarithmic = all.some((loss) => loss > 0);
  const chart = useMemo(() => ({
    kind: 'curves', x: 'Epoch', y: 'Loss', isLogarithmic: isLogarithmic && canBeLogarithmic,
    series: runs.flatMap(({ name, metrics }) => lossSeries(metrics, isOne ? '' : name, hasTerms && isOne)),
  } as const), [runs, isLogarithmic, canBeLogarithmic, hasTerms]);
  const text = runs.map(({ name, metrics: { loss, epochs } }) =>
    `${isOne ? '' : `${name}: `}${counted(epochs.at(-1) ?? 0, 'epoch')}, training loss from ${number(loss[0])} to ${number(loss.at(-1))}`)
    .join('; ');
  return (
    <>
      <div class="row">
        <CheckField label="Logarithmic" value={isLogarithmic} onChange={setIsLogarithmic} />
        {isOne && (runs[0]?.metrics.terms?.length ?? 0) > 1 &&
          <CheckField label="Terms" value={hasTerms} onChange={setHasTerms} />}
      </div>
      <Chart title={isOne ? 'Losses' : TRAINING_LOSS} chart={chart} text={`${text}.`} height={320} />
    </>
  );
}

/** Of which epoch the numbers are that are told: of that of the model where there is one, else of the last. */
export function placeIn(metrics: Metrics, hasModel: boolean): number {
  return hasModel ? modelPlace(metrics) : metrics.epochs.length - 1;
}

/** What is recorded, and whether there is a model, of which its numbers are then told. */
interface Recorded {
  metrics: Metrics;
  hasModel: boolean;
}

/** What the coefficients became, each on a scale of its own. */
export function CoefficientCurves({ metrics, hasModel }: Recorded) {
  const place = placeIn(metrics, hasModel);
  const series = useMemo(() => coefficientSeries(metrics, place), [metrics, place]);
  if (series.length === 0) return null;
  return (
    <section aria-labelledby="coefficients">
      <h2 id="coefficients">Coefficients</h2>
      <div class="tiles">
        {series.map((one) => <OneCurve key={one.name} series={one} epoch={metrics.epochs[place]} />)}
      </div>
    </section>
  );
}

function OneCurve({ series: { name, points, found }, epoch }: { series: Series; epoch: number | undefined }) {
  const chart = useMemo(() => ({ kind: 'curves', x: 'Epoch', y: name, series: [{ name, points }] } as const),
    [name, points]);
  const [[first, start] = [], [last, value] = []] = [points[0], points.at(-1)];
  return <Chart title={`${name} = ${number(found)}`} chart={chart} height={220} text={`From ${number(start)} after epoch ${count(first ?? 0)} to ${number(value)}${
    epoch === undefined || epoch === last ? '' : `; ${number(found)} in epoch ${count(epoch)}, of which the model is`}.`} />;
}

/** What was computed beside the loss. */
export function MetricCurves({ metrics, hasModel }: Recorded) {
  const place = placeIn(metrics, hasModel);
  const asked = (['r2', 'mae', 'accuracy'] as const).flatMap((name) =>
    (metrics[name] ? [{ name, values: metrics[name] }] : []));
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="metrics">
      <h2 id="metrics">Metrics</h2>
      <div class="tiles">{asked.map(({ name, values }) =>
        <OneCurve key={name} epoch={metrics.epochs[place]}
          series={{ name, points: points(values, metrics.epochs), found: values[place] ?? null }} />)}</div>
    </section>
  );
}
