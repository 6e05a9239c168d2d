import { useState } from 'preact/hooks';
import { usePages } from '../../api/pages.js';
import { service } from '../../api/service.js';
import { linkTo } from '../../app/address.js';
import { ActButton } from '../../components/act.js';
import { count, number, time } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { isOver, State } from './states.js';
import { sweepName, variedIn } from './sweep.js';

/** The sweeps that there are. */
export function SweepList() {
  const [changes, setChanges] = useState(0);
  const { value, refusal, isWaiting, more } =
    usePages((pageToken, signal) => service.sweeps.listSweeps(pageToken === undefined ? {} : { pageToken }, { signal }),
    [changes]);
  return (
    <>
      <RefusalSummary refusal={refusal} />
      {value === null && isWaiting ? <p role="status">Loading…</p> : (
        <Table caption="Sweeps, newest first" rows={value ?? []} rowKey={(row) => row.id}
          empty="There are no sweeps yet. Start one under New training, by Try several values." columns={[
            { title: 'Name', cell: (row) => <a href={linkTo(`sweeps/${row.id}`)}>{sweepName(row)}</a> },
            { title: 'State', cell: (row) => <State state={row.state} /> },
            { title: 'Varied', cell: (row) => variedIn(row.values).join(', ') || 'seeds' },
            { title: 'Trials', cell: (row) => `${count(row.progress.finished)} of ${count(row.progress.trials)}`,
              isNumber: true },
            { title: 'Best', cell: (row) => number(row.best?.loss), isNumber: true },
            { title: 'Made', cell: (row) => time(row.createdAt) },
            {
              title: 'Delete', cell: (row) => (isOver(row.state)
                ? <ActButton text="Delete" label={`Delete ${sweepName(row)}`} question="Delete it with its trials?"
                  act={() => service.sweeps.deleteSweep({ id: row.id }).then(() => setChanges((before) => before + 1))}
                  />
                : '–'),
            },
          ]} />
      )}
      {more !== null && <button type="button" onClick={more}>Show more</button>}
    </>
  );
}
