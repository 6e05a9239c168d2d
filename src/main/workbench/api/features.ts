/**
 * What a model takes, as people have it: a number or, of a column of words, the word for which its input is 1 and those of all others
 * are 0.
 */
export interface Feature {
  name: string;
  /** The one that is the number, or one for each word. */
  inputs: readonly string[];
  /** None for a number. */
  words: readonly string[];
}

/** Which column of a file each input was, by name, and for which word it is 1, where it is of words; of those that are known. */
export type Columns = Readonly<Record<string, { header: string; value: string | null }>>;

/** Numbers by the names of inputs. */
type Values = Readonly<Record<string, number | null | undefined>>;

/** The features of inputs, in their order. */
export function featuresOf(inputs: readonly string[], columns: Columns): Feature[] {
  const found = new Map<string, { name: string; inputs: string[]; words: string[] }>();
  for (const input of inputs) {
    const { header, value } = columns[input] ?? { header: input, value: null };
    // A column may be called as another input is.
    const key = value === null ? `number ${input}` : `words ${header}`;
    const feature = found.get(key) ?? { name: value === null ? input : header, inputs: [], words: [] };
    feature.inputs.push(input);
    if (value !== null) feature.words.push(value);
    found.set(key, feature);
  }
  return [...found.values()];
}

/** The inputs that are numbers, or all where there is none: along them there is something between two values. */
export function numbersOf(features: readonly Feature[]): string[] {
  const numbers = features.filter(({ words }) => words.length === 0);
  return (numbers.length > 0 ? numbers : features).flatMap(({ inputs }) => inputs);
}

/** The inputs of a feature for one of its words. */
export function asWord({ inputs, words }: Feature, word: string): Record<string, number> {
  return Object.fromEntries(inputs.map((input, at) => [input, words[at] === word ? 1 : 0]));
}

/** The word that values are; null where they are none, or several. */
export function wordIn({ inputs, words }: Feature, values: Values): string | null {
  const at = inputs.findIndex((input) => values[input] === 1);
  return inputs.every((input, other) => values[input] === (other === at ? 1 : 0)) ? words[at] ?? null : null;
}

/** By how far an input lies outside of the values that there were. */
export interface Outside {
  name: string;
  by: number;
  /** The least or the greatest there was. */
  end: number;
}

/** The inputs that lie outside of where a model was trained, as far as that is known. */
export function outsideOf(inputs: readonly string[], values: readonly (number | null | undefined)[],
  ranges: Readonly<Record<string, readonly [number, number]>>): Outside[] {
  return inputs.flatMap((name, at) => {
    const [value, range] = [values[at] ?? null, ranges[name]];
    if (value === null || range === undefined || (value >= range[0] && value <= range[1])) return [];
    const end = value < range[0] ? range[0] : range[1];
    return [{ name, by: Math.abs(value - end), end }];
  });
}

/** That a word which lies outside was in no row; null of a number, and empty where only another word is in all. */
export function unseenWord(features: readonly Feature[], { name, end }: Outside): string | null {
  const feature = features.find(({ inputs, words }) => words.length > 0 && inputs.includes(name));
  return feature === undefined ? null : end !== 0 ? '' : `no row had ${feature.name} = ${feature.words[feature.inputs.indexOf(name)]}`;
}

/** What a row of numbers has of a feature, for people: a word, or a number as `written` has it. */
export function shownOf(feature: Feature, inputs: readonly string[], row: readonly (number | null)[],
  written: (value: number | null | undefined) => string): string {
  const [only = ''] = feature.inputs;
  return feature.words.length === 0 ? written(row[inputs.indexOf(only)])
    : wordIn(feature, Object.fromEntries(inputs.map((name, at) => [name, row[at]]))) ?? '–';
}
