import type { NetworkRequest } from 'client';

/** A network in a line: x, y → 8 tanh → 8 tanh → z, inputs normalized. */
export function described(network: Pick<NetworkRequest, 'inputs' | 'outputs' | 'layers' | 'architecture' | 'normalization'>): string {
  const inputs = Array.isArray(network.inputs) ? network.inputs.join(', ') : String(network.inputs);
  const layers = (network.layers ?? []).map((layer) =>
    ('units' in layer ? `${layer.units} ${'activation' in layer ? layer.activation ?? 'tanh' : ''}`.trim() :
    layer.type));
  const inner = network.architecture ? [network.architecture.type] : layers;
  const scaled = (['inputs', 'outputs'] as const).filter((side) => network.normalization?.[side]);
  return [inputs, ...inner, (network.outputs ?? []).join(', ') || 'outputs'].join(' → ')
    + (scaled.length === 0 ? '' : `, ${scaled.join(' and ')} normalized`);
}
