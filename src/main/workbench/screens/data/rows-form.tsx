import { useState } from 'preact/hooks';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { goTo, linkTo } from '../../app/address.js';
import { CheckField, Form, Submit, TextField } from '../../components/field.js';
import { LabelFields, tagsOf } from '../../components/labels.js';
import { counted } from '../../components/numbers.js';
import { edited, RefusalSummary } from '../../components/refusal.js';
import { nameOf } from './column-names.js';
import { cellsOf, hasDecimalComma } from './csv.js';
import { DataPicture } from './picture.js';

/** A table as it is typed. */
export interface RowsState {
  columns: { name: string; isTarget: boolean }[];
  cells: string[][];
  name: string;
  tags: string;
}

export const ROWS: RowsState = {
  columns: [{ name: 'x', isTarget: false }, { name: 'y', isTarget: true }],
  cells: [['0', '0'], ['0.5', '0.48'], ['1', '0.84'], ['', '']],
  name: '',
  tags: '',
};
const MOST_ROWS = 200;

/**
 * Cells as they are pasted, with points where they have decimal commas: one that is `2,5` shows that all commas are decimal, and that
 * points are between thousands.
 */
function withPoints(lines: string[][]): string[][] {
  const haveCommas = lines.flat().some((cell) => hasDecimalComma(cell) && !/,\d{3}\s*$/.test(cell));
  const read = (cell: string) => (/^\s*[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?\s*$/.test(cell)
    ? cell.replaceAll('.', '').replace(',', '.') : cell);
  return haveCommas ? lines.map((line) => line.map(read)) : lines;
}

function withPoint(cell: string): string {
  return withPoints([[cell]])[0]![0]!;
}

function numberIn(cell: string): number | null {
  return cell.trim() === '' || !Number.isFinite(Number(cell)) ? null : Number(cell);
}

/** A table into which one types, or pastes what was copied from a spreadsheet. */
export function RowsForm({ state, onChange }: { state: RowsState; onChange: (state: RowsState) => void }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [pasted, setPasted] = useState('');
  const { columns } = state;
  const cells = state.cells.slice(0, MOST_ROWS);
  const filled = cells.filter((row) => row.some((cell) => cell.trim() !== ''));
  const change = (patch: Partial<RowsState>) => { setRefusal(edited); onChange({ ...state, ...patch }); };
  const put = (row: number, column: number, cell: string) => {
    const next = cells.map((line) => [...line]);
    next[row]![column] = cell;
    if (next.length < MOST_ROWS && next.at(-1)!.some((cell) => cell !== '')) next.push(columns.map(() => ''));
    change({ cells: next });
  };
  /** What a spreadsheet has: in place of the example, with a column for each, and names where its first row has no number. */
  const paste = (row: number, column: number, lines: readonly (readonly string[])[]) => {
    const isExample = state.cells === ROWS.cells || JSON.stringify(state.cells) === JSON.stringify(ROWS.cells);
    const top = isExample ? 0 : row;
    const width = Math.max(columns.length, column + Math.max(...lines.map((line) => line.length)));
    const [header = []] = lines;
    const hasHeader = top === 0 && lines.length > 1 && header.every((cell) => cell.trim() !== '' && numberIn(cell) === null);
    const named = Array.from({ length: width }, (_, at) => columns[at] ?? { name: `c${at + 1}`, isTarget: false })
      .map((known, at) => (hasHeader && header[at - column] !== undefined ? { ...known, name: nameOf(header[at - column]!) } : known));
    const rows = hasHeader ? lines.slice(1) : lines;
    const next = (isExample ? [] : cells).map((line) => Array.from({ length: width }, (_, at) => line[at] ?? ''));
    rows.slice(0, MOST_ROWS - top).forEach((line, down) => {
      while (next.length <= top + down) next.push(named.map(() => ''));
      line.forEach((cell, right) => { next[top + down]![column + right] = cell; });
    });
    if (next.length < MOST_ROWS) next.push(named.map(() => ''));
    const left = rows.length - (MOST_ROWS - top);
    setPasted(left <= 0 ? '' : `Of the ${counted(rows.length, 'row')} that were pasted the last ${left} are not here: `
      + 'paste them at “A CSV file” to have all.');
    change({ columns: named, cells: next });
  };
  const part = (isTarget: boolean) =>
    filled.map((row) => columns.flatMap((column, at) =>
    (column.isTarget === isTarget ? [numberIn(row[at] ?? '')] : [])));
  const names = (isTarget: boolean) =>
    columns.filter((column) => column.isTarget === isTarget).map((column) => column.name);
  const create = async () => {
    try {
      const dataset = await service.datasets.createDataset({ datasetRequest: {
        inputs: part(false) as number[][], inputNames: names(false),
        ...(names(true).length === 0 ? {} : { targets: part(true), targetNames: names(true) }),
        ...(state.name === '' ? {} : { name: state.name }), tags: tagsOf(state.tags),
      } });
      goTo(linkTo(`datasets/${dataset.id}`));
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
  };
  const pictured = (isTarget: boolean) => columns.flatMap((column, at) => (column.isTarget === isTarget
    ? [{ name: column.name, values: filled.map((row) => numberIn(row[at] ?? '')) }] : []));
  return (
    <Form className="columns" act={create}>
      <div>
        <RefusalSummary refusal={refusal} isOfAct />
        <div class="scroll" tabIndex={0} role="group" aria-label="Rows">
          <table class="cells">
            <caption>Rows; paste from a spreadsheet into any cell</caption>
            <thead>
              <tr>
                <th scope="col">Row</th>
                {columns.map((column, at) => (
                  <th key={at} scope="col">
                    <TextField label={`Column ${at + 1}`} value={column.name}
                      onInput={(name) => change({ columns: columns.with(at, { ...column, name }) })} />
                    <CheckField label="Target" value={column.isTarget}
                      onChange={(isTarget) => change({ columns: columns.with(at, { ...column, isTarget }) })} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cells.map((row, at) => (
                <tr key={at}>
                  <th scope="row">{at + 1}</th>
                  {columns.map((column, right) => {
                    const text = row[right] ?? '';
                    const isMissing = numberIn(text) === null && row.some((cell) => cell.trim() !== '');
                    return (
                      <td key={right}>
                        <input type="text" inputMode="decimal" value={text} aria-label={`${column.name}, row ${at + 1}`}
                          class={isMissing ? 'missing' : ''}
                          aria-invalid={isMissing ? 'true' : undefined}
                            data-pointer={pointerOf(columns, filled.indexOf(row), right)}
                          onInput={(event) => put(at, right, event.currentTarget.value)}
                          // Not while one types, as 1,2 may become 1,234.
                          onChange={(event) => put(at, right, withPoint(event.currentTarget.value))}
                          onPaste={(event) => {
                            const text = event.clipboardData?.getData('text/plain') ?? '';
                            const lines = cellsOf(text);
                            if (lines.length > 1 || (lines[0]?.length ?? 0) > 1) paste(at, right, withPoints(lines));
                            else if (hasDecimalComma(text)) put(at, right, withPoint(text.trim()));
                            else return;
                            event.preventDefault();
                          }} />
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="row">
          <button type="button" disabled={cells.length >= MOST_ROWS}
            onClick={() => change({ cells: [...cells, columns.map(() => '')] })}>Add a row</button>
          <button type="button"
            onClick={() => change({ columns: [...columns, { name: `c${columns.length + 1}`, isTarget: false }] })}>Add a
            column</button>
          {columns.length > 1 &&
            <button type="button" onClick={() => change({ columns: columns.slice(0, -1) })}>Remove the last
            column</button>}
        </p>
        {pasted !== '' && <p role="status" class="warnings">{pasted}</p>}
        <p class="help">Up to {MOST_ROWS} rows; more come from a CSV file.</p>
        <LabelFields of="dataset" name={state.name} tags={state.tags} refusal={refusal} onChange={change} />
        <p><Submit>Store this dataset</Submit></p>
      </div>
      <div>{names(false).length > 0 && filled.length > 0 &&
        <DataPicture inputs={pictured(false)} targets={pictured(true)} />}</div>
    </Form>
  );
}

/** Where a cell stands in the request. */
function pointerOf(columns: RowsState['columns'], row: number, column: number): string | undefined {
  const { isTarget } = columns[column]!;
  const at = columns.slice(0, column).filter((before) => before.isTarget === isTarget).length;
  return row < 0 ? undefined : `/${isTarget ? 'targets' : 'inputs'}/${row}/${at}`;
}
