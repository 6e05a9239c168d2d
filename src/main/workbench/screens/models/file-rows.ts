import type { KnownModel } from '../../api/model.js';
import { Refusal } from '../../api/problems.js';
import { counted } from '../../components/numbers.js';
import { nameOf, namesOf, sharedOf, whyNotNumbered } from '../data/column-names.js';
import { CHARACTERS, linesOf, numberOf, whyNoCsv } from '../data/csv.js';
import { found, wordsOf, type Reading } from '../data/reading.js';

/** A line of a file as a model takes it: its inputs in the order of the network, or what is wrong with them. */
export interface FileRow {
  /** In the file, from 1 on. */
  line: number;
  /** Null for what is missing or cannot be read. */
  inputs: (number | null)[];
  problem: string | null;
  /** As the line has them. */
  fields: readonly string[];
}

/** What of a file are the inputs of a model, by the headers that those of its dataset came from. */
export interface FileRows {
  rows: FileRow[];
  headers: readonly string[];
  /** How the file is written. */
  delimiter: string;
  decimal: '.' | ',';
  /** The columns that it does not need. */
  passedOver: string[];
}

/** Where an input stands in the lines; a value is the word for which it is 1. */
interface Source {
  place: number;
  header: string;
  value: string | null;
}

/** @throws Refusal where it is no CSV, or a column is missing */
export function rowsOfFile({ name, text }: { name: string; text: string }, { network, columns }: KnownModel, reading: Reading): FileRows {
  const why = whyNoCsv(text);
  if (why !== null) throw new Refusal(422, `${name} cannot be read`, why);
  const { delimiter, decimal, header: isThere } = found(text, reading);
  const na = wordsOf(reading);
  const { lines, numbers, broken } = linesOf(text, delimiter);
  if (broken !== null) throw new Refusal(422, `${name} is no CSV`, broken);
  const first = lines[0] ?? [];
  const areNumbers = first.every((field) => typeof numberOf(field, decimal, na) === 'number');
  const hasHeaders = isThere === '' ? !areNumbers : isThere === 'true';
  const given = first.map((header, at) => (hasHeaders ? header.trim() : `c${at + 1}`));
  const ambiguous = whyNotNumbered(given);
  if (ambiguous !== null) throw new Refusal(422, `Columns of ${name} cannot be told apart`, ambiguous);
  const [shared, named] = [sharedOf(given), namesOf(given)];
  const headers = given.map((header, at) => (header === '' || shared.has(header) ? named[at]! : header));
  const sources = network.inputs.map((input): Source => {
    const { header: known, value } = columns[input] ?? { header: input, value: null };
    const place = [known, input].flatMap((wanted) => [headers.indexOf(wanted), headers.findIndex((one) => nameOf(one) === nameOf(wanted))])
      .find((at) => at >= 0);
    if (place === undefined)
      throw new Refusal(422, 'A column is missing', `${name} has no column ${known}. Its columns are ${headers.join(', ')}.`);
    return { place, header: headers[place]!, value };
  });
  const read = (fields: readonly string[], at: number): FileRow => {
    const inputs = sources.map((source) => inputOf(source, fields, decimal, na, sources));
    const problem = fields.length !== headers.length ? `has ${counted(fields.length, 'field')}, and the first line ${headers.length}`
      : inputs.find((input) => typeof input === 'string') ?? null;
    return { line: numbers[at]!, inputs: inputs.map((input) => (typeof input === 'number' ? input : null)), problem: problem as string | null, fields };
  };
  return {
    rows: lines.flatMap((fields, at) => (hasHeaders && at === 0 ? [] : [read(fields, at)])),
    headers, delimiter: CHARACTERS[delimiter], decimal,
    passedOver: headers.filter((_, at) => !sources.some(({ place }) => place === at)),
  };
}

/** The number of an input, or in words why there is none. */
function inputOf({ place, header, value }: Source, fields: readonly string[], decimal: '.' | ',', na: readonly string[],
  sources: readonly Source[]): number | string {
  const field = (fields[place] ?? '').trim();
  if (field === '' || na.includes(field)) return `${header} is missing`;
  if (value !== null) {
    return field === value ? 1 : sources.some((other) => other.place === place && other.value === field) ? 0
      : `${header} is ‘${field}’, with which the model was not trained`;
  }
  const number = numberOf(field, decimal, na);
  if (typeof number !== 'number') return `${header} is ‘${field}’, which is no number`;
  return Number.isFinite(number) ? number : `${header} is ‘${field}’, which is too large`;
}
