import type { TrainingRequest } from 'client';
import { choices, type Schema } from '../../api/document.js';
import { token } from '../../api/problems.js';
import { labelOf } from '../../components/words.js';
import { OF_BATCHES, takesAll, termsOf, type SweepValue } from './request.js';
import { plain } from './settings-fields.js';

/** What can be varied of a training, by its pointer into it. */
export interface Varied {
  value: string;
  label: string;
  kind: 'words' | 'number' | 'whole';
  /** Values to begin with, in their order. */
  suggested: readonly unknown[];
}

/** What a value of a sweep is with another field: values and a range that suit it. */
export function valueOf({ value, kind, suggested }: Varied): Partial<SweepValue> {
  const list = { pointer: value, list: suggested.map(String).join(', ') };
  if (kind === 'words') return { ...list, isRange: false, isInteger: false };
  const numbers = suggested as readonly number[];
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  return { ...list, from, to, isInteger: kind === 'whole', isLogarithmic: from > 0 };
}

const digits = (value: number, many: number) => Number(value.toPrecision(many));

/** Numbers around one, within the bounds of a schema. */
function around(value: number, isWhole: boolean, { minimum, maximum, exclusiveMaximum }: Schema): number[] {
  const least = minimum ?? -Infinity;
  if (isWhole) {
    const most = maximum ?? Infinity;
    return [...new Set([Math.floor(value / 2), value, 2 * value].map((other) => Math.min(most, Math.max(least, other))))];
  }
  const most = maximum ?? exclusiveMaximum ?? Infinity;
  if (value === 0) return [0, Math.min(1, most / 2)];
  const [lower, upper] = most === Infinity ? [digits(value / 3, 1), digits(3 * value, 1)]
    : [digits(value / 2, 4), digits((value + most) / 2, 4)];
  return [lower, value, upper].filter((other) => other >= least);
}

function variedBy(value: string, label: string, schema: Schema, now: unknown): Varied | null {
  if (schema.enum !== undefined)
    return { value, label, kind: 'words', suggested: schema.enum.filter((choice) => choice !== null).slice(0, 2) };
  const types = [schema.type ?? []].flat();
  if (types.includes('boolean')) return { value, label, kind: 'words', suggested: [true, false] };
  const isWhole = types.includes('integer');
  if (!isWhole && !types.includes('number')) return null;
  const given = [now, schema.default, schema.example].find((each) => typeof each === 'number') ?? 1;
  return { value, label, kind: isWhole ? 'whole' : 'number', suggested: around(given as number, isWhole, schema) };
}

/** What has one value of those that a schema states, below a pointer, with what it is now. */
function fieldsOf(schemas: Record<string, Schema>, schema: Schema | undefined, pointer: string, now: object | null, around = ''): Varied[] {
  return Object.entries(schema?.properties ?? {}).filter(([name]) => name !== 'type').flatMap(([name, stated]) => {
    const label = around === '' ? labelOf(name) : `${around}, ${labelOf(name).toLowerCase()}`;
    return variedBy(`${pointer}/${token(name)}`, label, plain(schemas, stated), (now as Record<string, unknown> | null)?.[name]) ?? [];
  });
}

/** What can be varied of a training: of a network only where that is in the training; not the loss, by which trials are ranked. */
export function variedOf(schemas: Record<string, Schema>, training: TrainingRequest): Varied[] {
  const kind = training.optimizer?.type ?? 'adam';
  const kinds = choices(schemas, 'OptimizerSettings');
  const network = training.networkId ? null : training.network ?? null;
  const architecture = network?.architecture ?? null;
  const ofArchitecture = architecture === null ? undefined : choices(schemas, 'Architecture').get(architecture.type);
  const coefficients = architecture?.type === 'equations' ? Object.entries(architecture.coefficients ?? {}) : [];
  // Seeds have a field of their own.
  const isHere = ({ value }: Varied) => value !== '/seed' &&
    (!takesAll(training.optimizer) || !OF_BATCHES.has(value.slice(1)));
  const number = { type: 'number' };
  // The last layer has a unit for each output that has a name.
  const isFixed = (layer: number) => layer === network!.layers!.length - 1 && (network!.outputs ?? []).length > 0;
  return [
    ...fieldsOf(schemas, kinds.get(kind), '/optimizer', training.optimizer ?? null),
    { value: '/optimizer', label: 'Optimizer', kind: 'words', suggested: [kind, takesAll(training.optimizer) ? 'adam' : 'lbfgs'] },
    ...fieldsOf(schemas, schemas['TrainingRequest'], '', training).filter(isHere),
    ...termsOf(training.loss).flatMap(({ weight }, at) =>
      variedBy(`/loss/terms/${at}/weight`, `Term ${at + 1}, weight`, number, weight) ?? []),
    ...(network?.layers ?? []).flatMap((layer, at): Varied[] => [
      ...(isFixed(at) ? [] : fieldsOf({}, { properties: { units: { type: 'integer', minimum: 1, default: 8 } } },
        `/network/layers/${at}`, layer, `Layer ${at + 1}`)),
      { value: `/network/layers/${at}/activation`, label: `Layer ${at + 1}, activation`, kind: 'words', suggested: ['tanh', 'relu'] },
    ]),
    ...fieldsOf(schemas, ofArchitecture, '/network/architecture', architecture, 'Network'),
    ...coefficients.flatMap(([name, { initial }]) =>
      variedBy(`/network/architecture/coefficients/${token(name)}/initial`, `${name} starts at`, number, initial) ?? []),
  ];
}
