import { useMemo } from 'preact/hooks';
import type { Axes, OverAxes } from '../../api/grid.js';
import type { Curves } from '../../charts/chart.js';
import { Chart } from '../../components/chart.js';
import { number } from '../../components/numbers.js';
import { TIME } from './system.js';
import { MotionFields, useMotion } from './motion.js';

/** A solution along the axis across, at a moment of the one upwards. */
export function Profile({ name, over, axes }: { name: string; over: OverAxes; axes: Axes }) {
  // Time begins at its first moment; at the end of a side a solution is often nothing but its boundary condition.
  const motion = useMotion(over.y.length, TIME.test(axes.y) ? 0 : Math.floor(over.y.length / 2));
  const rows = useMemo(() => over.values(0), [over]);
  const chart = useMemo<Curves>(() => ({
    kind: 'curves', x: axes.x, y: name, range: extremes(rows),
    series: [{ name, points: over.x.map((x, i) => [x, rows[motion.at]?.[i] ?? null] as const) }],
  }), [rows, motion.at, axes.x, name]);
  const moment = number(over.y[motion.at]);
  return (
    <>
      <Chart title={`${name} along ${axes.x} at ${axes.y} = ${moment}`} chart={chart} height={260}
        text="A cut through the picture above; the scale is the same for all." />
      <MotionFields motion={motion} times={over.y} label={`Cut at ${axes.y}`} name={axes.y} />
    </>
  );
}

/** The same scale for all moments, so that heights can be compared. */
function extremes(rows: readonly (readonly (number | null)[])[]): readonly [number, number] {
  const seen = rows.flat().filter((value) => value !== null);
  const low = seen.reduce((a, b) => Math.min(a, b), Infinity);
  const high = seen.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(high > low)) return [low - 1, low + 1];
  const step = 10 ** Math.floor(Math.log10(high - low));
  return [Math.floor((2 * low) / step) * (step / 2), Math.ceil((2 * high) / step) * (step / 2)];
}
