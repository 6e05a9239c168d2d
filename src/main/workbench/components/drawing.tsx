import type { NetworkRequest } from 'client';
import { counted } from './numbers.js';

const MOST = 8;
const GAP = 34;

interface Row {
  title: string;
  units: number;
}

function rows(network: NetworkRequest): Row[] {
  const inputs = typeof network.inputs === 'number' ? network.inputs : ((network.inputs as string[] | null)?.length ?? 0);
  let width = inputs;
  const layers = (network.layers ?? []).map((layer, index) => {
    width = 'units' in layer && Number.isFinite(layer.units) ? layer.units : width;
    const activation = 'activation' in layer ? layer.activation ?? 'tanh' : layer.type === 'dense' || layer.type === undefined ? 'tanh' : '';
    return { title: `${index + 1}: ${activation || layer.type}`, units: width };
  });
  if (layers.length > 0) return [{ title: 'inputs', units: inputs }, ...layers];
  const architecture = network.architecture as unknown as Record<string, unknown> | null | undefined;
  const hidden = Number(architecture?.['hiddenLayers'] ?? architecture?.['layers'] ?? architecture?.['blocks'] ?? 1);
  const units = Number(architecture?.['width'] ?? inputs);
  const outputs = architecture?.['type'] === 'equations' ? Object.keys((architecture['outputs'] as object | null) ?? {}).length
    : ['hamiltonian', 'lagrangian'].includes(String(architecture?.['type'])) ? 1 : inputs;
  return [{ title: 'inputs', units: inputs },
    ...Array.from({ length: Math.min(Math.max(hidden || 1, 1), 6) }, (_, index) => ({ title: `${index + 1}`, units })),
    { title: String(architecture?.['type'] ?? ''), units: outputs }];
}

/** The network as circles and lines; of wide layers some units, with their number below. */
export function Drawing({ network }: { network: NetworkRequest }) {
  const drawn = rows(network);
  const rowsOfUnits = Math.min(Math.max(...drawn.map(({ units }) => units || 1), 1), MOST);
  const height = GAP * rowsOfUnits + 50;
  const step = 110;
  const width = step * drawn.length;
  const places = drawn.map(({ units }, column) => {
    const shown = Math.max(0, Math.min(Math.floor(units) || 0, MOST));
    return Array.from({ length: shown }, (_, row) => ({ x: column * step + step / 2, y: (GAP * rowsOfUnits) / 2 + (row - (shown - 1) / 2) * GAP }));
  });
  const text = drawn.map(({ title, units }) => `${title} with ${counted(units, 'unit')}`).join(', ');
  return (
    <figure>
      <div class="scroll" tabIndex={0} role="group" aria-label="Drawing of the network">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`The network: ${text}.`}>
          {places.slice(1).flatMap((right, column) => right.flatMap((to) => places[column]!.map((from) => (
            <line key={`${from.x} ${from.y} ${to.y}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} class="wire" />
          ))))}
          {places.flat().map(({ x, y }) => <circle key={`${x} ${y}`} cx={x} cy={y} r="11" class="unit" />)}
          {drawn.map(({ title, units }, column) => (
            <g key={column} class="label">
              <text x={column * step + step / 2} y={height - 28}>{title.length > 15 ? `${title.slice(0, 14)}…` : title}</text>
              <text x={column * step + step / 2} y={height - 10}>{counted(units, 'unit')}</text>
            </g>
          ))}
        </svg>
      </div>
    </figure>
  );
}
