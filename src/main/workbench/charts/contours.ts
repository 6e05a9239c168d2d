/** A piece of a line of equal value: from one point to another. */
export type Segment = readonly [readonly [number, number], readonly [number, number]];

/** Round values between the least and the greatest, about so many. */
export function levels(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((wide) => wide >= rough) ?? rough;
  const first = Math.floor(low / step) + 1;
  return Array.from({ length: Math.max(0, Math.ceil(high / step) - first) }, (_, index) => (first + index) * step);
}

/**
 * Where a function that is known at the corners of a grid has a value (marching squares): every cell is cut in two triangles,
 * on each of which the function is taken to be linear. Cells with a corner where it has no value are left out.
 *
 * @param values one row per y, one number per x
 */
export function isoline(x: readonly number[], y: readonly number[], values: readonly (readonly (number | null)[])[],
  level: number): Segment[] {
  const found: Segment[] = [];
  for (let j = 0; j + 1 < y.length; j++) {
    for (let i = 0; i + 1 < x.length; i++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]]
        .map(([a = 0, b = 0]) => ({ at: [x[a]!, y[b]!] as const, value: values[b]?.[a] ?? null }));
      const [a, b, c, d] = corners as [Corner, Corner, Corner, Corner];
      for (const triangle of [[a, b, c], [a, c, d]] as const) {
        const cuts = [[0, 1], [1, 2], [2, 0]].flatMap(([from = 0, to = 0]) =>
          cut(triangle[from]!, triangle[to]!, level));
        if (cuts.length === 2) found.push([cuts[0]!, cuts[1]!]);
      }
    }
  }
  return found;
}

interface Corner {
  at: readonly [number, number];
  value: number | null;
}

function cut(from: Corner, to: Corner, level: number): (readonly [number, number])[] {
  if (from.value === null || to.value === null || (from.value < level) === (to.value < level)) return [];
  const part = (level - from.value) / (to.value - from.value);
  return [[from.at[0] + part * (to.at[0] - from.at[0]), from.at[1] + part * (to.at[1] - from.at[1])]];
}
