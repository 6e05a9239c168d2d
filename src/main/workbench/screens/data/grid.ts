import type { DatasetRequest } from 'client';

/** A grid with formulas on it, as it is typed. */
export interface GridState {
  axes: { name: string; from: number | null; to: number | null; step: number | null }[];
  targets: { name: string; equation: string }[];
  name: string;
  tags: string;
}

export const GRID: GridState = {
  axes: [{ name: 'x', from: -1, to: 1, step: 0.1 }, { name: 'y', from: -1, to: 1, step: 0.1 }],
  targets: [{ name: 'z', equation: 'exp(-(x^2 + y^2))' }],
  name: '',
  tags: '',
};

/** How many places are on an axis, as far as that can be told. */
function places({ from, to, step }: GridState['axes'][number]): number | null {
  return from === null || to === null || step === null || step <= 0 || to < from ? null :
    Math.floor((to - from) / step + 1e-9) + 1;
}

/** The last place on an axis, where steps from the first lead to none at its end. */
export function missesEnd(axis: GridState['axes'][number]): number | null {
  const last = (axis.from ?? 0) + ((places(axis) ?? 1) - 1) * (axis.step ?? 0);
  return places(axis) === null || Math.abs(last - (axis.to ?? 0)) < 1e-6 * (axis.step ?? 0) ? null : last;
}

export function samplesOf(grid: GridState): number | null {
  return grid.axes.reduce<number | null>((product, axis) => {
    const here = places(axis);
    return product === null || here === null ? null : product * here;
  }, 1);
}

/** What the service is asked for. */
export function gridRequest({ axes, targets }: Pick<GridState, 'axes' | 'targets'>): DatasetRequest {
  return {
    grid: Object.fromEntries(axes.map(({ name, from, to, step }) =>
      [name, { from, to, step } as { from: number; to: number; step: number }])),
    targets: Object.fromEntries(targets.map(({ name, equation }) => [name, equation])),
  };
}

/** The places of a grid of so many per axis at most, the first axis varying fastest. */
export function coarse(grid: GridState, most: number): number[][] {
  return grid.axes.reduceRight<number[][]>((rows, axis) => {
    const whole = places(axis) ?? 0;
    const shown = Math.min(whole, most);
    const last = (axis.from ?? 0) + (whole - 1) * (axis.step ?? 0);
    const values = Array.from({ length: shown },
      (_, at) => (axis.from ?? 0) + (shown === 1 ? 0 : at * (last - (axis.from ?? 0)) / (shown - 1)));
    return rows.flatMap((row) => values.map((value) => [value, ...row]));
  }, [[]]);
}
