import {
  CreateDatasetFromCsvDecimalEnum as Decimal, CreateDatasetFromCsvDelimiterEnum as Delimiter,
  CreateDatasetFromCsvMissingEnum as Missing, type CreateDatasetFromCsvRequest,
} from 'client';
import { problemAt, Refusal } from '../../api/problems.js';
import { SelectField, TextField } from '../../components/field.js';
import { isColumnOfCommas, likelyDecimal, likelyDelimiter, numberOf, parsed } from './csv.js';

/** How a CSV is written, as far as it was chosen; what is empty is as it is found. */
export interface Reading {
  delimiter: Delimiter | '';
  decimal: Decimal | '';
  header: '' | 'true' | 'false';
  missing: Missing;
  na: string;
}

export const READING: Reading = { delimiter: '', decimal: '', header: '', missing: Missing.Refuse, na: '' };

/** How a file is read before somebody chooses; a comma would part the numbers of a column that was copied alone. */
export function readingOf({ text, isPasted }: { text: string; isPasted?: boolean }): Reading {
  return { ...READING, delimiter: isPasted === true && isColumnOfCommas(text) ? Delimiter.Tab : '' };
}

const DELIMITER_NAMES: Record<Delimiter, string> = { ',': 'Comma', ';': 'Semicolon', '|': 'Bar', tab: 'Tab' };
const SAMPLE = 100_000;

/** The same of a certain text, without what is left to be found. */
export interface Found extends Reading {
  delimiter: Delimiter;
  decimal: Decimal;
}

export function found(text: string, reading: Reading): Found {
  const sample = text.slice(0, SAMPLE);
  const delimiter = reading.delimiter === '' ? likelyDelimiter(sample) : reading.delimiter;
  const decimal = reading.decimal === '' ? likelyDecimal(sample, delimiter) : reading.decimal;
  return { ...reading, delimiter, decimal };
}

/** What is said of the first column of which all decimals may be thousands: 1,234 or, where a comma cannot part fields, 1.234. */
function ofThousands(text: string, { delimiter, decimal }: Found): string | undefined {
  const isComma = decimal === Decimal.Comma;
  if (!isComma && delimiter === Delimiter.Comma) return undefined;
  const lines = parsed(text.slice(0, SAMPLE), delimiter, 1000);
  const isNumber = (field: string) => typeof numberOf(field, decimal, []) === 'number';
  for (const [at, header] of (lines[0] ?? []).entries()) {
    const numbers = lines.map((line) => (line[at] ?? '').trim()).filter(isNumber);
    const first = numbers.find((field) => field.includes(decimal));
    if (first !== undefined && numbers.every((field) => /^[-+]?(0|[1-9]\d{0,2}([.,]\d{3})?)$/.test(field)))
      return `In ${isNumber(header) ? `column ${at + 1}` : header.trim()} every ${isComma ? 'comma' : 'point'} has three digits behind it: ${
        first} is read as ${Number(first.replace(',', '.'))}. If it is ${first.replace(decimal, '')}, write it so.`;
  }
  return undefined;
}

/** The words that mean that a value is missing. */
export function wordsOf({ na }: Reading): string[] {
  return na.split(',').map((word) => word.trim()).filter((word) => word !== '');
}

/** As the service takes it. */
export function readingRequest(text: string, reading: Reading): Omit<CreateDatasetFromCsvRequest, 'inputs'> {
  const { delimiter, decimal, header, missing } = found(text, reading);
  const na = wordsOf(reading);
  return { body: text, delimiter, decimal, missing, ...(na.length === 0 ? {} : { na }),
    ...(header === '' ? {} : { header: header === 'true' }) };
}

/** What the service says of its parameters, as it is said of the fields here, and which field that is. */
const WORDS: readonly [said: RegExp, pointer: string, here: string][] = [
  [/; missing=drop leaves such rows out$/, '/missing', '. Such rows can be left out.'],
  [/; name in na what means that there is no value$/, '/na', '. If that means that a value is missing, write it here.'],
  [/; numbers have no separators of thousands.*$/s, '/decimal', '. Numbers have no separators of thousands, and decimals as chosen here.'],
  [/; oneHot=.*$/s, '/na', '. If that means that a value is missing, write it here; for words choose 0 or 1 for each word at the use of the column.'],
  [/; header=false if .*$/s, '/header', '. If the first line has no headers, choose so here.'],
  [/^is not certain, as the first line has numbers only.*$/s, '/header', 'The first line has numbers only: say whether these are headers.'],
];

/** A refusal to read a CSV, its problems at the fields that they are of. */
export function ofReading(refusal: Refusal): Refusal {
  return new Refusal(refusal.status, refusal.title, refusal.message, refusal.problems.map((problem) => {
    const word = WORDS.find(([said]) => said.test(problem.detail));
    const [said, pointer, here] = word ?? ['', problem.pointer, ''];
    const detail = problem.detail.replace(said, here);
    return { ...problem, pointer, detail: pointer === problem.pointer && pointer !== '' ? detail : detail.replace(/^\w/, (first) => first.toUpperCase()) };
  }));
}

/** Fields for how a CSV is written, the same wherever one is read. */
export function ReadingFields({ reading, text, refusal, onChange, areRowsKept = false }: {
  reading: Reading;
  /** What is read, where it is known. */
  text: string | null;
  refusal: Refusal | null;
  onChange: (patch: Partial<Reading>) => void;
  /** Whether rows with missing values stay, so that nothing is to be chosen for them. */
  areRowsKept?: boolean;
}) {
  const { delimiter, decimal } = found(text ?? '', reading);
  const asFound = (name: string) => ({ value: '' as const, label: text === null ? 'As found' : `As found: ${name}` });
  const problem = (pointer: string) => ({ pointer, error: problemAt(refusal, pointer)?.detail });
  return (
    <div class="row reading">
      <SelectField label="Fields are separated by" value={reading.delimiter} onChange={(next) => onChange({ delimiter: next })}
        {...problem('/delimiter')} options={[asFound(DELIMITER_NAMES[delimiter].toLowerCase()),
          ...Object.values(Delimiter).map((value) => ({ value, label: DELIMITER_NAMES[value] }))]} />
      <SelectField label="Decimals are written" value={reading.decimal} onChange={(next) => onChange({ decimal: next })}
        {...problem('/decimal')} help={ofThousands(text ?? '', found(text ?? '', reading))}
        options={[asFound(`1${decimal}5`), ...Object.values(Decimal).map((value) => ({ value, label: `1${value}5` }))]} />
      <SelectField label="The first line has" value={reading.header} onChange={(header) => onChange({ header })}
        {...problem('/header')} options={[{ value: '', label: 'As found' }, { value: 'true', label: 'Headers' },
          { value: 'false', label: 'Numbers already' }]} />
      <TextField label="Missing is written as" value={reading.na} onInput={(na) => onChange({ na })}
        {...problem('/na')} help="Beside an empty field, with commas between: ?, NA" />
      {!areRowsKept && <SelectField label="Rows with missing values" value={reading.missing} onChange={(missing) => onChange({ missing })}
        {...problem('/missing')} options={Object.values(Missing).map((value) =>
          ({ value, label: value === Missing.Drop ? 'Are left out' : 'Are refused' }))} />}
    </div>
  );
}
