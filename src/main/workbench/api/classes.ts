import { Loss, type NetworkResponse, type TrainingRequest } from 'client';

type Known = TrainingRequest['loss'];

/** Losses that make probabilities of the outputs before they compare these with the targets, and by what. */
const MADE_BY: Partial<Record<Loss, 'softmax' | 'sigmoid'>> = {
  [Loss.CrossEntropy]: 'softmax', [Loss.BinaryCrossEntropy]: 'sigmoid',
};

function madeBy(loss: Known): 'softmax' | 'sigmoid' | null {
  return typeof loss === 'string' ? MADE_BY[loss] ?? null : null;
}

/** Whether the targets are probabilities, so that the outputs, of which these are made, are not of their scale. */
export function isOfClasses(loss: Known): boolean {
  return madeBy(loss) !== null;
}

/**
 * What a named loss compares with the targets, as an equation of the network; null where it cannot be told whether the outputs are
 * probabilities already.
 */
export function comparedBy(loss: Known, network: Pick<NetworkResponse, 'layers' | 'architecture' | 'normalization'>): string | null {
  const made = madeBy(loss);
  if (made === null) return loss === Loss.Hamiltonian ? 'field' : 'outputs';
  const last = network.layers?.at(-1);
  const end = network.architecture ? JSON.stringify(network.architecture)
    : last !== undefined && 'activation' in last ? last.activation ?? '' : '';
  if (!network.architecture && !network.normalization?.outputs && [made, `${made}(x)`].includes(end)) return 'outputs';
  return /exp|softmax|sigmoid/.test(end) ? null : `${made}(outputs)`;
}

/** What makes probabilities of the outputs of a trained network, where these are none themselves; null of any other. */
export function likelyOf(training: { loss: Known } | null, network: NetworkResponse): string | null {
  const compared = training !== null && isOfClasses(training.loss) ? comparedBy(training.loss, network) : null;
  return compared === 'outputs' ? null : compared;
}

/** The probabilities that the outputs of a network are or, if `compared` says so, are made into. */
export function probabilitiesOf(compared: string, outputs: readonly number[]): number[] {
  if (compared === 'outputs') return [...outputs];
  if (compared === 'sigmoid(outputs)') return outputs.map((output) => 1 / (1 + Math.exp(-output)));
  const largest = Math.max(...outputs);
  const powers = outputs.map((output) => Math.exp(output - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
