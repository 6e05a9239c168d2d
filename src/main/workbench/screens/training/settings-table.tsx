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
export function SettingsTable({ trainings, nameOf, networks = new Map() }: {
  trainings: readonly TrainingResponse[];
  nameOf: (training: TrainingResponse) => string;
  /** What networks are called, by their ids. */
  networks?: ReadonlyMap<string, string>;
}) {
  const settings = trainings.map((training) => {
    const { networkId, ...others } = settingsOf(training);
    const network = networks.get(networkId ?? '');
    return new Map(flat({ ...(network === undefined ? { networkId } : { network }), ...others }));
  });
  const names = [...new Set(settings.flatMap((of) => [...of.keys()]))];
  const shown = trainings.length === 1 ? names.filter((name) => !['[]', '{}'].includes(settings[0]!.get(name) ?? ''))
    : names.filter((name) => new Set(settings.map((of) => of.get(name))).size > 1);
  const places = shortPlaces(names);
  return (
    <Table caption={trainings.length === 1 ? 'Settings' : 'Settings that differ'} rows={shown} rowKey={(name) => name}
      empty="They have the same settings."
      columns={[
        { title: 'Setting', cell: (name) => places.get(name)! },
        ...trainings.map((training, at) =>
          ({ title: trainings.length === 1 ? 'Value' : nameOf(training),
          cell: (name: string) => settings[at]!.get(name) ?? '–' })),
      ]} />
  );
}
