import type { TrainingResponse } from 'client';
import { token } from '../../api/problems.js';
import { Table } from '../../components/table.js';
import { labelOf, shortPlaces } from '../../components/words.js';
import { settingsOf } from './request.js';

/** Settings by their JSON Pointers: `/optimizer/learningRate`. What chooses a kind is written as where it is chosen. */
function flat(value: unknown, pointer = ''): [string, string][] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([part, inner]) => flat(inner, `${pointer}/${token(part)}`));
  }
  return [[pointer, typeof value !== 'string' ? JSON.stringify(value) : pointer.endsWith('/type') ? labelOf(value) : value]];
}

/** The settings of trainings; of several those in which they differ. */
export function SettingsTable({ trainings, nameOf, names = new Map() }: {
  trainings: readonly TrainingResponse[];
  nameOf: (training: TrainingResponse) => string;
  /** What networks and datasets are called, by their ids. */
  names?: ReadonlyMap<string, string>;
}) {
  const settings = trainings.map((training) => new Map(flat(settingsOf(training)).map(([pointer, value]): [string, string] => {
    const called = names.get(value);
    return called === undefined ? [pointer, value] : [pointer.replace(/Id$/, ''), called];
  })));
  const pointers = [...new Set(settings.flatMap((of) => [...of.keys()]))];
  const shown = trainings.length === 1 ? pointers.filter((pointer) => !['[]', '{}'].includes(settings[0]!.get(pointer) ?? ''))
    : pointers.filter((pointer) => new Set(settings.map((of) => of.get(pointer))).size > 1);
  const places = shortPlaces(pointers);
  return (
    <Table caption={trainings.length === 1 ? 'Settings' : 'Settings that differ'} rows={shown} rowKey={(pointer) => pointer}
      empty="They have the same settings."
      columns={[
        { title: 'Setting', cell: (pointer) => places.get(pointer)! },
        ...trainings.map((training, at) =>
          ({ title: trainings.length === 1 ? 'Value' : nameOf(training),
          cell: (pointer: string) => settings[at]!.get(pointer) ?? '–' })),
      ]} />
  );
}
