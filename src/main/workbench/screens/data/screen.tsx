import { useState } from 'preact/hooks';
import { useAddressState, usePath } from '../../app/address.js';
import { isOneOf } from '../../app/kinds.js';
import { useDropped } from '../../components/dropped.js';
import { Tabs } from '../../components/tabs.js';
import { CSV, CsvForm, ofFile, type CsvState } from './csv-form.js';
import { keep } from './csv-source.js';
import { textOf } from './csv.js';
import { Dataset } from './dataset.js';
import { GRID, GridForm, type GridState } from './grid-form.js';
import { DatasetList } from './list.js';
import { ROWS, RowsForm, type RowsState } from './rows-form.js';

/** What one sees here, as a link to it says. `#/datasets/ID`, or `#/data/ID`, shows a dataset. */
interface DataState {
  from: 'formula' | 'csv' | 'rows';
  grid: GridState;
  csv: CsvState;
  rows: RowsState;
  tag: string;
}

const START: DataState = { from: 'formula', grid: GRID, csv: CSV, rows: ROWS, tag: '' };

/** Data from a formula, a file or by hand, and what is stored. */
export function Screen() {
  const [, id] = usePath();
  return id !== '' ? <Dataset key={id} id={id} /> : <Data />;
}

function Data() {
  const [state, change] = useAddressState<DataState>('data', START, { from: isOneOf(['formula', 'csv', 'rows']) });
  const [dropped, setDropped] = useState(0);
  useDropped(async (file) => {
    const read = { name: file.name, text: await textOf(file) };
    keep(read);
    change({ from: 'csv', csv: ofFile(read) });
    setDropped((before) => before + 1);
  });
  return (
    <>
      <p>A dataset has rows of inputs, and the targets that a network is to learn from them.</p>
      <h2>A new dataset</h2>
      <Tabs label="Where the data comes from" value={state.from} onChange={(from) => change({ from })}
        tabs={[{ value: 'formula', label: 'A formula on a grid' }, { value: 'csv', label: 'A CSV file' },
          { value: 'rows', label: 'Rows by hand' }]}>
        {state.from === 'formula' && <GridForm state={state.grid} onChange={(grid) => change({ grid })} />}
        {state.from === 'csv' && <CsvForm key={dropped} state={state.csv} onChange={(csv) => change({ csv })} />}
        {state.from === 'rows' && <RowsForm state={state.rows} onChange={(rows) => change({ rows })} />}
      </Tabs>
      <DatasetList tag={state.tag} onTag={(tag) => change({ tag })} />
    </>
  );
}
