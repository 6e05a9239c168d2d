import type { NetworkResponse, TrainingResponse } from 'client';
import { useMemo, useRef, useState } from 'preact/hooks';
import { useWatched } from '../../api/watched.js';
import type { Chart as Content } from '../../charts/chart.js';
import { Chart } from '../../components/chart.js';
import { SelectField } from '../../components/field.js';
import { dotsOf, HELD_OUT } from '../../components/held-out.js';
import { count, number } from '../../components/numbers.js';
import { gridOf, thinned } from '../data/columns.js';
import { fitAt, places, type Data, type Fit, type Places } from './fit.js';

const PAUSE = 700;
const MOST_POINTS = 1500;

/** What the network makes of its data while it learns, and beside it how far that is off. */
export function FitPictures({ training, network, data, heldOut, isOver, found }: {
  training: TrainingResponse;
  network: NetworkResponse;
  data: readonly Data[];
  /** The rows of its own data that it is not trained on. */
  heldOut: ReadonlySet<number>;
  isOver: boolean;
  /** The coefficients as they are. */
  found: readonly { name: string; found: number | null }[];
}) {
  const [shown, setShown] = useState(0);
  const last = useRef<Fit | null>(null);
  const at = useMemo(() => places(training, network, data, shown), [training.id, network, data, shown]);
  const { value: fit, refusal } = useWatched(at === null || !training.hasParameters ? null : async (signal) => {
    last.current = await fitAt(training, at, last.current, signal);
    return last.current;
  }, [training.id, training.modelId, training.hasParameters, at === null, shown], PAUSE, !isOver);
  const pictures = useMemo(() =>
    (fit === null || fit.at !== at ? null : picturesOf(at, fit, heldOut)), [at, fit, heldOut]);
  // One that is over without having reached anything never will.
  if (at === null || (isOver && !training.hasParameters)) return null;
  return (
    <section aria-labelledby="fit">
      <h2 id="fit">What it has learned</h2>
      {at.names.length > 1 && (
        <SelectField label="Output" value={String(shown)} onChange={(next) => setShown(Number(next))}
          options={at.names.map((name, index) => ({ value: String(index), label: name }))} />
      )}
      {pictures === null ? (
        <p role="status">{refusal === null || refusal.status === 409 ?
          'This is drawn as soon as the training has reached something.' : refusal.message}</p>
      ) : (
        <>
          <p>
            {fit!.epoch === null ? 'Its model' : `After epoch ${count(fit!.epoch)}`}
            {pictures.errors.length === 0 ? ', over where its points lie: no data say what it should be there.' : `: ${at.isOfProbabilities ? 'its probabilities are ' : ''}off ${at.term === null ? '' : `${dataOf(at)} `}${pictures.errors.map(({ where, mean, largest }) =>
              `by ${number(mean)} (root mean square), ${number(largest)} at most${where}`).join('; ')}.`}
            {found.length > 0 && ` With ${found.map(({ name, found: value }) => `${name} = ${number(value)}`).join(', ')}.`}
            {!isOver && (training.validationFraction ?? 0) > 0 &&
              ' These are its last parameters; its model will have those with the least validation loss so far.'}
          </p>
          <div class="pair">
            {pictures.charts.map(({ title, text, chart }) =>
              <Chart key={title} title={title} text={text} chart={chart} height={340} />)}
          </div>
        </>
      )}
    </section>
  );
}

interface Pictures {
  charts: { title: string; text: string; chart: Content }[];
  /** Where there are rows held out these are told apart. */
  errors: { where: string; mean: number; largest: number }[];
}

const TURN = 'Turn it by dragging or by the arrow keys.';

/** What data an output is compared with. */
function dataOf({ term }: Places): string {
  return term === null ? 'the data' : `the data of term ${term + 1}`;
}

function picturesOf(at: Places, fit: Fit, heldOut: ReadonlySet<number>): Pictures {
  const { which, truth } = at;
  const name = at.names[which]!;
  const fitted = fit.rows[which] ?? [];
  const data = dataOf(at);
  const errors = truth?.map((value, row) =>
    (value === null || fitted[row] === null || fitted[row] === undefined ? null : fitted[row] - value));
  const isSplit = at.term === null && heldOut.size > 0;
  const isHeldOut = (place: number) => at.term === null && heldOut.has(at.kept[place]!);
  const parts = isSplit
    ? [{ where: ' at the rows trained on', has: (place: number) => !isHeldOut(place) }, { where: ' at those held out', has: isHeldOut }]
    : [{ where: '', has: () => true }];
  const told = parts.flatMap(({ where, has }) => {
    const known = errors?.filter((value, place) => value !== null && has(place)) as number[] | undefined ?? [];
    return known.length === 0 ? [] : [{
      where, mean: Math.sqrt(known.reduce((sum, value) => sum + value * value / known.length, 0)),
      largest: known.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    }];
  });
  const ofHeldOut = isSplit ? HELD_OUT : '';
  const dots = (places: readonly number[], name: string, pointOf: (place: number) => readonly [number, number | null]) =>
    dotsOf(places, isHeldOut, pointOf, name);
  const column = (input: number) => at.rows.map((row) => row[input]!);
  const [x = 'x', y = 'y'] = at.inputs;
  const sample = thinned([...at.rows.keys()], MOST_POINTS);
  const charts: Pictures['charts'] = [];
  if (at.isGrid) {
    const grid = (values: readonly (number | null)[]) => {
      const found = gridOf(column(0), column(1), values)!;
      return { x: { name: x, values: found.x }, y: { name: y, values: found.y }, values: found.values };
    };
    charts.push({
      title: truth ? `${name} over ${data}` : `${name} over ${x} and ${y}`, text: `${truth ? `The dots are ${data}. ` : ''}${TURN}`,
      chart: { kind: 'surface', z: name, ...grid(fitted),
        points: truth ? sample.flatMap((row) =>
        (truth[row] === null ? [] : [[at.rows[row]![0]!, at.rows[row]![1]!, truth[row]!] as const])) : [] },
    });
    if (errors) charts.push({ title: 'Error', text: `${name} less ${data}.`,
      chart: { kind: 'heat-map', z: 'Error', isDiverging: true, ...grid(errors) } });
  } else if (at.between !== null && at.inputs.length === 1) {
    const order = sample.toSorted((a, b) => at.rows[a]![0]! - at.rows[b]![0]!);
    charts.push({
      title: `${name} over ${x}`,
        text: truth ? `The line is what was learned, the dots are ${data}.${ofHeldOut}` : 'What was learned.',
      chart: { kind: 'curves', x, y: name, series: [
        { name: 'Learned', points: at.between.x.map((value, row) => [value, fit.between[which]?.[row] ?? null]) },
        ...(truth ? dots(order, 'Data', (row) => [at.rows[row]![0]!, truth[row] ?? null]) : []),
      ] },
    });
    if (errors) charts.push({ title: 'Error', text: `${name} less ${data}.${ofHeldOut}`,
      chart: { kind: 'curves', x, y: 'Error', series: dots(order, 'Error', (row) => [at.rows[row]![0]!, errors[row] ?? null]) } });
  } else {
    if (at.between !== null) {
      const { x: xs, y: ys } = at.between;
      charts.push({
        title: `${name} over ${x} and ${y}`, text: `${truth ? `The dots are ${data}. ` : ''}${TURN}`,
        chart: {
          kind: 'surface', x: { name: x, values: xs }, y: { name: y, values: ys }, z: name,
          values: ys.map((_, j) => xs.map((_value, i) => fit.between[which]?.[j * xs.length + i] ?? null)),
          points: truth ? sample.flatMap((row) =>
            (truth[row] === null ? [] : [[at.rows[row]![0]!, at.rows[row]![1]!, truth[row]!] as const])) : [],
        },
      });
      if (!truth) charts.push({ title: 'The same as a heat map', text: `${name} over ${x} and ${y}.`,
        chart: { ...(charts[0]!.chart as Extract<Content, { kind: 'surface' }>), kind: 'heat-map' } });
    }
    if (truth && errors) {
      const ends = [...truth].filter((value) => value !== null).sort((a, b) => a - b);
      charts.push({
        title: `${name} against ${data}`, text: `Every dot is a row; on the line what was learned is as the data.${ofHeldOut}`,
        chart: { kind: 'curves', x: `${name} in the data`, y: `${name} learned`, series: [
          ...dots(sample.filter((row) => truth[row] !== null), 'Rows', (row) => [truth[row]!, fitted[row] ?? null]),
          { name: 'As the data', isDashed: true,
            points: [ends[0] ?? 0, ends.at(-1) ?? 1].map((value) => [value, value] as const) },
        ] },
      });
      if (charts.length < 2)
        charts.push({ title: 'Error', text: `Row by row.${ofHeldOut}`,
          chart: { kind: 'curves', x: 'Row', y: 'Error', series: dots(sample, 'Error', (row) => [at.kept[row]! + 1, errors[row] ?? null]) } });
    }
  }
  return { charts, errors: told };
}
