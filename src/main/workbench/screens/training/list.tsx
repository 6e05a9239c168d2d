import { ListTrainingsStateEnum as StateChoice, type TrainingResponse } from 'client';
import { useState } from 'preact/hooks';
import { usePages } from '../../api/pages.js';
import { service } from '../../api/service.js';
import { useTick } from '../../api/tick.js';
import { linkTo } from '../../app/address.js';
import { ActButton } from '../../components/act.js';
import { SelectField, TextField } from '../../components/field.js';
import { apart, trainingName } from '../../components/labels.js';
import { useOwn } from '../../components/own.js';
import { count, number, time } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { labelOf, TRAINING_LOSS, VALIDATION_LOSS } from '../../components/words.js';
import { Compare, toCompared } from './compare.js';
import type { TrainingState } from './request.js';
import { CANCEL_OR_NOT, isOver, Outcome } from './states.js';

const LOOK = 4000;

/** The trainings that there are; several can be compared. */
export function TrainingList({ state, change }: { state: TrainingState;
  change: (patch: Partial<TrainingState>) => void }) {
  const [changes, setChanges] = useState(0);
  const [hasLive, setHasLive] = useState(true);
  const own = useOwn();
  const tick = useTick(LOOK, hasLive);
  const chosenState = Object.values(StateChoice).find((value) => value === state.state);
  const { value, refusal, isWaiting, more } = usePages(async (pageToken, signal) => {
    const page = await service.trainings.listTrainings({
      ...(pageToken === undefined ? {} : { pageToken }), ...(chosenState === undefined ? {} : { state: chosenState }),
        ...(state.tag === '' ? {} : { tag: state.tag }), ...own.filter,
    }, { signal });
    setHasLive(page.items.some((training) => !isOver(training.state)));
    return page;
  }, [chosenState, state.tag, own.filter, changes, tick]);
  const compared = new Set(state.compare);
  const nameOf = apart(value ?? [], trainingName);
  return (
    <>
      <RefusalSummary refusal={refusal} />
      <div class="row">
        <SelectField label="State" value={chosenState ?? ''} onChange={(next) => change({ state: next })}
          options={[{ value: '' as StateChoice | '', label: 'All' },
            ...Object.values(StateChoice).map((choice) => ({ value: choice, label: choice }))]} />
        <TextField label="Tag" type="search" value={state.tag} onInput={(tag) => change({ tag })} />
        {own.box}
      </div>
      <p class="help">{state.compare.length === 0 ? 'Choose trainings by their boxes to compare their losses and settings.'
        : state.compare.length === 1 ? 'One is chosen. Choose another to compare it with.'
        : <>{count(state.compare.length)} are chosen, and <button type="button" class="link" onClick={toCompared}>compared below the list</button>.</>}</p>
      {value === null && isWaiting ? <p role="status">Loading…</p> : (
        <div class="trainings">
          <Table caption="Trainings, newest first" rows={value ?? []} rowKey={(row) => row.id}
            empty="There are no such trainings. Start one under New training." columns={[
            {
              title: 'Name', cell: (row) => (
                <span class="check">
                  <input type="checkbox" checked={compared.has(row.id)} aria-label={`Compare ${nameOf(row)}`}
                    onChange={(event) =>
                      change({ compare: event.currentTarget.checked ? [...state.compare, row.id] :
                      state.compare.filter((id) => id !== row.id) })} />
                  <a href={linkTo(`trainings/${row.id}`)}>{nameOf(row)}</a>
                </span>
              ),
            },
            { title: 'State', cell: (row) => <Outcome training={row} /> },
            { title: TRAINING_LOSS, cell: (row) => number(row.progress.loss), isNumber: true },
            ...((value ?? []).some(({ progress }) => progress.validationLoss != null) ? [{ title: VALIDATION_LOSS, isNumber: true,
              cell: ({ progress }: TrainingResponse) => number(progress.validationLoss) }] : []),
            { title: 'Epoch', cell: (row) => `${count(row.progress.epoch)} of ${count(row.epochs)}`, isNumber: true },
            { title: 'Optimizer', cell: (row) => labelOf(row.optimizer.type ?? 'adam') },
            { title: 'Tags', cell: (row) => row.tags.join(', ') },
            { title: 'Made', cell: (row) => time(row.createdAt) },
            {
              title: 'Model', cell: (row) =>
                (row.modelId ? <a href={linkTo(`models/${row.modelId}`)}
                aria-label={`Model of ${nameOf(row)}`}>Model</a> : '–'),
            },
            {
              title: 'Cancel or delete', cell: (row) => (isOver(row.state)
                ? <ActButton text="Delete" label={`Delete ${nameOf(row)}`} question="Delete it with its model?"
                  act={() => service.trainings.deleteTraining({ id: row.id }).then(() =>
                  { change({ compare: state.compare.filter((id) => id !== row.id) });
                  setChanges((before) => before + 1); })} />
                : <ActButton text="Cancel" label={`Cancel ${nameOf(row)}`}
                  question="Cancel it and keep the model so far?" answers={CANCEL_OR_NOT}
                  act={() => service.trainings.cancelTraining({ id: row.id }).then(() =>
                  setChanges((before) => before + 1))} />),
            },
          ]} />
        </div>
      )}
      {more !== null && <button type="button" onClick={more}>Show more</button>}
      {state.compare.length > 1 && <Compare ids={state.compare} onClear={() => change({ compare: [] })} />}
    </>
  );
}
