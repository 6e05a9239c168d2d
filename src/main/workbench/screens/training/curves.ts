import type { Metrics } from '../../api/metrics.js';
import type { Curves } from '../../charts/chart.js';
import { inText, shortened, TRAINING_LOSS, VALIDATION_LOSS } from '../../components/words.js';

/** Values of epochs as points of a curve. */
export function points(values: readonly (number | null)[], epochs: readonly number[]): [number, number | null][] {
  return values.map((value, at) => [epochs[at]!, value]);
}

/** The losses of a training by epoch. `name` stands in front where there are several. */
export function lossSeries(metrics: Metrics, name = '', withTerms = true): Curves['series'] {
  const named = (what: string) => (name === '' ? what : `${name}, ${inText(what)}`);
  return [
    { name: name === '' ? TRAINING_LOSS : name, points: points(metrics.loss, metrics.epochs) },
    ...(metrics.validationLoss ?
      [{ name: named(VALIDATION_LOSS), points: points(metrics.validationLoss, metrics.epochs), isDashed: true }] : []),
    ...(withTerms && (metrics.terms?.length ?? 0) > 1 ?
      metrics.terms!.map((term) => ({ name: named(shortened(term.equation)), points: points(term.loss, metrics.epochs) })) : []),
  ];
}

/** What something was in every epoch, and what it is in the end. */
export interface Series {
  name: string;
  points: [number, number | null][];
  found: number | null;
}

/** Coefficients by name, an array's entries each: `k[1,2]`, as they are at the place of an epoch. */
export function coefficientSeries(metrics: Metrics, place: number): Series[] {
  return Object.entries(metrics.coefficients).flatMap(([name, epochs]) =>
    entries(name, (epochs as unknown[]).at(-1)).map((entry) => {
    const values = (epochs as unknown[]).map((value) => entry.of(value));
    return { name: entry.name, points: points(values, metrics.epochs), found: values[place] ?? null };
  }));
}

function entries(name: string, value: unknown): { name: string; of: (value: unknown) => number | null }[] {
  if (!Array.isArray(value)) return [{ name, of: (whole) => (typeof whole === 'number' ? whole : null) }];
  return value.flatMap((part, at) => entries(name, part).map((inner) => ({
    name: inner.name.endsWith(']') ? inner.name.replace('[', `[${at + 1},`) : `${inner.name}[${at + 1}]`,
    of: (whole: unknown) => inner.of(Array.isArray(whole) ? whole[at] : null),
  })));
}
