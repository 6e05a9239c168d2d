import { service } from './service.js';

/** A direction in which something is looked at, and what stands fixed meanwhile. */
export interface Axes {
  /** The input across. */
  x: string;
  /** The input upwards; empty for a curve. */
  y: string;
  /** By name of an input, from where to where. */
  ranges: Record<string, readonly [number, number]>;
  /** By name of an input that is no axis. */
  at: Record<string, number>;
}

/** What an equation gives over axes: the number of its entries, and one of them as rows over y (one row for a curve). */
export interface OverAxes {
  x: number[];
  y: number[];
  shape: number[];
  values: (entry: number) => (number | null)[][];
}

/** Points at equal distances, both ends included. */
export function steps([from, to]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    (index === count - 1 ? to : from + (index * (to - from)) / (count - 1)));
}

/**
 * Equations of a model over one or two of its inputs.
 *
 * @param points in every direction
 */
export async function overAxes(modelId: string, equations: string[], inputs: readonly string[], axes: Axes,
  points: number,
  signal: AbortSignal): Promise<OverAxes[]> {
  const x = steps(axes.ranges[axes.x] ?? [-1, 1], points);
  const y = axes.y === '' ? [0] : steps(axes.ranges[axes.y] ?? [-1, 1], points);
  const rows = y.flatMap((up) =>
    x.map((across) => inputs.map((name) => (name === axes.x ? across : name === axes.y ? up : axes.at[name] ?? 0))));
  const { results } = await service.expressions.evaluate({ evaluationRequest: { modelId, equations, inputs: rows } },
    { signal });
  return results.map((result) => {
    const flat = (result.values ?? []).map((value) => (value === null ? null : [value].flat(Infinity) as number[]));
    return {
      x, y, shape: result.shape,
      values: (entry) => y.map((_up, j) => x.map((_across, i) => flat[j * x.length + i]?.[entry] ?? null)),
    };
  });
}

/** Which numbers an array has, as one writes them: `[1, 2]`; one without a name for a number. */
export function entriesOf(shape: readonly number[]): string[] {
  return shape.reduce<string[]>((before, size) =>
    before.flatMap((start) =>
      Array.from({ length: size }, (_, index) => (start === '' ? '' : `${start}, `) + (index + 1))), [''])
    .map((indices) => (indices === '' ? '' : `[${indices}]`));
}
