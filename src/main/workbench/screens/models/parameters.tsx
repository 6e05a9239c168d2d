import type { ParameterShape } from 'client';
import { number } from '../../components/numbers.js';

/** The most rows and columns of an array that are shown. */
const MOST = 24;

/** Arrays of parameters as tables, in the order of the network. */
export function Parameters({ shapes, values }: { shapes: readonly ParameterShape[]; values: Record<string, unknown> }) {
  return (
    <div class="parameters">
      {shapes.map(({ path, shape }) => <ParameterTable key={path} path={path} shape={shape}
        value={at(values, path)} />)}
    </div>
  );
}

function at(values: unknown, path: string): unknown {
  return path.split('.').reduce((found, name) => (found as Record<string, unknown> | undefined)?.[name], values);
}

function ParameterTable({ path, shape, value }: { path: string; shape: readonly number[]; value: unknown }) {
  const rows = rowsOf(value);
  const columns = rows[0]?.length ?? 0;
  const isCut = rows.length > MOST || columns > MOST;
  const caption = `${path}${shape.length === 0 ? '' : `, ${shape.join(' × ')}`}`;
  return (
    <div class="scroll parameter" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption><code>{path}</code>{shape.length === 0 ? '' : `, ${shape.join(' × ')}`}</caption>
        <tbody>
          {rows.slice(0, MOST).map((row, index) => (
            <tr key={index}>
              {row.slice(0, MOST).map((entry, column) => <td key={column} class="number">{number(entry)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && <p class="help">The first {MOST} rows and columns. All are in the copy and in the file.</p>}
    </div>
  );
}

/** A matrix by its rows; a vector and a number are one row, an array of more dimensions has a row per innermost vector. */
function rowsOf(value: unknown): number[][] {
  if (!Array.isArray(value)) return [[value as number]];
  return Array.isArray(value[0]) ? value.flatMap(rowsOf) : [value as number[]];
}

/** A value for people: a number, or numbers in brackets. */
export function valueText(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(valueText).join(', ')}]` : number(value as number | null);
}
