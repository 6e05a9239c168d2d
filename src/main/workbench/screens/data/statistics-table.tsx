import { among, count, number } from '../../components/numbers.js';
import { Table } from '../../components/table.js';
import { statistics, type NumberColumn } from './columns.js';

/** What the numbers of each column are like, and what is missing in those of words. `roleOf` says what a column is for. */
export function StatisticsTable({ columns, words = [], roleOf }: {
  columns: readonly NumberColumn[];
  words?: readonly { name: string; missing: number }[];
  roleOf: (name: string) => string;
}) {
  const rows = [...columns.map((column) => ({ name: column.name, written: among(column.values), ...statistics(column.values) })),
    ...words.map((column) => ({ written: number, ...statistics([]), ...column }))];
  return (
    <>
      <Table caption="Columns" rows={rows} rowKey={(row) => row.name} columns={[
        { title: 'Column', cell: (row) => <code>{row.name}</code> },
        { title: 'Role', cell: (row) => roleOf(row.name) },
        { title: 'Numbers', cell: (row) => count(row.count), isNumber: true },
        { title: 'Missing', cell: (row) =>
          (row.missing === 0 ? '0' : <span class="missing">{count(row.missing)}</span>), isNumber: true },
        { title: 'Odd', cell: (row) => (row.odd.size === 0 ? '0' : <span class="odd">{count(row.odd.size)}</span>),
          isNumber: true },
        { title: 'Smallest', cell: (row) => row.written(row.smallest), isNumber: true },
        { title: 'Median', cell: (row) => row.written(row.median), isNumber: true },
        { title: 'Mean', cell: (row) => row.written(row.mean), isNumber: true },
        { title: 'Deviation', cell: (row) => (row.deviation === 0 && row.count > 1 ? '0 (constant)' : number(row.deviation)), isNumber: true },
        { title: 'Largest', cell: (row) => row.written(row.largest), isNumber: true },
      ]} />
      <p class="help">Odd are numbers far from most others of their column: farther from its middle half than three
        times the width of that.</p>
    </>
  );
}
