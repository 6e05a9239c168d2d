import * as echarts from 'echarts';
import { colour } from '../app/theme.js';
import { number } from '../components/numbers.js';
import type { Chart, Drawn, Plane } from './chart.js';
import { isoline, levels } from './contours.js';
import { axis, base, colouring, colourOf, range } from './style.js';

const LINES = 12;

/** Draws a plane; what moves in it is drawn anew without the rest. */
export function drawPlane(place: HTMLElement, start: Plane): Drawn {
  const drawing = echarts.init(place, undefined, { renderer: 'canvas' });
  let plane = start;
  drawing.getZr().on('click', ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
    if (plane.onPick !== undefined && drawing.containPixel('grid', [offsetX, offsetY])) {
      const [x = 0, y = 0] = drawing.convertFromPixel('grid', [offsetX, offsetY]);
      plane.onPick(x, y);
    }
  });
  const paint = () => drawing.setOption({ ...base(), ...option(plane, place) } as echarts.EChartsOption, { notMerge: true });
  const size = new ResizeObserver(() => {
    drawing.resize();
    if (plane.isEqual) paint();
  });
  size.observe(place);
  paint();
  return {
    show: (next: Chart) => {
      if (next.kind !== 'plane') return;
      const isSame = still(next) === still(plane);
      plane = next;
      if (isSame) {
        drawing.setOption({ series: [{ id: 'moving', data: inColours(plane.moving) }] } as echarts.EChartsOption);
      } else {
        paint();
      }
    },
    end: () => { size.disconnect(); drawing.dispose(); },
  };
}

const known = new WeakMap<object, number>();
let seen = 0;

/** What of a plane does not move, as a text: things that are the same objects are not compared by what they hold. */
function still({ x, y, isEqual, ground, arrows, paths, dots }: Plane): string {
  const names = [ground?.values, arrows, paths, dots].map((part) => {
    if (part === undefined) return 0;
    if (!known.has(part)) known.set(part, ++seen);
    return known.get(part);
  });
  return JSON.stringify([x, y, isEqual, ground?.z, ground?.isColoured, ground?.hasLines, names]);
}

const EDGES = { left: 64, top: 40, bottom: 50 };

/** Where a plane lies in its place: in all of it, or in as much as both sides on one scale need. */
function gridOf({ x, y, isEqual, ground }: Plane, { clientWidth, clientHeight }: HTMLElement) {
  const right = ground?.isColoured ? 100 : 20;
  if (!isEqual) return { ...EDGES, right };
  const [wide, high] = [clientWidth - EDGES.left - right, clientHeight - EDGES.top - EDGES.bottom];
  const scale = Math.min(wide / (x.to - x.from), high / (y.to - y.from));
  const [width, height] = [scale * (x.to - x.from), scale * (y.to - y.from)];
  return { left: EDGES.left + (wide - width) / 2, top: EDGES.top + (high - height) / 2, width, height };
}

function option(plane: Plane, place: HTMLElement): Record<string, unknown> {
  const { x, y, ground } = plane;
  const isColoured = ground?.isColoured === true;
  const [min, max] = range(ground?.values.flat() ?? []);
  const named = [...(plane.paths ?? []), ...(plane.dots ?? [])].filter(({ name }) => name !== '');
  return {
    legend: named.length > 1 && named.length < 8
      ? { data: named.map(({ name }) => name), textStyle: { color: colour('text') } } : undefined,
    grid: gridOf(plane, place),
    xAxis: { type: 'value', ...sideways(x.name), min: x.from, max: x.to },
    yAxis: { type: 'value', ...sideways(y.name), min: y.from, max: y.to, nameGap: 44 },
    visualMap: isColoured ? { ...colouring(ground.values, ground.isDiverging), seriesIndex: 0, dimension: 2, left: 'right' }
      : undefined,
    series: [...(isColoured ? [colours(ground)] : []), ...(ground?.hasLines ? [lines(ground, min, max)] : []),
      ...above(plane)],
  };
}

function sideways(name: string) {
  const made = axis(name);
  return { ...made, splitLine: { show: false }, axisLine: { ...made.axisLine, onZero: false } };
}

type Ground = NonNullable<Plane['ground']>;

function colours({ x, y, z, values }: Ground) {
  const wide = (side: readonly number[]) => ((side.at(-1) ?? 0) - (side[0] ?? 0)) / Math.max(1, side.length - 1);
  const half = [wide(x) / 2, wide(y) / 2] as const;
  return {
    type: 'custom',
    name: z,
    clip: true,
    progressive: 0,
    data: values.flatMap((row, j) => row.flatMap((value, i) => (value === null ? [] : [[x[i]!, y[j]!, value]]))),
    encode: { x: 0, y: 1, tooltip: 2 },
    tooltip: { formatter: ({ value }: { value: number[] }) => `${z} = ${number(value[2])}` },
    renderItem: (_: unknown,
      api: { value: (at: number) => number; coord: (at: number[]) => number[]; visual: (what: string) => string }) => {
      const [left = 0, bottom = 0] = api.coord([api.value(0) - half[0], api.value(1) - half[1]]);
      const [right = 0, top = 0] = api.coord([api.value(0) + half[0], api.value(1) + half[1]]);
      // A little wider than they are, so that nothing shines through between them.
      return {
        type: 'rect', shape: { x: left, y: top, width: right - left + 0.6, height: bottom - top + 0.6 },
        style: { fill: api.visual('color') },
      };
    },
  };
}

function segments(data: readonly (readonly (readonly [number, number])[])[], style: Record<string, unknown>) {
  return { type: 'lines', coordinateSystem: 'cartesian2d', silent: true, clip: true, progressive: 0,
    data: data.map((coords) => ({ coords })), ...style };
}

function lines({ x, y, values, isColoured }: Ground, min: number, max: number) {
  return segments(levels(min, max, LINES).flatMap((level) => isoline(x, y, values, level)),
    { lineStyle: { color: isColoured ? '#ffffff' : colour('control'), width: 1, opacity: 0.75 } });
}

/** What moves, each in the colour of its path. */
function inColours(moving: Plane['moving'] = []) {
  return moving.map((value, at) => ({ value, itemStyle: { color: colourOf(at) } }));
}

function above({ arrows, paths, dots, moving, ground }: Plane): Record<string, unknown>[] {
  const edge = ground?.isColoured ? '#ffffff' : colour('background');
  return [
    ...(arrows === undefined ? [] : [segments(arrows.map(([x, y, dx, dy]) => [[x, y], [x + dx, y + dy]]), {
      symbol: ['none', 'arrow'], symbolSize: 6, lineStyle: { color: colour('muted'), width: 1, opacity: 0.8 },
    })]),
    ...(paths ?? []).map(({ name, points }, at) => ({ type: 'line', name, data: points, showSymbol: false, silent: true, clip: true,
      lineStyle: { width: 2.5, color: colourOf(at) }, itemStyle: { color: colourOf(at) } })),
    ...(dots ?? []).map(({ name, points }) => ({
      type: 'scatter', name, data: points, symbolSize: 6, itemStyle: { borderColor: edge, borderWidth: 0.75 },
        silent: true,
    })),
    { id: 'moving', type: 'scatter', data: inColours(moving), symbolSize: 14,
      itemStyle: { borderColor: edge, borderWidth: 2 }, silent: true, z: 10 },
  ];
}
