import type { TrainingResponse } from 'client';
import { useAsked } from '../api/asked.js';
import { maySeeHeldOut } from '../api/model.js';

/** That rows which a training holds out may be among those that the model was trained on from which it starts. */
export function SeenBefore({ training }: { training: TrainingResponse }) {
  const { value } = useAsked((signal) => maySeeHeldOut(training, signal), [training.id]);
  return value !== true ? null : (
    <p class="warnings"><strong>The model that it started from may have been trained on rows that are held out here.</strong> They are the
      same only with the same dataset, seed and validation fraction. What is said of them may be too good.</p>
  );
}
