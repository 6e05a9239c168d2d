/** The mean over the batches of an epoch, each before its update. */
export const TRAINING_LOSS = 'Training loss';
/** Of the validation rows, after the last update of an epoch. */
export const VALIDATION_LOSS = 'Validation loss';
/** Of what a training leaves, over the whole dataset. */
export const MODEL_LOSS = 'Model loss';

/** Within a sentence. */
export function inText(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
