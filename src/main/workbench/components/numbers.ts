/** The significant digits of a number that stands alone. */
const DIGITS = 5;
const MOST_DIGITS = 15;
/** Of numbers that are all the same. */
const DIGITS_OF_ONE = 9;
const PLAIN = Array.from({ length: MOST_DIGITS }, (_, at) => new Intl.NumberFormat('en', { maximumSignificantDigits: at + 1 }));
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SUPERSCRIPTS: Record<string, string> = {
  '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹',
};

/** Whole numbers below have all their digits. */
const MOST_WHOLE = 1e9;

/** A number for people: 0.12346, 12,346, 101,325, 1.2346 × 10⁻⁷; a dash where there is none. */
export function number(value: number | null | undefined, wished = DIGITS): string {
  const digits = Math.min(wished, MOST_DIGITS);
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < MOST_WHOLE) return WHOLE.format(value).replace('-', '−');
  if (size === 0 || (size >= 1e-3 && size < 10 ** (digits + 1))) return PLAIN[digits - 1]!.format(value).replace('-', '−');
  if (size === Infinity) return value > 0 ? '∞' : '−∞';
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  const power = [...exponent.replace('+', '')].map((character) => SUPERSCRIPTS[character]).join('');
  return `${Number(mantissa)} × 10${power}`.replace('-', '−');
}

/** As many digits as it takes to tell numbers of a column apart: so many of what lies between them. */
export function digitsAmong(values: readonly (number | null | undefined)[], digits = DIGITS): number {
  const finite = values.filter((value): value is number => Number.isFinite(value));
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(high > low)) return finite.length > 1 ? Math.max(digits, DIGITS_OF_ONE) : digits;
  return Math.min(MOST_DIGITS, digits + Math.max(0, Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low)))));
}

/** Writes the numbers of a column so that they are told apart: 10,000,000.479. */
export function among(values: readonly (number | null | undefined)[]): (value: number | null | undefined) => string {
  const digits = digitsAmong(values);
  return (value) => number(value, digits);
}

/** A sentence of the service with numbers in it as people read them; whole ones stay as they are. */
export function withShortNumbers(text: string): string {
  return text.replace(/(?<![\w.])-?\d+\.\d+(?:[eE][+-]?\d+)?(?![\w.]*\w)/g, (digits) =>
    (digits.length > 7 ? number(Number(digits)) : digits));
}

/** A count: 6,652. Counts that are too large for a number come as digits. */
export function count(value: number | string): string {
  return typeof value === 'number' ? WHOLE.format(value) : WHOLE.format(BigInt(value));
}

/** A seed with all its digits or, where a number here has fewer, about which it is. */
export function seedText(seed: number): string {
  return Number.isSafeInteger(seed) ? String(seed) : `about ${number(seed)}`;
}

/** `1 parameter`, `25 parameters`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A time span: 0.8 s, 12 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 10) return `${number(Math.round(seconds * 100) / 100)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** When something was, in the person's time. */
export function time(instant: string | null | undefined): string {
  return instant ? new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }) : '–';
}
