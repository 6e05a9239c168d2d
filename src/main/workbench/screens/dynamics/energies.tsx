import type { TrajectoryResponse } from 'client';
import { useMemo } from 'preact/hooks';
import type { Curves } from '../../charts/chart.js';
import { Chart } from '../../components/chart.js';
import { number } from '../../components/numbers.js';
import { Table } from '../../components/table.js';

/** How the energy changes along trajectories. */
export function Energies({ answer: { times, trajectories } }: { answer: TrajectoryResponse }) {
  const known = trajectories.flatMap(({ energies }, index) => (energies ? [{ index, energies }] : []));
  const chart = useMemo<Curves>(() => ({
    kind: 'curves', x: 't', y: 'change of the energy',
    series: known.map(({ index, energies }) => ({
      name: `start ${index + 1}`,
        points: times.map((time, i) => [time, (energies[i] ?? 0) - (energies[0] ?? 0)] as const),
    })),
  }), [times, trajectories]);
  if (known.length === 0) {
    return <p class="help">This model has no energy of its own. Write one as an equation to see whether it is kept.</p>;
  }
  const changes = known.map(({ index, energies }) => ({
    index, start: energies[0]!,
      most: energies.reduce((most, energy) => Math.max(most, Math.abs(energy - energies[0]!)), 0),
  }));
  return (
    <>
      <Chart title="Energy along the trajectories" chart={chart} height={260}
        text={`It changes by ${number(changes.reduce((most, change) => Math.max(most, change.most), 0))} at most.`} />
      <Table caption="Energy by start" rows={changes} rowKey={({ index }) => String(index)} columns={[
        { title: 'Start', isNumber: true, cell: ({ index }) => index + 1 },
        { title: 'At the start', isNumber: true, cell: ({ start }) => number(start) },
        { title: 'Largest change', isNumber: true, cell: ({ most }) => number(most) },
      ]} />
    </>
  );
}
