/** A column of numbers; null where one is missing. */
export interface NumberColumn {
  name: string;
  values: readonly (number | null)[];
}

/** What a column's numbers are like. */
export interface Statistics {
  count: number;
  missing: number;
  mean: number | null;
  deviation: number | null;
  smallest: number | null;
  median: number | null;
  largest: number | null;
  /** Rows whose number is far from most others. */
  odd: ReadonlySet<number>;
}

/** Numbers are odd that are farther from the middle half than three times its width (Tukey's far out). */
const FAR = 3;

export function statistics(values: readonly (number | null)[]): Statistics {
  const numbers = values.filter((value) => value !== null);
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (part: number) => {
    const place = part * (sorted.length - 1);
    const low = sorted[Math.floor(place)];
    const high = sorted[Math.ceil(place)];
    return low === undefined || high === undefined ? null : low + (high - low) * (place % 1);
  };
  // From the first on, so that the mean of equal numbers is that number.
  const [start] = numbers;
  const mean = start === undefined ? null : numbers.reduce((sum, value) => sum + (value - start) / numbers.length, start);
  const deviation = mean === null || numbers.length < 2 ? null
    : Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2 / (numbers.length - 1), 0));
  const [first, third] = [at(0.25), at(0.75)];
  const odd = new Set<number>();
  if (first !== null && third !== null && third > first) {
    const far = FAR * (third - first);
    values.forEach((value, row) =>
      { if (value !== null && (value < first - far || value > third + far)) odd.add(row); });
  }
  return {
    count: numbers.length, missing: values.length - numbers.length, mean, deviation,
    smallest: at(0), median: at(0.5), largest: at(1), odd,
  };
}

/** The columns of rows. */
export function columnsOf(names: readonly string[], rows: readonly (readonly (number | null)[])[]): NumberColumn[] {
  return names.map((name, at) => ({ name, values: rows.map((row) => row[at] ?? null) }));
}

/** Every so many-th of what would be too much to draw, the first and the last in any case. */
export function thinned<T>(items: readonly T[], most: number): T[] {
  return items.length <= most ? [...items]
    : Array.from({ length: most }, (_, at) => items[Math.round(at * (items.length - 1) / (most - 1))]!);
}

/** Two columns of places as the axes of a grid with a number per place, where they are one. */
export function gridOf(x: readonly (number | null)[], y: readonly (number | null)[], z: readonly (number | null)[]):
    { x: number[]; y: number[]; values: (number | null)[][] } | null {
  const axis = (values: readonly (number | null)[]) =>
    [...new Set(values.filter((value) => value !== null))].sort((a, b) => a - b);
  const [xs, ys] = [axis(x), axis(y)];
  if (xs.length < 2 || ys.length < 2 || xs.length * ys.length > Math.min(40_000, 1.5 * z.length)) return null;
  const places = [new Map(xs.map((value, at) => [value, at])), new Map(ys.map((value, at) => [value, at]))] as const;
  const values = ys.map(() => xs.map((): number | null => null));
  z.forEach((value, row) => {
    const [i, j] = [places[0].get(x[row] ?? NaN), places[1].get(y[row] ?? NaN)];
    if (i !== undefined && j !== undefined) values[j]![i] = value;
  });
  return { x: xs, y: ys, values };
}
