import { DrawModelKindEnum, type DrawModelRequest } from 'client';
import { useMemo } from 'preact/hooks';
import type { OverAxes } from '../api/grid.js';
import type { Feature } from '../api/features.js';
import { entriesOf } from '../api/grid.js';
import type { Axes } from '../api/grid.js';
import type { Chart as Content, Plane } from '../charts/chart.js';
import { heldOf } from './axes.js';
import { Chart } from './chart.js';
import { SelectField } from './field.js';
import { number } from './numbers.js';
import { Paper, rangeOf } from './paper.js';
import { shortened } from './words.js';

export const KINDS = ['surface', 'heat map', 'contours'] as const;
export type Kind = typeof KINDS[number];

/**
 * A picture of an equation over one or two inputs of a model, which the service draws for a paper, too. Long equations are shortened in it;
 * below it they stand as they are.
 */
export function OverInputs({ modelId, equation, over, axes, features, entry, kind, dots, isDiverging = false }: {
  modelId: string;
  equation: string;
  over: OverAxes;
  axes: Axes;
  features: readonly Feature[];
  entry: number;
  kind: Kind;
  dots?: Plane['dots'] | undefined;
  isDiverging?: boolean;
}) {
  const name = entryName(equation, over.shape, entry);
  const short = shortened(equation) + (entriesOf(over.shape)[entry] ?? '');
  const content = useMemo(() => chartOf(short, over, axes, entry, kind, dots, isDiverging),
    [short, over, axes.x, axes.y, entry, kind, dots, isDiverging]);
  const [low, high, gaps] = useMemo(() => extremes(over.values(entry)), [over, entry]);
  const fixed = heldOf(axes, features);
  const text = `${name} goes from ${number(low)} to ${number(high)}${fixed === '' ? '' : ` at ${fixed}`}.${
    gaps === 0 ? '' : ` At ${gaps} of the points it has no value: there are gaps.`}${
    content.kind === 'surface' ? ' Turn it by dragging or by the arrow keys.' : ''}`;
  return (
    <>
      <Chart title={`${short} over ${axes.y === '' ? axes.x : `${axes.x} and ${axes.y}`}`} text={text} chart={content} height={440} />
      <Paper picture={pictureOf(modelId, name, axes, kind)} isUnlike={axes.y !== '' && kind === 'heat map'} />
    </>
  );
}

/** What the service is asked to draw for what is seen. */
function pictureOf(id: string, equation: string, axes: Axes, kind: Kind): DrawModelRequest {
  const x = rangeOf(axes.x, axes.ranges[axes.x] ?? [-1, 1]);
  const at = Object.entries(axes.at).map(([name, value]) => `${name}:${value}`);
  return {
    id, equation, x, ...(at.length === 0 ? {} : { at }),
    ...(axes.y === '' ? { kind: DrawModelKindEnum.Curve } : {
      y: rangeOf(axes.y, axes.ranges[axes.y] ?? [-1, 1]),
      kind: kind === 'surface' ? DrawModelKindEnum.Surface : DrawModelKindEnum.Contour,
    }),
  };
}

function chartOf(name: string, { x, y, values }: OverAxes, axes: Axes, entry: number, kind: Kind,
  dots: Plane['dots'], isDiverging: boolean): Content {
  const rows = values(entry);
  if (axes.y === '') {
    return { kind: 'curves', x: axes.x, y: name,
      series: [{ name, points: x.map((across, i) => [across, rows[0]?.[i] ?? null] as const) }] };
  }
  if (kind === 'surface') {
    return { kind: 'surface', x: { name: axes.x, values: x }, y: { name: axes.y, values: y }, z: name, values: rows };
  }
  return {
    kind: 'plane',
    x: side(axes, axes.x),
    y: side(axes, axes.y),
    ground: { z: name, x, y, values: rows, isColoured: true, hasLines: kind === 'contours', isDiverging },
    ...(dots === undefined ? {} : { dots }),
  };
}

/** A side of a plane for an input. */
export function side(axes: Axes, name: string): Plane['x'] {
  const [from, to] = axes.ranges[name] ?? [-1, 1];
  return { name, from, to };
}

function extremes(rows: readonly (readonly (number | null)[])[]): [number | null, number | null, number] {
  const all = rows.flat();
  const numbers = all.filter((value) => value !== null);
  return numbers.length === 0 ? [null, null, all.length]
    : [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b)), all.length - numbers.length];
}

/** What an entry of an equation is called. */
function entryName(equation: string, shape: readonly number[], entry: number): string {
  return equation + (entriesOf(shape)[entry] ?? '');
}

/** Which entry of an array is shown; nothing for a number. */
export function EntryField({ shape, value,
  onChange }: { shape: readonly number[]; value: number; onChange: (entry: number) => void }) {
  const entries = entriesOf(shape);
  if (entries.length < 2) return null;
  return (
    <SelectField label="Entry" value={String(Math.min(value, entries.length - 1))}
      onChange={(next) => onChange(Number(next))}
      options={entries.map((name, index) => ({ value: String(index), label: name }))} />
  );
}
