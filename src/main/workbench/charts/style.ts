import { colour } from '../app/theme.js';
import { number } from '../components/numbers.js';

const COLOURS = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];

export function base() {
  return {
    animation: false,
    color: COLOURS.map(colour),
    textStyle: { color: colour('text'), fontFamily: 'system-ui, sans-serif' },
    // Texts on the canvas: HTML with styles is not allowed here.
    tooltip: { trigger: 'item', renderMode: 'richText' },
  };
}

/** A number beside an axis: 0.001, 8 × 10⁻⁵. */
export function short(value: number | string): string {
  return number(Number(Number(value).toPrecision(3)));
}

export function axis(name: string) {
  return {
    name,
    nameLocation: 'middle',
    nameGap: 28,
    nameTextStyle: { color: colour('text') },
    axisLabel: { color: colour('text'), formatter: short, hideOverlap: true },
    axisLine: { lineStyle: { color: colour('line') } },
    splitLine: { lineStyle: { color: colour('line') } },
    scale: true,
  };
}

export const SCALE = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];

export function range(values: readonly (number | string | null)[]): [number, number] {
  const found = values.filter((value) => typeof value === 'number');
  return found.length === 0 ? [0, 1] : [found.reduce((a, b) => Math.min(a, b)), found.reduce((a, b) => Math.max(a, b))];
}
