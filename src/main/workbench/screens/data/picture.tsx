import { useMemo, useState } from 'preact/hooks';
import { Chart } from '../../components/chart.js';
import { CheckField, SelectField } from '../../components/field.js';
import { counted } from '../../components/numbers.js';
import { gridOf, statistics, thinned, type NumberColumn } from './columns.js';

const MOST_POINTS = 2000;
const MOST_ROWS = 500;
const MOST_COLUMNS = 6;
/** The least size of a cell of a matrix, so that its numbers stand apart, and what is beside all cells. */
const [LEAST_WIDTH, LEAST_HEIGHT, BESIDE] = [96, 80, 64];
const TURN = ' Turn it by dragging or by the arrow keys.';

/** Columns seen: a curve over one input, a surface or heat map over two on a grid, else each against each. */
export function DataPicture({ inputs, targets }: { inputs: readonly NumberColumn[]; targets: readonly NumberColumn[] })
  {
  const [shown, setShown] = useState(0);
  const [view, setView] = useState<'surface' | 'heat-map'>('surface');
  const target = targets[Math.min(shown, targets.length - 1)];
  const [x, y] = inputs;
  const grid = useMemo(() =>
    (inputs.length === 2 && x && y && target ? gridOf(x.values, y.values, target.values) : null), [x, y, target]);
  if (grid !== null && x && y && target) {
    const axes = { x: { name: x.name, values: grid.x }, y: { name: y.name, values: grid.y }, z: target.name,
      values: grid.values };
    return (
      <>
        <div class="row">
          {targets.length > 1 && (
            <SelectField label="Target" value={String(shown)} onChange={(next) => setShown(Number(next))}
              options={targets.map((column, at) => ({ value: String(at), label: column.name }))} />
          )}
          <SelectField label="Seen as" value={view} onChange={setView}
            options={[{ value: 'surface', label: 'Surface' }, { value: 'heat-map', label: 'Heat map' }]} />
        </div>
        <Chart title={`${target.name} over ${x.name} and ${y.name}`} chart={{ kind: view, ...axes }}
          text={`${grid.x.length} by ${grid.y.length} places; those without a number are left empty.`
            + (view === 'surface' ? TURN : '')} />
      </>
    );
  }
  if (inputs.length === 1 && x && targets.length > 0) return <Curve x={x} targets={targets} />;
  return <Matrix columns={[...inputs, ...targets]} />;
}

function Curve({ x, targets }: { x: NumberColumn; targets: readonly NumberColumn[] }) {
  const chart = useMemo(() => {
    const order = [...x.values.keys()].filter((row) => x.values[row] !== null).sort((a, b) =>
      x.values[a]! - x.values[b]!);
    const series = targets.flatMap((target) => {
      const { odd } = statistics(target.values);
      const points = (rows: readonly number[]) =>
        rows.map((row) => [x.values[row]!, target.values[row] ?? null] as const);
      return [
        { name: target.name, points: points(thinned(order, MOST_POINTS)), isDots: true },
        ...(odd.size === 0 ? [] :
          [{ name: `${target.name}, odd`, points: points(order.filter((row) => odd.has(row))), isMarked: true }]),
      ];
    });
    return { kind: 'curves', x: x.name, y: targets.length === 1 ? targets[0]!.name : 'targets', series } as const;
  }, [x, targets]);
  return (
    <Chart title={`${targets.map((target) => target.name).join(', ')} over ${x.name}`} chart={chart}
      text={`${counted(x.values.length, 'sample')}, the odd ones as diamonds.`} />
  );
}

/** Of many columns those that are chosen, at first some inputs and the last target. */
function Matrix({ columns }: { columns: readonly NumberColumn[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const isMany = columns.length > MOST_COLUMNS;
  const shown = !isMany ? columns : chosen === null ? [...columns.slice(0, MOST_COLUMNS - 1), columns.at(-1)!]
    : columns.filter(({ name }) => chosen.has(name));
  const has = new Set(shown.map(({ name }) => name));
  const choose = (name: string, isShown: boolean) => {
    const others = [...has].filter((other) => other !== name);
    // Where there are as many as fit, the one in front of the last, which is often the target, makes place; two are left.
    const left = isShown && others.length === MOST_COLUMNS ? others.toSpliced(-2, 1) : others;
    setChosen(new Set(isShown || others.length < 2 ? [...left, name] : left));
  };
  const length = columns[0]?.values.length ?? 0;
  const drawn = Math.min(length, MOST_ROWS);
  const names = shown.map((column) => column.name).join(', ');
  const chart = useMemo(() => {
    const rows = thinned([...Array(length).keys()], MOST_ROWS);
    const odd = shown.map((column) => statistics(column.values).odd);
    const marked = new Set(rows.flatMap((row, at) => (odd.some((rowsOfColumn) => rowsOfColumn.has(row)) ? [at] : [])));
    return {
      kind: 'scatter-matrix', marked,
      columns: shown.map((column) => ({ name: column.name, values: rows.map((row) => column.values[row] ?? null) })),
    } as const;
  }, [columns, chosen]);
  return (
    <>
      {isMany && (
        <details>
          <summary>Columns that are drawn: {shown.length} of {columns.length}, {MOST_COLUMNS} at most</summary>
          <p>{columns.map(({ name }) => <CheckField key={name} label={name} value={has.has(name)} onChange={(next) => choose(name, next)} />)}</p>
        </details>
      )}
      <Chart title="Each column against each" height={BESIDE + Math.max(4, shown.length) * LEAST_HEIGHT} chart={chart}
        least={BESIDE + shown.length * LEAST_WIDTH}
        text={`${names}${shown.length < columns.length ? ` of ${columns.length} columns` : ''}; `
          + `${counted(drawn, 'row')}, the odd ones as diamonds.`} />
    </>
  );
}
