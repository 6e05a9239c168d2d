import { colour } from '../app/theme.js';
import { digitsAmong, number } from '../components/numbers.js';

const COLOURS = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];

/** The colour of one of several. */
export function colourOf(at: number): string {
  return colour(COLOURS[at % COLOURS.length]!);
}

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
export function short(value: number | string, digits = 3): string {
  return number(Number(Number(value).toPrecision(digits)), digits + 2);
}

/** ECharts rounds what stands on an axis to ten decimals. */
const SMALL = 1e-6;

/** What numbers are divided by to be told apart on an axis: a power of ten where all are small, else 1. */
export function unitOf(values: readonly (number | null)[]): number {
  const most = values.reduce<number>((greatest, value) => Math.max(greatest, Math.abs(value ?? 0)), 0);
  return most > 0 && most < SMALL ? 10 ** Math.floor(Math.log10(most)) : 1;
}

/**
 * @param unit what the numbers on it are divided by
 * @param digits of its labels
 */
export function axis(name: string, unit = 1, digits = 3) {
  return axisOf(name, (value) => short(value * unit, digits));
}

/** An axis with decimal logarithms on it, as a logarithmic one of ECharts rounds its labels to ten decimals as well: 10⁻¹² is 0 there. */
export function logarithmicAxis(name: string, values: readonly (number | null)[]) {
  const logarithms = values.map(logarithm).filter((value) => value !== null);
  const [low, high] = range(logarithms);
  const isShort = high - low < 1;
  return {
    ...axisOf(name, (value) => short(10 ** value, isShort ? digitsAmong(values, 3) : 3)),
    ...(isShort ? {} : { minInterval: 1, min: Math.floor(low), max: Math.ceil(high) }),
  };
}

/** The decimal logarithm of a number; of what is not positive there is none. */
export function logarithm(value: number | null): number | null {
  return value === null || value <= 0 ? null : Math.log10(value);
}

function axisOf(name: string, text: (value: number) => string) {
  const label = (value: number | string) => text(Number(value));
  return {
    name,
    nameLocation: 'middle',
    nameGap: 28,
    nameTextStyle: { color: colour('text') },
    axisLabel: { color: colour('text'), formatter: label, hideOverlap: true },
    axisPointer: { label: { formatter: ({ value }: { value: number | string }) => label(value) } },
    axisLine: { lineStyle: { color: colour('line') } },
    splitLine: { lineStyle: { color: colour('line') } },
    scale: true,
  };
}

export const SCALE = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];

/** From below 0 through nothing to above it. */
const DIVERGING = ['#2166ac', '#92c5de', '#f7f7f7', '#f4a582', '#b2182b'];

/** How numbers become colours, with the ends beside them. */
export function colouring(values: readonly (readonly (number | null)[])[], isDiverging = false) {
  const [low, high] = range(values.flat());
  const far = Math.max(Math.abs(low), Math.abs(high));
  const [min, max] = isDiverging ? [-far, far] : [low, high];
  return {
    min, max: max > min ? max : min + 1, calculable: false, top: 'middle', itemHeight: 160, text: [short(max), short(min)],
    inRange: { color: isDiverging ? DIVERGING : SCALE }, textStyle: { color: colour('text') },
  };
}

export function range(values: readonly (number | string | null)[]): [number, number] {
  const found = values.filter((value) => typeof value === 'number');
  return found.length === 0 ? [0, 1] : [found.reduce((a, b) => Math.min(a, b)), found.reduce((a, b) => Math.max(a, b))];
}
