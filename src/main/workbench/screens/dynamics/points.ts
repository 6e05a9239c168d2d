import type { TrainingResponse } from 'client';
import { rowsOf, termsOf } from '../../api/model.js';

/** Points of a term, in the order of the network's inputs. */
export interface TermPoints {
  name: string;
  rows: readonly (readonly number[])[];
}

/** More of a term would hide the picture below them. */
const MOST = 1500;

/** Where the equations of a training's loss were asked to hold, term by term, as far as that is known. */
export async function pointsOf(training: TrainingResponse | null, inputs: readonly string[], signal: AbortSignal): Promise<TermPoints[]> {
  const found = await Promise.all(termsOf(training).map(async ({ dataset, sample }, index) => {
    const id = typeof dataset === 'string' ? dataset : sample ? null : training?.datasetId;
    const rows = id ? await rowsOf(id, signal) : null;
    if (rows === null) return [];
    const order = inputs.map((name, column) => (rows.inputNames.includes(name) ? rows.inputNames.indexOf(name) : column));
    const every = Math.ceil(rows.inputs.length / MOST);
    return [{ name: `term ${index + 1}`, rows: rows.inputs.filter((_, at) => at % every === 0).map((row) => order.map((column) => row[column]!)) }];
  }));
  return found.flat();
}
