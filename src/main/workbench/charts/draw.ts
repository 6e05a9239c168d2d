import * as echarts from 'echarts';
import { colour, isDark } from '../app/theme.js';
import { digitsAmong, number } from '../components/numbers.js';
import type { Chart, Curves, Drawn, HeatMap, ParallelCoordinates, Plane, ScatterMatrix, Surface } from './chart.js';
import { drawPlane } from './plane.js';
import { axis, base, colouring, logarithm, logarithmicAxis, range, short, unitOf } from './style.js';
import { drawSurface, shade } from './surface.js';

type Flat = Exclude<Chart, Surface | Plane>;

/** Draws a chart in an element of a fixed height, and again when the element changes its width. */
export function draw(place: HTMLElement, chart: Chart): Drawn {
  if (chart.kind === 'surface') return drawSurface(place, chart);
  if (chart.kind === 'plane') return drawPlane(place, chart);
  const drawing = echarts.init(place, undefined, { renderer: 'canvas' });
  let latest = chart;
  const show = (next: Chart) => {
    if (next.kind === 'surface' || next.kind === 'plane') return;
    latest = next;
    drawing.setOption({ ...base(), ...option(next, place) }, { notMerge: true });
  };
  const size = new ResizeObserver(() => {
    drawing.resize();
    if (latest.kind === 'scatter-matrix') show(latest);
  });
  size.observe(place);
  show(chart);
  return { show, end: () => { size.disconnect(); drawing.dispose(); } };
}

function option(chart: Flat, place: HTMLElement): Record<string, unknown> {
  switch (chart.kind) {
    case 'curves': return curves(chart);
    case 'heat-map': return heatMap(chart);
    case 'scatter-matrix': return scatterMatrix(chart, place);
    case 'parallel-coordinates': return parallelCoordinates(chart);
  }
}

function curves({ x, y, isLogarithmic, range: ends, series }: Curves) {
  const [xs, ys] = [series.flatMap(({ points }) => points.map(([at]) => at)), series.flatMap(({ points }) => points.map(([, value]) => value))];
  const [across, up] = [unitOf(xs), unitOf(ys)];
  const digits = digitsAmong(ys);
  const place = (value: number | null) => (isLogarithmic ? logarithm(value) : value === null ? null : value / up);
  return {
    tooltip: { trigger: 'axis', renderMode: 'richText',
      valueFormatter: (value: unknown) => (typeof value === 'number' ? number(isLogarithmic ? 10 ** value : value * up, digits) : '–') },
    legend: series.length > 1 ? {
      type: 'scroll', textStyle: { color: colour('text') }, pageTextStyle: { color: colour('text') },
      pageIconColor: colour('text'), pageIconInactiveColor: colour('muted'),
    } : undefined,
    // At the right as much as half of a long number.
    grid: { left: 92, right: 44, top: series.length > 1 ? 40 : 20, bottom: 50 },
    xAxis: { type: 'value', ...axis(x, across, digitsAmong(xs, 3)) },
    yAxis: { type: 'value', ...(isLogarithmic ? logarithmicAxis(y, ys) : axis(y, up, digitsAmong(ys, 3))), nameGap: 74, ...(ends && { min: place(ends[0]), max: place(ends[1]) }) },
    series: series.map(({ name, points, isDots, isMarked, isDashed }) => {
      const data = points.map(([at, value]) => [at / across, place(value)]);
      const marked = isMarked ? { symbol: 'diamond', symbolSize: 11, itemStyle: { color: colour('danger') }, z: 3 } : {};
      return isDots || isMarked ? { name, type: 'scatter', symbolSize: 5, data, ...marked }
        : { name, type: 'line', showSymbol: points.length < 3, data, lineStyle: { width: 2, type: isDashed ? 'dashed' : 'solid' } };
    }),
  };
}

function heatMap({ x, y, z, values, isDiverging }: HeatMap) {
  return {
    grid: { left: 70, right: 90, top: 20, bottom: 50 },
    xAxis: { type: 'category', data: x.values.map((value) => String(Number(value.toPrecision(4)))), ...axis(x.name) },
    yAxis: { type: 'category', data: y.values.map((value) => String(Number(value.toPrecision(4)))), ...axis(y.name), nameGap: 45 },
    visualMap: { ...colouring(values, isDiverging), right: 0 },
    series: [{ type: 'heatmap', name: z, data: values.flatMap((row, j) => row.map((value, i) => [i, j, value ?? '-'])) }],
  };
}

function rows<V>(columns: readonly { values: readonly V[] }[]): (V | null)[][] {
  const length = columns.reduce((most, column) => Math.max(most, column.values.length), 0);
  return Array.from({ length }, (_, row) => columns.map((column) => column.values[row] ?? null));
}

/** What is left beside the cells of a matrix for numbers and names, and between the cells. */
const EDGE = 62;
const GAP = 10;

function scatterMatrix(chart: ScatterMatrix, { clientWidth, clientHeight }: HTMLElement) {
  const n = chart.columns.length;
  const cells = chart.columns.flatMap((_, i) => chart.columns.map((_column, j) => ({ i, j })));
  const units = chart.columns.map(({ values }) => unitOf(values));
  const source = rows(chart.columns.map(({ values }, at) => ({ values: values.map((value) => (value === null ? null : value / units[at]!)) })));
  const [width, height] = [(clientWidth - EDGE) / n, (clientHeight - EDGE) / n];
  const small = (at: number, isShown: boolean, size: number) => ({
    type: 'value', ...axis(isShown ? chart.columns[at]!.name : '', units[at]), nameGap: 40, nameTruncate: { maxWidth: size - GAP, ellipsis: '…' }, splitNumber: 2,
    axisLabel: { color: colour('text'), fontSize: 9, hideOverlap: true, show: isShown, formatter: (value: number) => short(value * units[at]!), showMinLabel: false, showMaxLabel: false },
  });
  return {
    grid: cells.map(({ i, j }) => ({ left: EDGE + j * width, top: GAP / 2 + i * height, width: width - GAP, height: height - GAP })),
    xAxis: cells.map(({ i, j }, index) => ({ gridIndex: index, ...small(j, i === n - 1, width), nameGap: 24 })),
    yAxis: cells.map(({ i, j }, index) => ({ gridIndex: index, ...small(i, j === 0, height) })),
    series: cells.map(({ i, j }, index) => ({
      type: 'scatter', xAxisIndex: index, yAxisIndex: index, symbolSize: 3, color: colour('series-1'), data: source.map((row, at) => chart.marked?.has(at)
        ? { value: [row[j] ?? null, row[i] ?? null], symbol: 'diamond', symbolSize: 8, itemStyle: { color: colour('danger') } }
        : [row[j] ?? null, row[i] ?? null]),
    })),
  };
}

/** A colour of the scale, without the end that is like the ground: the lower the share, the more it stands out. */
function standingOut(share: number): string {
  return shade(isDark() ? 0.95 - 0.6 * share : 0.3 + 0.5 * share);
}

function parallelCoordinates({ columns, colourBy }: ParallelCoordinates) {
  const teller = columns.find((column) => column.name === colourBy);
  const placeOn = (column: ParallelCoordinates['columns'][number] | undefined, value: number | string | null) =>
    (column?.isLogarithmic && typeof value === 'number' ? logarithm(value) : value);
  const place = (value: number | string | null) => Number(placeOn(teller, value) ?? 0);
  // Lines pass behind what is written.
  const behind = { color: colour('text'), backgroundColor: colour('background'), padding: [1, 3] };
  const [min, max] = range(teller?.values.map(place) ?? []);
  return {
    parallel: { left: 60, right: 90, top: 40, bottom: 30 },
    parallelAxis: columns.map((column, dim) => ({
      dim, name: column.name, scale: true, nameTextStyle: { color: colour('text') }, axisLine: { lineStyle: { color: colour('line') } },
      ...(column.values.some((value) => typeof value === 'string')
        ? { type: 'category', data: [...new Set(column.values.map(String))], axisLabel: behind }
        : {
          type: 'value',
          axisLabel: { ...behind, formatter: (value: number) => short(column.isLogarithmic ? 10 ** value : value) },
          ...(column.isLogarithmic || column.values.every((value) => Number.isInteger(value)) ? { minInterval: 1 } : {}),
        }),
    })),
    series: [{
      type: 'parallel', lineStyle: { width: 1.5, opacity: 0.8 },
      data: rows(columns).map((value, at) => ({
        value: value.map((each, dim) => placeOn(columns[dim], each)), lineStyle: { color: teller === undefined ? colour('series-1') : standingOut((place(teller.values[at] ?? null) - min) / (max - min || 1)) },
      })),
    }],
  };
}
