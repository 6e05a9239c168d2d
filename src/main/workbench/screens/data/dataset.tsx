import { useMemo, useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { goTo, linkTo } from '../../app/address.js';
import { ActButton } from '../../components/act.js';
import { download } from '../../components/copy.js';
import { datasetName, Relabel } from '../../components/labels.js';
import { among, count, counted, time } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { startOn } from '../training/request.js';
import { columnsOf } from './columns.js';
import { DataPicture } from './picture.js';
import { StatisticsTable } from './statistics-table.js';

const ROWS = 10;
/** A stored dataset: what is in it, seen and as numbers. */
export function Dataset({ id }: { id: string }) {
  const [changes, setChanges] = useState(0);
  const [from, setFrom] = useState(0);
  const { value: dataset, refusal } =
    useAsked((signal) => service.datasets.getDataset({ id }, { signal }), [id, changes]);
  const { value: data, refusal: ofData, isWaiting } =
    useAsked((signal) => service.datasets.getDatasetRows({ id }, { signal }), [id]);
  const columns = useMemo(() => (data === null ? null : {
    inputs: columnsOf(data.inputNames, data.inputs), targets: columnsOf(data.targetNames, data.targets ?? []),
  }), [data]);
  const rows = data?.inputs.length ?? 0;
  const csv = async () => {
    const { raw } = await service.datasets.getDatasetRowsRaw({ id },
      async ({ init }) => ({ ...init, headers: { ...init.headers, Accept: 'text/csv' } }));
    download(await raw.blob(), `${dataset?.name ?? 'dataset'}.csv`, 'text/csv');
  };
  return (
    <>
      <p><a href={linkTo('data')}>All data</a></p>
      <RefusalSummary refusal={refusal ?? ofData} />
      {dataset !== null && (
        <>
          <div class="titled">
            <h2>{datasetName(dataset)}</h2>
            <Relabel name={dataset.name} tags={dataset.tags}
              change={(labelPatch) =>
                service.datasets.updateDataset({ id, labelPatch }).then(() => setChanges((before) => before + 1))} />
          </div>
          <p>
            {counted(dataset.samples, 'sample')} of {dataset.inputNames.join(', ')}
            {dataset.targetNames.length > 0 && ` with ${dataset.targetNames.join(', ')}`},
              made {time(dataset.createdAt)}.
            {dataset.targetNames.length === 0 && ' It has no targets that a network could learn.'}
            {dataset.droppedRows > 0 && ` Left out as values are missing: ${counted(dataset.droppedRows, 'row')}.`}
          </p>
          <p class="row">
            <a class={dataset.targetNames.length === 0 ? 'button' : 'button primary'}
              href={linkTo('training', { view: 'new', training: startOn(dataset) })}>
              {dataset.targetNames.length === 0 ? 'Train by an equation at its points' : 'Train a network on it'}</a>
            <ActButton text="Download as CSV" act={csv} />
            <ActButton text="Delete" question="Delete it for good?"
              act={() => service.datasets.deleteDataset({ id }).then(() => goTo(linkTo('data')))} />
          </p>
        </>
      )}
      {columns === null && isWaiting && <p role="status">Loading…</p>}
      {columns !== null && data !== null && (
        <>
          <DataPicture {...columns} />
          <StatisticsTable columns={[...columns.inputs, ...columns.targets]}
            roleOf={(name) => (data.inputNames.includes(name) ? 'Input' : 'Target')} />
          {dataset !== null && dataset.columns.some((column) => column.header !== column.name || column.value) && (
            <Table caption="Where the columns come from" rows={dataset.columns} rowKey={(row) => row.name} columns={[
              { title: 'Column', cell: (row) => <code>{row.name}</code> },
              { title: 'In the file', cell: (row) => row.header ?? 'without a header' },
              { title: 'Is 1 for', cell: (row) => row.value ?? '–' },
            ]} />
          )}
          <Table caption={`Rows ${count(from + 1)} to ${count(Math.min(from + ROWS, rows))} of ${count(rows)}`}
            rows={data.inputs.slice(from, from + ROWS).map((row, at) =>
              ({ at: from + at, cells: [...row, ...(data.targets?.[from + at] ?? [])] }))}
            rowKey={(row) => String(row.at)} columns={[
              { title: 'Row', cell: (row) => count(row.at + 1) },
              ...[...columns.inputs, ...columns.targets].map(({ name, values }, at) => {
                const written = among(values);
                return { title: name, isNumber: true, cell: (row: { cells: (number | undefined)[] }) => written(row.cells[at]) };
              }),
            ]} />
          <p class="row">
            <button type="button" disabled={from === 0} onClick={() => setFrom(from - ROWS)}>Previous rows</button>
            <button type="button" disabled={from + ROWS >= data.inputs.length} onClick={() => setFrom(from + ROWS)}>Next
              rows</button>
          </p>
        </>
      )}
    </>
  );
}
