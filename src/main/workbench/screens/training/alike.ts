import type { NetworkResponse } from 'client';

/**
 * For the id of every network one that is like it, as trainings leave copies that were started again: that of an id, or the first.
 */
export function alike(networks: readonly NetworkResponse[], preferred?: string | null): Map<string, NetworkResponse> {
  const keyOf = ({ id: _, createdAt: _at, ...definition }: NetworkResponse) => JSON.stringify(definition);
  const chosen = new Map<string, NetworkResponse>();
  for (const network of networks) {
    const key = keyOf(network);
    if (!chosen.has(key) || network.id === preferred) chosen.set(key, network);
  }
  return new Map(networks.map((network) => [network.id, chosen.get(keyOf(network))!]));
}
