import type { TrainingResponse } from 'client';
import { termsOf } from '../../api/model.js';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';

/** Points of a term, in the order of the network's inputs; none, and why, where they are not known any more. */
export interface TermPoints {
  name: string;
  rows: readonly (readonly number[])[];
  reason: string | null;
}

/** More of a term would hide the picture below them. */
const MOST = 1500;

/** Where the equations of a training's loss are to hold, term by term. */
export async function pointsOf(training: TrainingResponse | null, signal: AbortSignal): Promise<TermPoints[]> {
  return training === null ? [] : Promise.all(termsOf(training).map(async (_, term): Promise<TermPoints> => {
    const name = `term ${term + 1}`;
    try {
      const { inputs } = await service.trainings.getTrainingPoints({ id: training.id, term }, { signal });
      const every = Math.ceil(inputs.length / MOST);
      return { name, rows: inputs.filter((_row, at) => at % every === 0), reason: null };
    } catch (thrown) {
      const refusal = Refusal.from(thrown);
      if (refusal.status !== 409) throw thrown;
      return { name, rows: [], reason: refusal.message };
    }
  }));
}
