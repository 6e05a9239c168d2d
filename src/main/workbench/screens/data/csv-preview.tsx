import { CreateDatasetFromCsvMissingEnum as Missing } from 'client';
import { useMemo } from 'preact/hooks';
import { problemAt, type Refusal } from '../../api/problems.js';
import { SelectField, TextField } from '../../components/field.js';
import { count } from '../../components/numbers.js';
import { statistics, type NumberColumn } from './columns.js';
import { namesOf, namesOfWords, sharedOf } from './column-names.js';
import { isDate, isDressedNumber, isLonger, isTime, MOST_LINES, numberOf, parsed } from './csv.js';
import type { CsvState } from './csv-form.js';
import { DataPicture } from './picture.js';
import { found, wordsOf } from './reading.js';
import { StatisticsTable } from './statistics-table.js';

export type Role = 'input' | 'target' | 'words' | 'word-targets' | 'ignored';

export const ROLES: Record<Role, string> = {
  input: 'Input', target: 'Target', words: 'Input: 0 or 1 for each word',
    'word-targets': 'Target: 0 or 1 for each word', ignored: 'Ignored',
};

const ROWS = 8;
const MOST_WORDS = 20;
const MOST_BECOMING = 6;

export interface FileColumn {
  header: string;
  /** Its header or, where several columns have that, or none, with its number. */
  label: string;
  /** What it is called before any is renamed: its header or, where that is empty, has a comma or is that of others too, the name it has then. */
  key: string;
  /** What it is called in the request where its new name counts. */
  called: string;
  renamed: string;
  /** What it is called in the dataset. */
  name: string;
  role: Role;
  fields: string[];
  numbers: (number | null | undefined)[];
  /** Of words, what the columns of 0 and 1 are called that become of it. */
  becomes: string[];
}

/** The columns of the first lines, and what they are for: as was chosen or, where nothing was, as they look. */
export function columnsOfFile(text: string, state: CsvState): FileColumn[] {
  const { delimiter, decimal } = found(text, state);
  const lines = parsed(text, delimiter, MOST_LINES);
  const na = wordsOf(state);
  const hasHeader = state.header === '' ?
    lines[0]?.some((field) => typeof numberOf(field, decimal, na) !== 'number') ?? true
    : state.header === 'true';
  const rows = hasHeader ? lines.slice(1) : lines;
  const headers = (lines[0] ?? []).map((first, at) => (hasHeader ? first.trim() : `c${at + 1}`));
  const shared = sharedOf(headers);
  const isOwn = (header: string) => header !== '' && !shared.has(header);
  const first = namesOf(headers);
  const keys = headers.map((header, at) => (isOwn(header) && !header.includes(',') ? header : first[at]!));
  const renames = keys.map((key) => String(state.rename[key] ?? ''));
  const names = namesOf(headers, renames);
  const columns = headers.map((header, at) => {
    const [key, name] = [keys[at]!, names[at]!];
    const fields = rows.map((row) => row[at] ?? '');
    return {
      header, key, name, fields, renamed: renames[at]!, called: header.includes(',') ? name : key,
      label: isOwn(header) ? header : `${header} (column ${at + 1})`.trim(),
      numbers: fields.map((field) => numberOf(field, decimal, na)),
    };
  });
  const areWords = columns.map(({ numbers }) =>
    numbers.filter((value) => value === undefined).length > numbers.length / 2);
  const areNumbers = columns.map(({ numbers }, at) => !areWords[at] && numbers.some((value) => typeof value === 'number'));
  // Words in the last column of numbers are what is to be told of these.
  const last = columns.findLastIndex((_, at) => areWords[at] || areNumbers[at]);
  const told = columns[last]?.fields.filter((_, row) => columns[last]!.numbers[row] !== null) ?? [];
  const areOdd = told.some((field) => isDate(field) || isTime(field) || isDressedNumber(field));
  const classes = areWords[last] === true && !areOdd ? wordsIn({ fields: told }).size : 0;
  const isOfClasses = areNumbers.includes(true) && classes > 1 && classes <= MOST_WORDS;
  const lastNumbers = areNumbers.lastIndexOf(true);
  const used = columns.map((column, at): FileColumn => {
    const chosen = state.roles[column.key];
    const likely = areWords[at] ? (wordsIn(column).size > MOST_WORDS ? 'ignored' : isOfClasses && at === last ? 'word-targets' : 'words') :
      !areNumbers[at] ? 'ignored' : at === lastNumbers && at > 0 && !isOfClasses ? 'target' : 'input';
    return { ...column, role: chosen !== undefined && chosen in ROLES ? chosen : likely, becomes: [] };
  });
  const isLeftOut = rows.map((_, row) => state.missing === Missing.Drop && used.some(({ role, numbers }) => role !== 'ignored' && numbers[row] === null));
  const ofWords = (['words', 'word-targets'] as const).flatMap((role) => used.filter((column) => column.role === role));
  const becoming = namesOfWords(headers, names, ofWords.map(({ name, fields, numbers }) => ({
    name, words: [...wordsIn({ fields: fields.filter((_, row) => numbers[row] !== null && !isLeftOut[row]) })].sort(),
  })));
  ofWords.forEach((column, at) => { column.becomes = becoming[at]!; });
  return used;
}

/** The first rows of a file with a choice above every column, and what is missing or odd in them. */
export function CsvPreview({ text, columns, state, refusal, onRole, onName }: {
  text: string;
  /** Those of the text, as they are sent. */
  columns: readonly FileColumn[];
  state: CsvState;
  refusal: Refusal | null;
  onRole: (key: string, role: Role) => void;
  onName: (key: string, name: string) => void;
}) {
  const number = useMemo(() => new Map(columns.filter(({ role }) => role === 'input' || role === 'target')
    .map((column): [string, NumberColumn] =>
      [column.key, { name: column.name,
      values: column.numbers.map((value) => value ?? null) }])), [columns]);
  const odd = useMemo(() => new Map([...number].map(([key, { values }]) => [key, statistics(values).odd])),
    [number]);
  const words = columns.filter(isOfWords).map((column) => ({
    name: column.name, missing: column.numbers.filter((value) => value === null).length,
  }));
  const roleOf = new Map(columns.map((column) => [column.name, column.role]));
  const length = columns[0]?.fields.length ?? 0;
  const { delimiter, decimal } = useMemo(() => found(text, state), [text, state]);
  const isCut = useMemo(() => isLonger(text, delimiter), [text, delimiter]);
  const first = [...Array(Math.min(ROWS, length)).keys()];
  // What is missing or odd further down is shown too.
  const strange = [...Array(length).keys()].slice(ROWS).filter((row) =>
    columns.some((column) => isStrange(column, row, odd))).slice(0, ROWS);
  // Where a column stands in the request.
  const places = { input: 0, target: 0, rename: 0 };
  const pointers = columns.map(({ role, renamed }) => {
    const list = role === 'input' || role === 'words' ? 'input' : 'target';
    return {
      use: role === 'ignored' ? undefined : `/${list}s/${places[list]++}`,
      name: renamed === '' ? undefined : `/rename/${places.rename++}`,
    };
  });
  const pictured = (role: Role) =>
    columns.filter((column) => column.role === role).map((column) => number.get(column.key)!);
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label="Columns and first rows">
        <table class="csv">
          <caption>Columns and first rows of {isCut ? `more than ${count(length)}` : count(length)}</caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              {columns.map((column, at) => (
                <th key={at} scope="col">
                  {column.label}
                  <SelectField label={`Use of ${column.label}`} value={column.role}
                    onChange={(role) => onRole(column.key, role)} pointer={pointers[at]?.use}
                    error={problemAt(refusal, pointers[at]?.use ?? '/inputs')?.detail} help={remark(column, decimal)}
                    options={Object.entries(ROLES).map(([value, label]) => ({ value: value as Role, label }))} />
                  {column.role !== 'ignored' && (
                    <TextField label={`Name of ${column.label}`} value={column.name} help={becoming(column)}
                      pointer={pointers[at]?.name} error={problemAt(refusal, pointers[at]?.name ?? '/rename')?.detail}
                      onInput={(name) => onName(column.key, name)} />
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...first, ...strange].map((row) => (
              <tr key={row}>
                <th scope="row">{count(row + 1)}</th>
                {columns.map((column, at) =>
                  <Cell key={at} column={column} row={row} isOdd={odd.get(column.key)?.has(row) ?? false} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isCut && <p role="status" class="warnings">Looked at here are the first {count(MOST_LINES)} lines, for what is shown of the file and
        what is said of it. All others are read, and refused where something is wrong with them, when the dataset is stored.</p>}
      {(number.size > 0 || words.length > 0) && <StatisticsTable columns={[...number.values()]} words={words}
        roleOf={(name) => ROLES[roleOf.get(name) ?? 'ignored']} />}
      {pictured('input').length > 0 && <DataPicture inputs={pictured('input')} targets={pictured('target')} />}
    </>
  );
}

function isStrange(column: FileColumn, row: number, odd: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  return (column.role === 'input' || column.role === 'target')
    && (!Number.isFinite(column.numbers[row]) || (odd.get(column.key)?.has(row) ?? false))
    || (isOfWords(column) && column.numbers[row] === null);
}

function isOfWords({ role }: FileColumn): boolean {
  return role === 'words' || role === 'word-targets';
}

function wordsIn({ fields }: { fields: readonly string[] }): ReadonlySet<string> {
  return new Set(fields.map((field) => field.trim()).filter((field) => field !== ''));
}

/** What becomes of a column of words, of many the first. */
function becoming({ becomes }: FileColumn): string | undefined {
  const more = becomes.length - MOST_BECOMING;
  return becomes.length === 0 ? undefined
    : `Becomes ${becomes.slice(0, MOST_BECOMING).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}.`;
}

/** What is said of a column that has nothing, more words than are taken, or numbers or dates that the service reads none in. */
function remark(column: FileColumn, decimal: '.' | ','): string | undefined {
  if (column.fields.length > 0 && wordsIn(column).size === 0) return column.role === 'ignored' ? 'Holds nothing, and is ignored.' : 'Holds nothing.';
  const unread = column.fields.filter((_, row) => column.numbers[row] === undefined);
  const areMost = (isSuch: (field: string) => boolean) => unread.filter(isSuch).length > unread.length / 2;
  const taken = isOfWords(column) ? 'taken as words' : column.role === 'ignored' ? 'ignored' : 'no numbers here';
  return areMost(isDate) ? `Holds dates, which are ${taken}: write a number such as the day or the hour in their place.`
    : areMost(isDressedNumber) ? 'Holds numbers written with thousands separators, % or a currency, which are '
      + `${taken}: write ${decimal === ',' ? '1234,5 and 0,1, not 1.234,5' : '1234.5 and 0.1, not 1,234.5'} and 10%.`
    : areMost(isTime) ? `Holds times, which are ${taken}: write the hours or minutes as a number in their place.`
    : column.role === 'ignored' && wordsIn(column).size > MOST_WORDS && unread.length > column.fields.length / 2
      ? `Holds ${count(wordsIn(column).size)} different words, too many for a column of 0 or 1 each.` : undefined;
}

function Cell({ column, row, isOdd }: { column: FileColumn; row: number; isOdd: boolean }) {
  const text = column.fields[row] ?? '';
  const value = column.numbers[row];
  if (column.role === 'ignored') return <td class="ignored">{text}</td>;
  if (value === null) return <td
    class={isOfWords(column) ? undefined : 'number'}><span class="missing">{text === '' ? 'missing' : `${text} (missing)`}</span></td>;
  if (isOfWords(column)) return <td>{text}</td>;
  if (value === Infinity || value === -Infinity) return <td class="number"><span class="odd">{text} (too large)</span></td>;
  if (value === undefined) return <td class="number"><span class="odd">{text} (no number)</span></td>;
  return <td class="number">{isOdd ? <span class="odd">{text} (odd)</span> : text}</td>;
}
