import type { NetworkResponse, RowsResponse, TrainingResponse } from 'client';
import { service } from '../../api/service.js';
import { gridOf, thinned } from '../data/columns.js';
import { termsOf } from './request.js';

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
  /** For each of the names, what it should be at the rows; undefined where nothing says so. */
  truth: ((number | null)[] | undefined)[];
  /** Over the range of one input, or of the first two; the others are in the middle. */
  between: { x: number[]; y: number[]; rows: number[][] } | null;
  /** Whether the rows are themselves a grid of two inputs. */
  isGrid: boolean;
  equations: string[];
  names: string[];
}

/** What it makes of them, a number for each name and row: after an epoch or, where that is null, as the model. */
export interface Fit {
  epoch: number | null;
  rows: (number | null)[][];
  between: (number | null)[][];
}

export function places(training: TrainingResponse, network: NetworkResponse, data: RowsResponse | null): Places | null {
  const isField = training.loss === 'hamiltonian';
  const names = isField ? network.inputs.map((name) => `field of ${name}`) : network.outputs;
  const kept = thinned([...(data?.inputs ?? []).keys()], MOST_ROWS);
  const columnOf = orderOf(network.inputs, data?.inputNames ?? []);
  const rows = kept.map((row) => columnOf.map((column) => data!.inputs[row]![column] ?? NaN));
  const targets = data?.targets ?? null;
  const targetNames = data?.targetNames ?? [];
  const targetOf = typeof training.loss === 'object' ? names.map((name) => targetNames.indexOf(comparedWith(name, training.loss)))
    : targetNames.length !== names.length ? [] : isField ? names.map((_, at) => at) : orderOf(names, targetNames);
  const truth = targets === null ? [] : targetOf.map((column) =>
    (column < 0 ? undefined : kept.map((row) => targets[row]![column] ?? null)));
  const ranges = rangesOf(training, network.inputs, rows);
  if (ranges === null) return null;
  const isGrid = network.inputs.length === 2 &&
    gridOf(rows.map((row) => row[0]!), rows.map((row) => row[1]!), rows.map(() => 0)) !== null;
  return {
    inputs: network.inputs, rows, truth, isGrid, names, equations: isField ? ['field'] : network.outputs,
    between: isGrid || (network.inputs.length > 2 && truth.some((values) => values !== undefined)) ? null : between(ranges),
  };
}

/** The target that an output is compared with: the one of its name, or the other side of a term such as u - m. */
function comparedWith(output: string, loss: TrainingResponse['loss']): string {
  const sides = termsOf(loss).map(({ equation }) => equation.split('-').map((side) => side.trim()))
    .find((parts) => parts.length === 2 && parts.includes(output));
  return sides?.find((side) => side !== output) ?? output;
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
  if (reached !== null && before?.epoch === reached.epoch) return before;
  const { results } = await service.expressions.evaluate({ evaluationRequest: {
    ...(reached === null ? { modelId: modelId! } : { networkId, parameters: reached.parameters }),
    equations: at.equations, inputs: [...at.rows, ...at.between?.rows ?? []],
  } }, { signal });
  const columns = results.length === 1 && results[0]!.shape.length === 1
    ? at.names.map((_, entry) => (results[0]!.values as (number[] | null)[]).map((vector) => vector?.[entry] ?? null))
    : results.map(({ values }) => values as (number | null)[]);
  return {
    epoch: reached?.epoch ?? null, rows: columns.map((column) => column.slice(0, at.rows.length)),
      between: columns.map((column) => column.slice(at.rows.length)),
  };
}
