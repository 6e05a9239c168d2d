import { MethodName, type NetworkResponse, type TrainingResponse } from 'client';
import { termsOf, type KnownModel } from '../../api/model.js';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';

/** What an input is called that is time. */
export const TIME = /^(t|time|tau|τ)$/i;

/** What moves: equations of a model, as they are asked for. */
export interface System {
  field: string;
  /** Null where there is none. */
  energy: string | null;
  /** How many of the inputs, from the first on, are the state; the rest are parameters of the system. */
  size: number;
  /** How it is followed if nothing else is chosen. */
  method: MethodName;
}

/** Whether a network has a field: that of its architecture or its equations, or outputs that are as many as the inputs. */
function hasField({ inputs, outputs, architecture }: NetworkResponse): boolean {
  const isOwn = architecture?.type === 'equations' ? (architecture.field ?? architecture.energy) != null : architecture != null;
  return isOwn || outputs.length === inputs.length;
}

/** Whether there is something to be seen of a model here: a field, or equations that it was to solve. What is not known may have either. */
export function isOfDynamics(network: NetworkResponse | undefined, training: TrainingResponse | null | undefined): boolean {
  return network === undefined || training === undefined || hasField(network) || termsOf(training).length > 0;
}

/** The field and the energy of a model, as far as it has them: its own, or else its outputs where they are as many as the inputs. */
export async function systemOf({ model, network, ranges }: KnownModel, field: string, energy: string,
  signal: AbortSignal): Promise<System> {
  const middle = network.inputs.map((name) => ((ranges[name]?.[0] ?? 0) + (ranges[name]?.[1] ?? 0)) / 2);
  const shapeOf = async (equation: string) => {
    const { results } = await service.expressions.evaluate({ evaluationRequest: { modelId: model.id,
      equations: [equation], inputs: [middle] } }, { signal });
    return results[0]?.shape ?? [];
  };
  const ifAny = (equation: string) => shapeOf(equation).catch((thrown: unknown) => {
    if (Refusal.from(thrown).status !== 422) throw thrown;
    return null;
  });
  const own = field === '' ? await ifAny('field') : await shapeOf(field).catch((thrown: unknown) => {
    throw at(Refusal.from(thrown), '/field');
  });
  const hasEnergy = energy === '' ? (await ifAny('energy')) !== null : true;
  const size = own === null ? network.outputs.length : own[0] ?? 0;
  if (size === 0 || size > network.inputs.length || (own === null && size !== network.inputs.length)) {
    throw new Refusal(422, 'This model does not move by itself',
      `It makes ${network.outputs.length} of ${network.inputs.length} numbers. Write a field as an equation: a vector with a rate for every input.`);
  }
  const isMap = own === null && network.architecture != null && network.architecture.type !== 'equations';
  return {
    field: field || (own === null ? 'outputs' : 'field'), energy: energy || (hasEnergy ? 'energy' : null), size,
    method: isMap ? MethodName.Map : MethodName.ImplicitMidpoint,
  };
}

/** The same refusal of an equation, which is in another field. */
function at(refusal: Refusal, pointer: string): Refusal {
  return new Refusal(refusal.status, refusal.title, refusal.message,
    refusal.problems.map((problem) => (problem.pointer.startsWith('/equations/') ? { ...problem, pointer } : problem)));
}

/**
 * Arrows of a field over a plane, the longest as long as the distance between two of them; short ones are lengthened, so that
 * directions are seen everywhere.
 *
 * @param across in the order of `up`, one row per value of it: how fast the first coordinate changes
 */
export function arrowsOf(x: readonly number[], y: readonly number[], across: readonly (readonly (number | null)[])[],
  up: readonly (readonly (number | null)[])[], every: number): [number, number, number, number][] {
  const [wide, high] = [(x.at(-1)! - x[0]!) || 1, (y.at(-1)! - y[0]!) || 1];
  const found: [number, number, number, number][] = [];
  for (let j = Math.floor(every / 2); j < y.length; j += every) {
    for (let i = Math.floor(every / 2); i < x.length; i += every) {
      const [dx, dy] = [across[j]?.[i] ?? null, up[j]?.[i] ?? null];
      if (dx !== null && dy !== null) found.push([x[i]!, y[j]!, dx / wide, dy / high]);
    }
  }
  const longest = found.reduce((most, [, , dx, dy]) => Math.max(most, Math.hypot(dx, dy)), 0);
  const cell = (0.9 * every) / (x.length - 1);
  return found.flatMap(([px, py, dx, dy]): [number, number, number, number][] => {
    const length = Math.hypot(dx, dy);
    if (!(length > 0)) return [];
    const scale = (cell * Math.sqrt(length / longest)) / length;
    return [[px, py, dx * scale * wide, dy * scale * high]];
  });
}
