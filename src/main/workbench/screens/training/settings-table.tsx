import type { LossTerm, TrainingResponse } from 'client';
import { token } from '../../api/problems.js';
import { counted } from '../../components/numbers.js';
import { Table } from '../../components/table.js';
import { inText, labelOf, shortPlaces } from '../../components/words.js';
import { settingsOf, termsOf } from './request.js';

/** A term as people say it: `D(u, t) - u; weight 1; 50 points, x from 0 to 1`. */
function termText({ equation, sample, dataset, ...rest }: LossTerm, names: ReadonlyMap<string, string>): string {
  const said = (parts: object) => Object.entries(parts).filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${inText(labelOf(name))} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const { points, ranges, ...others } = sample ?? { points: 0, ranges: {} };
  return [equation, ...said(rest),
    ...(typeof dataset === 'string' ? [`dataset ${names.get(dataset) ?? dataset}`] : said({ dataset })),
    ...(sample ? [[counted(points, 'point'), ...said(others),
      ...Object.entries(ranges).map(([name, [from, to]]) => `${name} from ${from} to ${to}`)].join(', ')] : [])].join('; ');
}

/** Settings by their JSON Pointers: `/optimizer/learningRate`. What chooses a kind is written as where it is chosen. */
function flat(value: unknown, pointer = ''): [string, string][] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([part, inner]) => flat(inner, `${pointer}/${token(part)}`));
  }
  return [[pointer, typeof value !== 'string' ? JSON.stringify(value) : pointer.endsWith('/type') ? labelOf(value) : value]];
}

function settingsIn(training: TrainingResponse, names: ReadonlyMap<string, string>): [string, string][] {
  const terms = termsOf(training.loss).map((term, at): [string, string] => [`/loss/terms/${at}`, termText(term, names)]);
  return flat(settingsOf(training)).flatMap((setting) => (setting[0] === '/loss/terms' ? terms : [setting]));
}

/** The settings of trainings; of several those in which they differ. */
export function SettingsTable({ trainings, nameOf, names = new Map() }: {
  trainings: readonly TrainingResponse[];
  nameOf: (training: TrainingResponse) => string;
  /** What networks and datasets are called, by their ids. */
  names?: ReadonlyMap<string, string>;
}) {
  const settings = trainings.map((training) => new Map(settingsIn(training, names).map(([pointer, value]): [string, string] => {
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
