import type { NetworkRequest } from 'client';

/** A network whose inputs or outputs are scaled so; null for not at all. Without either there is no normalization. */
export function withScaling(network: NetworkRequest, side: 'inputs' | 'outputs', scaling: unknown): NetworkRequest {
  const { normalization, ...rest } = network;
  const scaled = Object.entries({ ...normalization, [side]: scaling }).filter(([, how]) => how != null);
  return scaled.length === 0 ? rest : { ...rest, normalization: Object.fromEntries(scaled) };
}
