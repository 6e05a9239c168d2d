import type { Curves } from '../charts/chart.js';

/** Rows as dots of a chart: those trained on and those held out to validate a training apart, where there are some. */
export function dotsOf<R>(rows: readonly R[], isHeldOut: (row: R) => boolean, pointOf: (row: R) => readonly [number, number | null],
  name: string): Curves['series'] {
  const [trained, heldOut] = [rows.filter((row) => !isHeldOut(row)), rows.filter(isHeldOut)];
  return heldOut.length === 0 ? [{ name, isDots: true, points: rows.map(pointOf) }]
    : [{ name: 'Trained on', isDots: true, points: trained.map(pointOf) }, { name: 'Held out', isDots: true, points: heldOut.map(pointOf) }];
}

/** What is said below such a chart. */
export const HELD_OUT = ' Those held out, which it is not trained on, have a colour of their own.';
