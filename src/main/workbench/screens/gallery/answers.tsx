import type { TrajectoryResponse } from 'client';
import { count, number } from '../../components/numbers.js';
import { Table } from '../../components/table.js';
import type { Example } from './example.js';
import type { Result } from './run.js';

interface Row {
  what: string;
  learned: string;
  exact: string;
  off: number;
}

/** What the model answers, beside what is exact. */
export function Answers({ example, result }: { example: Example; result: Result }) {
  const { question, motion, keeps } = example;
  const rows: Row[] = question.equations.flatMap((equation, e) => question.inputs.map((at, i) => ({
    what: isCoefficient(example, equation) ? equation : `${equation.length > 20 ? '' : equation} at ${written(at)}`,
    learned: written(result.answer.results[e]?.values?.[i]),
    exact: written((question.exact[e] as unknown[])[i]),
    off: difference(result.answer.results[e]?.values?.[i], (question.exact[e] as unknown[])[i]),
  })));
  return (
    <>
      <p>Asked for {question.about}.</p>
      <Table caption="Learned and true" rows={rows} rowKey={(row) => row.what} columns={[
        { title: 'What', cell: (row) => <code>{row.what}</code> },
        { title: 'Learned', cell: (row) => row.learned, isNumber: true },
        { title: 'True', cell: (row) => row.exact, isNumber: true },
        { title: 'Off by', cell: (row) => number(row.off), isNumber: true },
      ]} />
      {motion && keeps !== undefined && result.motion
        && <p>Over {count(motion.steps)} steps its energy changes by {number(drift(result.motion))} at most.</p>}
    </>
  );
}

/** Coefficients have one value, whatever the inputs are. */
function isCoefficient({ training: { network } }: Example, equation: string): boolean {
  const architecture = network?.architecture;
  return architecture?.type === 'equations' && equation in (architecture.coefficients ?? {});
}

function drift({ trajectories }: TrajectoryResponse): number {
  return Math.max(...trajectories.flatMap(({ energies }) => {
    const [first = 0, ...others] = energies ?? [];
    return others.map((energy) => Math.abs(energy - first));
  }));
}

function written(value: unknown): string {
  return Array.isArray(value) ? `(${value.map(written).join(', ')})` : number(value as number | null);
}

/** How far one is from the other; of arrays the greatest of all entries. */
function difference(learned: unknown, exact: unknown): number {
  return Array.isArray(exact) ? Math.max(...exact.map((entry, at) => difference((learned as unknown[] | null)?.[at], entry)))
    : typeof learned === 'number' ? Math.abs(learned - (exact as number)) : NaN;
}
