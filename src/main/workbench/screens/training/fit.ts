import type { EquationLoss, NetworkResponse, RowsResponse, TrainingResponse } from 'client';
import { comparedBy, isOfClasses } from '../../api/classes.js';
import { service } from '../../api/service.js';
import { gridOf, thinned } from '../data/columns.js';
import { isOfTerms, termsOf } from './request.js';

const MOST_ROWS = 10_000;
const SURFACE = 31;
const LINE = 201;

/**
 * Where a network is looked at while it learns, in the order of its inputs: at the rows of the data, and at
 * places between them.
 */
export interface Places {
  inputs: readonly string[];
  rows: number[][];
  /** Which rows of the data these are, from 0 on. */
  kept: readonly number[];
  /** What is looked at should be this at the rows; undefined where nothing says so. */
  truth: (number | null)[] | undefined;
  /** Of which term of the loss the rows are, from 0 on; null for those of the training. */
  term: number | null;
  /** Over the range of one input, or of the first two; the others are in the middle. */
  between: { x: number[]; y: number[]; rows: number[][] } | null;
  /** Whether the rows are themselves a grid of two inputs. */
  isGrid: boolean;
  equations: string[];
  /** Whether what is looked at is how likely classes are. */
  isOfProbabilities: boolean;
  names: readonly string[];
  /** Which of the names is looked at. */
  which: number;
}

/** What it makes of them, a number for each name and row: after an epoch or, where that is null, as the model. */
export interface Fit {
  at: Places;
  epoch: number | null;
  rows: (number | null)[][];
  between: (number | null)[][];
}

/** Rows that a training learns from: its own, or those of a term of its loss, from 0 on. */
export interface Data {
  term: number | null;
  rows: RowsResponse;
}

/** The datasets of a training, its own first; the same one once. */
export function datasetsOf({ datasetId, loss }: TrainingResponse): { term: number | null; id: string }[] {
  const ofTerms = termsOf(loss).flatMap(({ dataset }, term) => (typeof dataset === 'string' ? [{ term, id: dataset }] : []));
  return [...(datasetId ? [{ term: null, id: datasetId }] : []), ...ofTerms];
}

/** @param which of the outputs */
export function places(training: TrainingResponse, network: NetworkResponse, data: readonly Data[], which: number): Places | null {
  const compares = comparedBy(training.loss, network);
  const isField = compares === 'field';
  const isOfProbabilities = isOfClasses(training.loss) && compares !== null;
  const names = isField ? network.inputs.map((name) => `field of ${name}`)
    : isOfProbabilities ? network.outputs.map((name) => `probability of ${name}`) : network.outputs;
  const at = Math.min(which, names.length - 1);
  const compared = isOfTerms(training.loss) ? comparedIn(training.loss, names, at, data)
    : { of: data[0], column: columnOf(isField ? names : network.outputs, data[0]?.rows.targetNames ?? [], at, isField) };
  const { of, column } = compared;
  const inputsOf = ({ rows }: Data) => {
    const columns = orderOf(network.inputs, rows.inputNames);
    return rows.inputs.map((row) => columns.map((input) => row[input] ?? NaN));
  };
  const all = of === undefined ? [] : inputsOf(of);
  const kept = thinned([...all.keys()], MOST_ROWS);
  const rows = kept.map((row) => all[row]!);
  const targets = of?.rows.targets ?? null;
  const truth = targets === null || column < 0 || compares === null ? undefined : kept.map((row) => targets[row]![column] ?? null);
  const ranges = rangesOf(training, network.inputs, data.flatMap(inputsOf));
  if (ranges === null) return null;
  const isGrid = network.inputs.length === 2 && [0, 1].every((input) => new Set(rows.map((row) => row[input])).size > 1) &&
    gridOf(rows.map((row) => row[0]!), rows.map((row) => row[1]!), rows.map(() => 0)) !== null;
  return {
    inputs: network.inputs, rows, kept, truth, isGrid, names, which: at, isOfProbabilities,
    equations: compares === null || compares === 'outputs' ? network.outputs : [compares],
    term: of?.term ?? null,
    between: isGrid || (network.inputs.length > 2 && truth !== undefined) ? null : between(ranges),
  };
}

/** Where a loss of terms says what an output should be: by a term such as u - m, or else by its name in the training's own data. */
function comparedIn(loss: EquationLoss, outputs: readonly string[], at: number, data: readonly Data[]):
    { of: Data | undefined; column: number } {
  const output = outputs[at]!;
  const own = data.find(({ term }) => term === null);
  for (const [term, { equation, sample }] of loss.terms.entries()) {
    const sides = equation.split('-').map((side) => side.trim().replace(/^outputs\./, ''));
    const other = sides.length !== 2 ? undefined : sides[sides[0] === output ? 1 : sides[1] === output ? 0 : 2];
    const of = sample ? undefined : data.find((rows) => rows.term === term) ?? own;
    const targets = of?.rows.targetNames ?? [];
    const areAll = sides.length === 2 && sides.includes('outputs') && sides.includes('targets');
    const column = other !== undefined ? targets.indexOf(other.replace(/^targets\./, ''))
      : areAll ? columnOf(outputs, targets, at, false) : -1;
    if (column >= 0) return { of, column };
  }
  const column = own?.rows.targetNames.indexOf(output) ?? -1;
  return { of: own ?? data[0], column };
}

/** The target of an output; -1 where there is none. Fields have theirs in the order of the inputs. */
function columnOf(outputs: readonly string[], targets: readonly string[], at: number, isField: boolean): number {
  if (targets.length !== outputs.length) return -1;
  return isField ? at : orderOf(outputs, targets)[at]!;
}

/** For each name the column that is called so, or the one at its place where the others are called differently. */
function orderOf(names: readonly string[], columns: readonly string[]): number[] {
  const isByName = names.every((name) => columns.includes(name));
  return names.map((name, at) => (isByName ? columns.indexOf(name) : at));
}

function rangesOf(training: TrainingResponse, inputs: readonly string[],
  rows: readonly (readonly number[])[]): [number, number][] | null {
  const drawn = termsOf(training.loss).flatMap((term) => (term.sample ? [term.sample.ranges] : []));
  const ranges = inputs.map((name, at): [number, number] => {
    const ends = [...drawn.flatMap((ranges) => ranges[name] ?? []), ...rows.map((row) => row[at]!)];
    return [ends.reduce((a, b) => Math.min(a, b), Infinity), ends.reduce((a, b) => Math.max(a, b), -Infinity)];
  });
  return ranges.every(([low, high]) => Number.isFinite(low) && Number.isFinite(high)) ? ranges : null;
}

function between(ranges: readonly [number, number][]): NonNullable<Places['between']> {
  const spread = ([low, high]: [number, number], count: number) =>
    Array.from({ length: count }, (_, at) => low + at * (high - low) / (count - 1));
  const middle = ranges.slice(2).map(([low, high]) => (low + high) / 2);
  const [first, second] = ranges;
  if (second === undefined) {
    const x = spread(first!, LINE);
    return { x, y: [], rows: x.map((value) => [value]) };
  }
  const [x, y] = [spread(first!, SURFACE), spread(second, SURFACE)];
  return { x, y, rows: y.flatMap((b) => x.map((a) => [a, b, ...middle])) };
}

/**
 * What the network makes of the places: with the parameters of the model where there is one, else with those that the
 * training has reached.
 */
export async function fitAt({ id, networkId, modelId }: TrainingResponse, at: Places, before: Fit | null,
  signal: AbortSignal): Promise<Fit> {
  const reached = modelId ? null : await service.trainings.getTrainingParameters({ id }, { signal });
  if (reached !== null && before?.at === at && before.epoch === reached.epoch) return before;
  const { results } = await service.expressions.evaluate({ evaluationRequest: {
    ...(reached === null ? { modelId: modelId! } : { networkId, parameters: reached.parameters }),
    equations: at.equations, inputs: [...at.rows, ...at.between?.rows ?? []],
  } }, { signal });
  const columns = results.length === 1 && results[0]!.shape.length === 1
    ? at.names.map((_, entry) => (results[0]!.values as (number[] | null)[]).map((vector) => vector?.[entry] ?? null))
    : results.map(({ values }) => values as (number | null)[]);
  return {
    at, epoch: reached?.epoch ?? null, rows: columns.map((column) => column.slice(0, at.rows.length)),
      between: columns.map((column) => column.slice(at.rows.length)),
  };
}
