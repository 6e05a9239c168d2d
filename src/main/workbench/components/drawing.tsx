import type { Layer, NetworkRequest } from 'client';
import { counted } from './numbers.js';

const MOST = 8;
const GAP = 34;

interface Row {
  title: string;
  units: number;
}

function layerRows(layers: readonly Layer[], inputs: number): Row[] {
  let width = inputs;
  return layers.map((layer, index) => {
    width = 'units' in layer && Number.isFinite(layer.units) ? layer.units : width;
    const activation = 'activation' in layer ? layer.activation ?? 'tanh' : layer.type === 'dense' || layer.type === undefined ? 'tanh' : '';
    return { title: `${index + 1}: ${activation || layer.type}`, units: width };
  });
}

function rows(network: NetworkRequest): Row[] {
  const inputs = typeof network.inputs === 'number' ? network.inputs : ((network.inputs as string[] | null)?.length ?? 0);
  const first = { title: 'inputs', units: inputs };
  const layers = network.layers ?? [];
  if (layers.length > 0) return [first, ...layerRows(layers, inputs)];
  const { architecture } = network;
  if (architecture?.type === 'equations') {
    const outputs = { title: 'outputs', units: Object.keys(architecture.outputs ?? {}).length };
    const parts = Object.entries(architecture.parts ?? {});
    // Several parts stand side by side, which this does not draw.
    const inner = parts.length !== 1 ? parts.length === 0 ? [] : [{ title: parts.map(([name]) => name).join(', '), units: parts.length }]
      : parts.flatMap(([name, part]) => layerRows(part.layers ?? [], Number(part.inputs) || inputs)
        .map(({ title, units }) => ({ title: `${name}, ${title}`, units })));
    return [first, ...inner, outputs];
  }
  const settings = architecture as unknown as Record<string, unknown> | null | undefined;
  const hidden = Number(settings?.['hiddenLayers'] ?? settings?.['layers'] ?? settings?.['blocks'] ?? 1);
  const units = Number(settings?.['width'] ?? inputs);
  const outputs = ['hamiltonian', 'lagrangian'].includes(String(settings?.['type'])) ? 1 : inputs;
  return [first,
    ...Array.from({ length: Math.min(Math.max(hidden || 1, 1), 6) }, (_, index) => ({ title: `${index + 1}`, units })),
    { title: String(settings?.['type'] ?? ''), units: outputs }];
}

/** The network as circles and lines; of wide layers some units with dots between them, and their number below. */
export function Drawing({ network }: { network: NetworkRequest }) {
  const drawn = rows(network);
  const rowsOfUnits = Math.min(Math.max(...drawn.map(({ units }) => units || 1), 1), MOST);
  const height = GAP * rowsOfUnits + 50;
  const step = 110;
  const width = step * drawn.length;
  const places = drawn.map(({ units }, column) => {
    const shown = Math.max(0, Math.min(Math.floor(units) || 0, MOST));
    return Array.from({ length: shown }, (_, row) => ({ x: column * step + step / 2, y: (GAP * rowsOfUnits) / 2 + (row - (shown - 1) / 2) * GAP,
      areDots: units > MOST && row === MOST - 2 }));
  });
  const text = drawn.map(({ title, units }) => `${title} with ${counted(units, 'unit')}`).join(', ');
  return (
    <figure>
      <div class="scroll" tabIndex={0} role="group" aria-label="Drawing of the network">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`The network: ${text}.`}>
          {places.slice(1).map((right, column) => (
            <g key={column}>
              {right.flatMap((to, j) => places[column]!.map((from, i) => (to.areDots || from.areDots ? null
                : <line key={`${i} ${j}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} class="wire" />)))}
            </g>
          ))}
          {places.map((column, at) => (
            <g key={at} class="label">
              {column.map(({ x, y, areDots }, row) => (areDots
                ? <text key={row} x={x} y={y + 5}>⋮</text> : <circle key={row} cx={x} cy={y} r="11" class="unit" />))}
            </g>
          ))}
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
