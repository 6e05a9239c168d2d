import { useState } from 'preact/hooks';
import { usePages } from '../../api/pages.js';
import { service } from '../../api/service.js';
import { linkTo } from '../../app/address.js';
import { ActButton } from '../../components/act.js';
import { TextField } from '../../components/field.js';
import { apart, datasetName } from '../../components/labels.js';
import { useOwn } from '../../components/own.js';
import { count, time } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';

/** The stored datasets. */
export function DatasetList({ tag, onTag }: { tag: string; onTag: (tag: string) => void }) {
  const [changes, setChanges] = useState(0);
  const own = useOwn();
  const { value, refusal, isWaiting, more } = usePages((pageToken, signal) => service.datasets.listDatasets(
    { ...(pageToken === undefined ? {} : { pageToken }), ...(tag === '' ? {} : { tag }), ...own.filter },
    { signal }), [tag, own.filter, changes]);
  const nameOf = apart(value ?? [], datasetName);
  return (
    <section aria-labelledby="stored-datasets">
      <h2 id="stored-datasets">Stored datasets</h2>
      <RefusalSummary refusal={refusal} />
      <div class="row">
        <TextField label="Only those with the tag" type="search" value={tag} onInput={onTag} />
        {own.box}
      </div>
      {value === null && isWaiting ? <p role="status">Loading…</p> : (
        <Table caption="Datasets, newest first" rows={value ?? []} rowKey={(row) => row.id}
          empty={tag === '' ? 'There are no datasets yet. Make one above.' : 'No dataset has this tag.'} columns={[
            { title: 'Name', cell: (row) => <a href={linkTo(`datasets/${row.id}`)}>{nameOf(row)}</a> },
            { title: 'Inputs', cell: (row) => row.inputNames.join(', ') },
            { title: 'Targets', cell: (row) => row.targetNames.join(', ') || '–' },
            { title: 'Samples', cell: (row) => count(row.samples), isNumber: true },
            { title: 'Tags', cell: (row) => row.tags.join(', ') },
            { title: 'Made', cell: (row) => time(row.createdAt) },
            {
              title: 'Delete', cell: (row) => (
                <ActButton text="Delete" label={`Delete ${nameOf(row)}`} question="Delete it for good?"
                  act={() => service.datasets.deleteDataset({ id: row.id }).then(() =>
                    setChanges((before) => before + 1))} />
              ),
            },
          ]} />
      )}
      {more !== null && <button type="button" onClick={more}>Show more</button>}
    </section>
  );
}
