import type { ComponentChildren } from 'preact';

export interface Column<R> {
  title: string;
  cell: (row: R) => ComponentChildren;
  isNumber?: boolean;
}

/** A table with a caption; the first column names the rows. It scrolls where it is too wide. */
export function Table<R>({ caption, columns, rows, rowKey, empty = 'There is nothing yet.' }: {
  caption: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string;
  empty?: string;
}) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.title} scope="col" class={column.isNumber ? 'number' : ''}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) => index === 0
                ? <th key={column.title} scope="row">{column.cell(row)}</th>
                : <td key={column.title} class={column.isNumber ? 'number' : ''}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p class="help">{empty}</p>}
    </div>
  );
}
