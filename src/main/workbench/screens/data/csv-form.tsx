import {
  CreateDatasetFromCsvDecimalEnum as Decimal, CreateDatasetFromCsvDelimiterEnum as Delimiter,
  CreateDatasetFromCsvMissingEnum as Missing, type CreateDatasetFromCsvRequest,
} from 'client';
import { useState } from 'preact/hooks';
import { problemAt, Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { goTo, linkTo } from '../../app/address.js';
import { Form, SelectField, Submit, TextField } from '../../components/field.js';
import { LabelFields, tagsOf } from '../../components/labels.js';
import { RefusalSummary } from '../../components/refusal.js';
import { hasDecimalComma, likelyDelimiter } from './csv.js';
import { columnsOfFile, CsvPreview, type Role } from './csv-preview.js';
import { CsvSource, keptFile } from './csv-source.js';

/** How a file is read, as far as it was chosen. The file itself stays in this tab. */
export interface CsvState {
  roles: Record<string, Role>;
  rename: Record<string, string>;
  delimiter: Delimiter | '';
  decimal: Decimal;
  header: '' | 'true' | 'false';
  missing: Missing;
  na: string;
  name: string;
  tags: string;
}

export const CSV: CsvState = {
  roles: {}, rename: {}, delimiter: '', decimal: Decimal.Period, header: '', missing: Missing.Refuse, na: '', name: '',
    tags: '',
};

const DELIMITER_NAMES: Record<Delimiter, string> = { ',': 'Comma', ';': 'Semicolon', '|': 'Bar', tab: 'Tab' };

/** What is sent: what is left out the service finds by itself. */
function request(text: string, state: CsvState, delimiter: Delimiter): CreateDatasetFromCsvRequest {
  const columns = columnsOfFile(text, state, delimiter);
  const named = (...roles: Role[]) =>
    columns.filter((column) => roles.includes(column.role)).map((column) => column.key);
  const lists = {
    inputs: named('input', 'words'), targets: named('target', 'word-targets'), oneHot: named('words', 'word-targets'),
    rename: columns.flatMap(({ header, renamed }) => (renamed === '' ? [] : [`${header}:${renamed}`])),
    na: state.na.split(',').map((word) => word.trim()).filter((word) => word !== ''), tags: tagsOf(state.tags),
  };
  return {
    body: text, decimal: state.decimal, missing: state.missing,
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(state.delimiter === '' ? {} : { delimiter: state.delimiter }),
    ...(state.header === '' ? {} : { header: state.header === 'true' }),
    ...(state.name === '' ? {} : { name: state.name }),
  };
}

/** A CSV file becomes a dataset: what its columns are for is chosen, and what is in them is seen before it is sent. */
export function CsvForm({ state, onChange }: { state: CsvState; onChange: (state: CsvState) => void }) {
  const [file, setFile] = useState(keptFile);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const change = (patch: Partial<CsvState>) => { setRefusal(null); onChange({ ...state, ...patch }); };
  const delimiter = state.delimiter === '' ? likelyDelimiter(file?.text.slice(0, 100_000) ?? '') : state.delimiter;
  const create = async () => {
    if (file === null) return;
    try {
      const dataset = await service.datasets.createDatasetFromCsv(request(file.text, state, delimiter));
      goTo(linkTo(`datasets/${dataset.id}`));
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
  };
  const columns = file === null ? [] : columnsOfFile(file.text, state, delimiter);
  const comma = state.decimal === Decimal.Comma ? undefined
    : columns.map(({ fields }) => fields.find(hasDecimalComma)).find((found) => found !== undefined)?.trim();
  const hasTarget = columns.some(({ role }) => role === 'target' || role === 'word-targets');
  const problem = (pointer: string) => ({ pointer, error: problemAt(refusal, pointer)?.detail });
  return (
    <Form act={create}>
      <CsvSource file={file} onFile={(next) => {
        setFile(next);
        change({ roles: {}, rename: {}, name: next?.name.replace(/\.[^.]*$/, '') ?? '' });
      }} />
      {file !== null && (
        <>
          <RefusalSummary refusal={refusal} isOfAct />
          <div class="row reading">
            <SelectField label="Fields are separated by" value={state.delimiter}
              onChange={(next) => change({ delimiter: next })} {...problem('/delimiter')}
              options={[{ value: '', label: `As found: ${DELIMITER_NAMES[delimiter].toLowerCase()}` },
                ...Object.values(Delimiter).map((value) => ({ value, label: DELIMITER_NAMES[value] }))]} />
            <SelectField label="Decimals are written" value={state.decimal} onChange={(decimal) => change({ decimal })}
              {...problem('/decimal')}
              {...(comma === undefined ? {}
                : { [refusal === null ? 'help' : 'error']: `${comma} looks like a decimal comma: choose 1,5.` })}
              options={Object.values(Decimal).map((value) => ({ value, label: `1${value}5` }))} />
            <SelectField label="The first line has" value={state.header} onChange={(header) => change({ header })}
              {...problem('/header')}
              options={[{ value: '', label: 'As found' }, { value: 'true', label: 'Headers' },
                { value: 'false', label: 'Numbers already' }]} />
            <TextField label="Missing is written as" value={state.na} onInput={(na) => change({ na })}
              {...problem('/na')} help="Beside an empty field, with commas between: ?, NA" />
            <SelectField label="Rows with missing values" value={state.missing}
              onChange={(missing) => change({ missing })} {...problem('/missing')}
              options={Object.values(Missing).map((value) =>
                ({ value, label: value === Missing.Drop ? 'Are left out' : 'Are refused' }))} />
          </div>
          <CsvPreview text={file.text} state={state} delimiter={delimiter} refusal={refusal}
            onRole={(header, role) => change({ roles: { ...state.roles, [header]: role } })}
            onName={(header, name) => change({ rename: { ...state.rename, [header]: name } })} />
          {!hasTarget && <p role="status" class="warnings">No column is a target, so that a network has nothing to learn
            from this dataset. Where one is to be learned, choose it at “Use of” above.</p>}
          <LabelFields of="dataset" name={state.name} tags={state.tags} refusal={refusal} onChange={change} />
          <p><Submit>Store this dataset</Submit></p>
        </>
      )}
    </Form>
  );
}
