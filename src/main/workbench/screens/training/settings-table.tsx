import type { TrainingResponse } from 'client';
import { Table } from '../../components/table.js';
import { settingsOf } from './request.js';

/** Settings by name, what is within another one behind a dot: `optimizer.learningRate`. */
function flat(value: unknown, name = ''): [string, string][] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([part, inner]) => flat(inner, name === '' ? part : `${name}.${part}`));
  }
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
}

/** The settings of trainings; of several those in which they differ. */
export function SettingsTable({ trainings, nameOf }: { trainings: readonly TrainingResponse[];
  nameOf: (training: TrainingResponse) => string }) {
  const settings = trainings.map((training) => new Map(flat(settingsOf(training))));
  const names = [...new Set(settings.flatMap((of) => [...of.keys()]))];
  const shown = trainings.length === 1 ? names.filter((name) => !['[]', '{}'].includes(settings[0]!.get(name) ?? ''))
    : names.filter((name) => new Set(settings.map((of) => of.get(name))).size > 1);
  return (
    <Table caption={trainings.length === 1 ? 'Settings' : 'Settings that differ'} rows={shown} rowKey={(name) => name}
      empty="They have the same settings."
      columns={[
        { title: 'Setting', cell: (name) => <code>{name}</code> },
        ...trainings.map((training, at) =>
          ({ title: trainings.length === 1 ? 'Value' : nameOf(training),
          cell: (name: string) => settings[at]!.get(name) ?? '–' })),
      ]} />
  );
}
