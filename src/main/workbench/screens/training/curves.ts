import type { MetricsResponse } from 'client';
import type { Curves } from '../../charts/chart.js';

const MOST_POINTS = 1000;

/**
 * The values of epochs as points of a curve; of many epochs some, those of the beginning closer together as
 * more changes there.
 */
export function points(values: readonly (number | null)[]): [number, number | null][] {
  const length = values.length;
  const half = MOST_POINTS / 2;
  const shown = length <= MOST_POINTS ? [...values.keys()] : [...new Set([
    ...Array.from({ length: half }, (_, at) => Math.round(at * (length - 1) / (half - 1))),
    ...Array.from({ length: half }, (_, at) => Math.round(length ** (at / (half - 1))) - 1),
  ])].sort((a, b) => a - b);
  return shown.map((at) => [at + 1, values[at] ?? null]);
}

/** The losses of a training by epoch. `name` stands in front where there are several. */
export function lossSeries(metrics: MetricsResponse, name = '', withTerms = true): Curves['series'] {
  const named = (what: string) => (name === '' ? what : `${name}, ${what.toLowerCase()}`);
  return [
    { name: name === '' ? 'Loss' : name, points: points(metrics.loss) },
    ...(metrics.validationLoss ?
      [{ name: named('Validation'), points: points(metrics.validationLoss), isDashed: true }] : []),
    ...(withTerms && (metrics.terms?.length ?? 0) > 1 ?
      metrics.terms!.map((term) => ({ name: named(shortened(term.equation)), points: points(term.loss) })) : []),
  ];
}

function shortened(equation: string): string {
  return equation.length > 28 ? `${equation.slice(0, 27)}…` : equation;
}

/** Coefficients by name, an array's entries each: `k[1,2]`. */
export function coefficientSeries(metrics: MetricsResponse): { name: string; points: [number, number | null][];
  last: number | null }[] {
  return Object.entries(metrics.coefficients).flatMap(([name, epochs]) =>
    entries(name, (epochs as unknown[]).at(-1)).map((entry) => {
    const values = (epochs as unknown[]).map((value) => entry.of(value));
    return { name: entry.name, points: points(values), last: values.at(-1) ?? null };
  }));
}

function entries(name: string, value: unknown): { name: string; of: (value: unknown) => number | null }[] {
  if (!Array.isArray(value)) return [{ name, of: (whole) => (typeof whole === 'number' ? whole : null) }];
  return value.flatMap((part, at) => entries(name, part).map((inner) => ({
    name: inner.name.endsWith(']') ? inner.name.replace('[', `[${at + 1},`) : `${inner.name}[${at + 1}]`,
    of: (whole: unknown) => inner.of(Array.isArray(whole) ? whole[at] : null),
  })));
}
