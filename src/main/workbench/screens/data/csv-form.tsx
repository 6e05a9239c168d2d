import type { CreateDatasetFromCsvRequest } from 'client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { goTo, linkTo } from '../../app/address.js';
import { Form, Submit } from '../../components/field.js';
import { LabelFields, tagsOf } from '../../components/labels.js';
import { edited, RefusalSummary } from '../../components/refusal.js';
import { whyNotNumbered } from './column-names.js';
import { isDate, whyNoCsv, whyUneven } from './csv.js';
import { columnsOfFile, CsvPreview, ROLES, type FileColumn, type Role } from './csv-preview.js';
import { CsvSource, keptFile, type CsvFile } from './csv-source.js';
import { found, ofReading, READING, ReadingFields, readingOf, readingRequest, type Reading } from './reading.js';

/** How a file is read and what becomes of its columns, as far as it was chosen. The file itself stays in this tab. */
export interface CsvState extends Reading {
  roles: Record<string, Role>;
  rename: Record<string, string>;
  name: string;
  tags: string;
}

export const CSV: CsvState = {
  ...READING, roles: {}, rename: {}, name: '', tags: '',
};

/** What was chosen last in this tab, for whom the address does not say it. */
let last: { file: CsvFile; state: CsvState } | null = null;

/**
 * What is chosen of a file before somebody chooses: for the same one, as it may have been corrected meanwhile, what was chosen of
 * it, and for another one nothing that was chosen of the last.
 */
export function ofFile(file: CsvFile): CsvState {
  const isSame = last !== null && last.file.name === file.name && headerOf(last.file) === headerOf(file);
  return isSame ? last!.state : { ...CSV, ...readingOf(file), name: file.name.replace(/\.[^.]*$/, '') };
}

function headerOf({ text }: CsvFile): string {
  return text.split(/\r?\n/, 1)[0]!;
}

const NO_ROWS = 'The file has headers only: below them it needs at least one row.';

/** What is sent. */
function request(text: string, state: CsvState, columns: readonly FileColumn[]): CreateDatasetFromCsvRequest {
  const named = (...roles: Role[]) =>
    columns.filter((column) => roles.includes(column.role)).map(({ called }) => called);
  const lists = {
    inputs: named('input', 'words'), targets: named('target', 'word-targets'), oneHot: named('words', 'word-targets'),
    rename: columns.flatMap(({ key, renamed }) => (renamed === '' ? [] : [`${key}:${renamed}`])),
    tags: tagsOf(state.tags),
  };
  return {
    ...readingRequest(text, state),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(state.name === '' ? {} : { name: state.name }),
  };
}

const OF_COLUMN = /^column '(.*?)', line (\d+): (?:'(.*?)' is not a finite number|(.*?) is larger than any double)/s;

/** What is said of the fields of a column, at its use: which column, what it holds, and what to do about it. */
function ofColumns(refusal: Refusal, columns: readonly FileColumn[]): Refusal {
  return new Refusal(refusal.status, refusal.title, refusal.message, refusal.problems.map((problem) => {
    const [, name = '', line = '', word, large] = OF_COLUMN.exec(problem.detail) ?? [];
    const column = columns.find((one) => one.name === name);
    if (column === undefined || (word !== undefined && hasNumbers(column) && !isDate(word))) return problem;
    const side = column.role === 'target' || column.role === 'word-targets' ? 'targets' : 'inputs';
    const used = columns.filter(({ role }) => (side === 'targets' ? ['target', 'word-targets'] : ['input', 'words']).includes(role));
    const pointer = `/${side}/${used.indexOf(column)}`;
    if (word === undefined)
      return { pointer, detail: `The column ${column.label} has ${large} on line ${line}, which is too large for a number here.` };
    const [kind, others] = isDate(word) ? ['dates', 'or write a number such as the day or the hour in their place']
      : ['words', `“${side === 'inputs' ? ROLES.words : ROLES['word-targets']}”, or write it at “Missing is written as” if it means that`];
    return { pointer, detail: `The column ${column.label} holds ${kind} such as ${word}, and no numbers: choose “${ROLES.ignored}” here, `
      + `${others}.` };
  }));
}

function hasNumbers({ numbers }: FileColumn): boolean {
  return numbers.some((value) => typeof value === 'number');
}

function isOfOneField([only, another]: readonly FileColumn[]): boolean {
  return only !== undefined && another === undefined && !hasNumbers(only) && only.fields.length > 0;
}

/** A CSV file becomes a dataset: what its columns are for is chosen, and what is in them is seen before it is sent. */
export function CsvForm({ state, onChange }: { state: CsvState; onChange: (state: CsvState) => void }) {
  const [file, setFile] = useState(keptFile);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const change = (patch: Partial<CsvState>) => { setRefusal(edited); onChange({ ...state, ...patch }); };
  // Who comes back to a file by a link finds it as it was when it was chosen.
  const isUntouched = JSON.stringify(state) === JSON.stringify(CSV);
  useEffect(() => {
    if (file !== null && state.name === '') change(isUntouched ? ofFile(file) : { name: ofFile(file).name });
  }, []);
  if (file !== null && state.name !== '') last = { file, state };
  const create = async () => {
    if (file === null) return;
    if (hasNoRows) {
      setRefusal(new Refusal(422, 'There are no rows', NO_ROWS));
      return;
    }
    if (!columns.some(({ role }) => role === 'input' || role === 'words')) {
      setRefusal(new Refusal(422, 'No column is an input', 'Choose one at “Use of” above its values.'));
      return;
    }
    try {
      const dataset = await service.datasets.createDatasetFromCsv(request(file.text, state, columns));
      goTo(linkTo(`datasets/${dataset.id}`));
    } catch (thrown) {
      setRefusal(ofReading(ofColumns(Refusal.from(thrown), columns)));
    }
  };
  const why = useMemo(() => file && whyNoCsv(file.text), [file]);
  const columns = useMemo(() => (file === null || why !== null ? [] : columnsOfFile(file.text, state)), [file, state]);
  const uneven = useMemo(() => file && whyUneven(file.text, found(file.text, state).delimiter), [file, state.delimiter]);
  const hasNoRows = columns[0]?.fields.length === 0;
  const hasTarget = columns.some(({ role }) => role === 'target' || role === 'word-targets');
  return (
    <Form act={create}>
      <CsvSource file={file} why={why} onFile={(next) => {
        setFile(next);
        change(ofFile(next));
        setRefusal(null);
      }} />
      {file !== null && why === null && (
        <>
          <RefusalSummary refusal={refusal} isOfAct />
          <ReadingFields reading={state} text={file.text} refusal={refusal} onChange={change} />
          {[uneven, whyNotNumbered(columns.map(({ header }) => header))].map((warning) =>
            warning !== null && <p key={warning} role="status" class="warnings">{warning}</p>)}
          <CsvPreview text={file.text} columns={columns} state={state} refusal={refusal}
            onRole={(key, role) => change({ roles: { ...state.roles, [key]: role } })}
            onName={(key, name) => change({ rename: { ...state.rename, [key]: name } })} />
          {isOfOneField(columns) && <p role="status" class="warnings">The lines have one field each, with words. Where they have several,
            choose above what is between them; lines above the headers must be taken out of the file.</p>}
          {hasNoRows && <p role="status" class="warnings">{NO_ROWS}</p>}
          {!hasTarget && <p role="status" class="warnings">No column is a target, so that a network has nothing to learn
            from this dataset. Where one is to be learned, choose it at “Use of” above.</p>}
          <LabelFields of="dataset" name={state.name} tags={state.tags} refusal={refusal} onChange={change} />
          <p><Submit>Store this dataset</Submit></p>
        </>
      )}
    </Form>
  );
}
