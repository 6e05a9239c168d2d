import type { Architecture, Layer, NetworkRequest } from 'client';
import { counted } from './numbers.js';

const MOST = 8;
const GAP = 34;
const STEP = 110;
/** As small as a drawing becomes where there is little place; what is wider then scrolls. */
const SMALLEST = 0.75;
/** Below the units for their number, and above those of a part for its name. */
const [BELOW, ABOVE] = [50, 24];

interface Row {
  title: string;
  units: number;
}

/** Layers behind each other, with the name of the part that they are, and which of the inputs and outputs they are tied to. */
interface Block {
  name: string;
  rows: Row[];
  takes: (input: string) => boolean;
  gives: (output: string) => boolean;
}

function layerRows(layers: readonly Layer[], inputs: number): Row[] {
  let width = inputs;
  return layers.map((layer, index) => {
    width = 'units' in layer && Number.isFinite(layer.units) ? layer.units : width;
    const activation = 'activation' in layer ? layer.activation ?? 'tanh' : layer.type === 'dense' || layer.type === undefined ? 'tanh' : '';
    return { title: `${index + 1}: ${activation || layer.type}`, units: width };
  });
}

/** How many outputs an architecture has. */
export function outputCount(architecture: Architecture, inputs: number): number {
  const { type, systemParameters } = architecture as { type: string; systemParameters?: number | null };
  return ['hamiltonian', 'lagrangian'].includes(type) ? 1 : inputs - (type === 'generalized-hamiltonian' ? systemParameters ?? 0 : 0);
}

function architectureRows(architecture: Architecture | null | undefined, inputs: number): Row[] {
  const settings = architecture as unknown as Record<string, unknown> | null | undefined;
  const hidden = Number(settings?.['hiddenLayers'] ?? settings?.['layers'] ?? settings?.['blocks'] ?? 1);
  const units = Number(settings?.['width'] ?? inputs);
  const outputs = architecture ? outputCount(architecture, inputs) : inputs;
  return [...Array.from({ length: Math.min(Math.max(hidden || 1, 1), 6) }, (_, index) => ({ title: `${index + 1}`, units })),
    { title: String(settings?.['type'] ?? ''), units: outputs }];
}

function rowsOf({ layers, architecture }: { layers?: readonly Layer[] | null; architecture?: Architecture | null }, inputs: number): Row[] {
  return (layers ?? []).length > 0 ? layerRows(layers!, inputs) : architectureRows(architecture, inputs);
}

/** What a function is called with in an equation, as far as brackets match. */
function argumentsOf(name: string, equation: string): string[] {
  return [...equation.matchAll(/([\p{L}\p{N}_]+)\(/gu)].filter((call) => call[1] === name).map(({ index, 0: start }) => {
    const from = index + start.length;
    let [at, depth] = [from, 1];
    for (; at < equation.length && depth > 0; at++) depth += equation[at] === '(' ? 1 : equation[at] === ')' ? -1 : 0;
    return equation.slice(from, at);
  });
}

function namesIn(text: string): Set<string> {
  return new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
}

function blocks(network: NetworkRequest, inputs: readonly string[]): Block[] {
  const { architecture } = network;
  const all = () => true;
  if (architecture?.type !== 'equations' || (network.layers ?? []).length > 0)
    return [{ name: '', rows: rowsOf(network, inputs.length), takes: all, gives: all }];
  const equations = Object.entries(architecture.outputs ?? {}) as [string, string][];
  return Object.entries(architecture.parts ?? {}).map(([name, part]) => {
    const taken = namesIn(equations.flatMap(([, equation]) => argumentsOf(name, equation)).join(' '));
    const given = new Set(equations.filter(([, equation]) => namesIn(equation).has(name)).map(([output]) => output));
    const own = Array.isArray(part.inputs) ? part.inputs.length : Number(part.inputs) || inputs.length;
    return { name, rows: rowsOf(part, own), takes: (input) => taken.has(input) || taken.has('inputs'), gives: (output) => given.has(output) };
  });
}

/** Units one below the other: the middle of them, and where what they are called stands. */
interface Column extends Row {
  x: number;
  y: number;
  bottom: number;
}

function unitsOf({ units }: Row): string {
  return Number.isInteger(units) && units > 0 ? counted(units, 'unit') : '? units';
}

function shownOf({ units }: Row): number {
  return Math.max(0, Math.min(Math.floor(units) || 0, MOST));
}

function placesOf(column: Column) {
  const shown = shownOf(column);
  return Array.from({ length: shown }, (_, row) =>
    ({ x: column.x, y: column.y + (row - (shown - 1) / 2) * GAP, areDots: column.units > MOST && row === MOST - 2,
      unit: column.units > MOST && row === MOST - 1 ? column.units - 1 : row }));
}

/**
 * The network as circles and lines; of wide layers some units with dots between them, and their number below. Parts of equations
 * stand one below the other, each with its name.
 */
export function Drawing({ network }: { network: NetworkRequest }) {
  const inputs = typeof network.inputs === 'number' ? Array.from({ length: network.inputs }, (_, at) => `x${at + 1}`)
    : (network.inputs as string[] | null) ?? [];
  const isOfEquations = network.architecture?.type === 'equations' && (network.layers ?? []).length === 0;
  const outputs = isOfEquations ? Object.keys((network.architecture as { outputs?: object }).outputs ?? {}) : null;
  const parts = blocks(network, inputs);
  const ends = [{ title: 'inputs', units: inputs.length }, ...(outputs === null ? [] : [{ title: 'outputs', units: outputs.length }])];
  const heightOf = (rows: readonly Row[]) => GAP * Math.max(1, ...rows.map(shownOf)) + BELOW;
  const heights = parts.map(({ name, rows }) => heightOf(rows) + (name === '' ? 0 : ABOVE));
  const height = Math.max(heightOf(ends), heights.reduce((sum, part) => sum + part, 0));
  const depth = Math.max(0, ...parts.map(({ rows }) => rows.length));
  const xOf = (at: number) => at * STEP + STEP / 2;
  const end = (row: Row, at: number): Column => ({ ...row, x: xOf(at), y: (height - BELOW) / 2, bottom: height });
  const first = end(ends[0]!, 0);
  const last = outputs === null ? null : end(ends[1]!, depth + 1);
  let top = 0;
  const inner = parts.map(({ name, rows, takes, gives }, at) => {
    const [above, bottom] = [top + (name === '' ? 0 : ABOVE), top + heights[at]!];
    top = parts.length === 1 ? height : bottom;
    return { name, takes, gives, above, columns: rows.map((row, index): Column =>
      ({ ...row, x: xOf(index + 1), y: (above + top - BELOW) / 2, bottom: top })) };
  });
  const columns = [first, ...inner.flatMap((part) => part.columns), ...(last === null ? [] : [last])];
  const wires = inner.flatMap(({ columns: own, takes, gives }) => [
    ...(own.length === 0 ? [] : [{ from: first, to: own[0]!, isTied: (i: number) => takes(inputs[i] ?? '') }]),
    ...own.slice(1).map((to, at) => ({ from: own[at]!, to, isTied: () => true })),
    ...(own.length === 0 || last === null ? []
      : [{ from: own.at(-1)!, to: last, isTied: (_: number, j: number) => gives(outputs![j] ?? '') }]),
  ]);
  const told = (row: Row) => `${row.title} with ${unitsOf(row)}`;
  const text = [told(first), ...inner.map(({ name, columns: own }) => (name === '' ? '' : `part ${name}: `) + own.map(told).join(', ')),
    ...(last === null ? [] : [told(last)])].join(inner.length > 1 ? '; ' : ', ');
  const width = STEP * (depth + ends.length);
  return (
    <figure>
      <div class="scroll" tabIndex={0} role="group" aria-label="Drawing of the network">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} style={{ minWidth: width * SMALLEST }} role="img" aria-label={`The network: ${text}.`}>
          {wires.map(({ from, to, isTied }, at) => (
            <g key={at}>
              {placesOf(to).flatMap((right, j) => placesOf(from).map((left, i) => (right.areDots || left.areDots || !isTied(left.unit, right.unit) ? null
                : <line key={`${i} ${j}`} x1={left.x} y1={left.y} x2={right.x} y2={right.y} class="wire" />)))}
            </g>
          ))}
          {columns.map((column, at) => (
            <g key={at} class="label">
              {placesOf(column).map(({ x, y, areDots }, row) => (areDots
                ? <text key={row} x={x} y={y + 5}>⋮</text> : <circle key={row} cx={x} cy={y} r="11" class="unit" />))}
            </g>
          ))}
          {columns.map((column, at) => (
            <g key={at} class="label">
              <text x={column.x} y={column.bottom - 28}>{column.title.length > 15 ? `${column.title.slice(0, 14)}…` : column.title}</text>
              <text x={column.x} y={column.bottom - 10}>{unitsOf(column)}</text>
            </g>
          ))}
          {inner.filter(({ name }) => name !== '').map(({ name, above }) => (
            <g key={name} class="label part"><text x={xOf(1)} y={above - 8}>{name}</text></g>
          ))}
        </svg>
      </div>
    </figure>
  );
}
