import { number } from '../../components/numbers.js';
import { Table } from '../../components/table.js';
import type { Example } from './example.js';
import type { Result } from './run.js';

interface Row {
  what: string;
  learned: string;
  exact: string;
}

/** What the model answers, beside what is exact. */
export function Answers({ example, result }: { example: Example; result: Result }) {
  const { question, motion, keeps } = example;
  const rows: Row[] = question.equations.flatMap((equation, e) => question.inputs.map((at, i) => ({
    what: result.answer.results[e]?.shape.length === 0 && (at as number[]).every((value) => value === 0) ? equation : `${short(equation)} at (${(at as number[]).map(number).join(', ')})`,
    learned: written(result.answer.results[e]?.values?.[i]),
    exact: written((question.exact[e] as unknown[])[i]),
  })));
  const drift = motion && result.motion && Math.max(...result.motion.trajectories.flatMap(({ energies }) =>
    energies === undefined || energies === null ? [] : energies.map((energy) => Math.abs(energy - (energies[0] ?? 0)))));
  return (
    <>
      <Table caption={`What it says of ${question.about}`} rows={rows} rowKey={(row) => row.what} columns={[
        { title: 'Asked', cell: (row) => <code>{row.what}</code> },
        { title: 'Learned', cell: (row) => row.learned, isNumber: true },
        { title: 'True', cell: (row) => row.exact, isNumber: true },
      ]} />
      {drift !== undefined && drift !== null && keeps !== undefined
        && <p>Over {motion?.steps.toLocaleString('en')} steps its energy changes by {number(drift)} at most.</p>}
    </>
  );
}

function short(equation: string): string {
  return equation.length > 30 ? 'it' : equation;
}

function written(value: unknown): string {
  return Array.isArray(value) ? `(${value.map(written).join(', ')})` : number(value as number | null);
}
