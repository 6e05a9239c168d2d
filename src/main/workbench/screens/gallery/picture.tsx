import type { TrajectoryResponse } from 'client';
import { Chart } from '../../components/chart.js';
import { count, counted, number } from '../../components/numbers.js';
import { TRAINING_LOSS } from '../../components/words.js';
import type { Chart as Content, Side } from '../../charts/chart.js';
import type { Example } from './example.js';
import type { Loss, Result } from './run.js';

/** The result as its example pictures it. */
export function ResultPicture({ example, result, height }: { example: Example; result: Result; height: number }) {
  const chart = content(example, result);
  return chart === null ? null : <Chart {...chart} height={height} />;
}

function content({ picture, training, motion: asked }: Example, { picture: pictured, motion }: Result):
    { title: string; text: string; chart: Content } | null {
  if (picture.kind === 'motion') {
    const [q = 'q', p = 'p'] = (training.network?.inputs ?? []) as string[];
    return motion && {
      title: 'Its motion',
      text: `${count(motion.times.length)} states from each start. What keeps its energy stays on its curve.`,
      chart: {
        kind: 'plane', x: sideOf(q, motion, 0), y: sideOf(p, motion, 1), isEqual: true,
        [asked?.method === 'map' ? 'dots' : 'paths']: motion.trajectories.map(({ states }) => ({
          name: `from (${states[0]?.join(', ')})`, points: states.map(([a = 0, b = 0]) => [a, b] as const),
        })),
      },
    };
  }
  if (pictured === null) return null;
  if (picture.kind === 'curves') {
    return {
      title: `Learned, over ${picture.x.name}`,
      text: `${picture.equations.join(', ')} as the model has them.`,
      chart: {
        kind: 'curves', x: picture.x.name, y: '',
        series: picture.equations.map((name, index) => ({
          name, points: pictured.axes[0]!.map((x, i) => [x, pictured.values[index]?.[i] ?? null] as const),
        })),
      },
    };
  }
  const [down = [], across = []] = pictured.axes;
  return {
    title: `Learned: ${picture.equation} over ${picture.x.name} and ${picture.y.name}`,
    text: picture.kind === 'surface' ? 'Drag it, or use the arrow keys, to turn it.' : `The colour tells ${picture.equation}.`,
    chart: {
      kind: picture.kind, z: picture.equation,
      x: { name: picture.x.name, values: across }, y: { name: picture.y.name, values: down },
      values: down.map((_, j) => (pictured.values[0] ?? []).slice(j * across.length, (j + 1) * across.length)),
    },
  };
}

/** A side on which all states have their place, and somewhat more. */
function sideOf(name: string, { trajectories }: TrajectoryResponse, at: number): Side {
  const values = trajectories.flatMap(({ states }) => states.map((state) => state[at] ?? 0));
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const end = Number((1.1 * Math.max(Math.abs(low), Math.abs(high), 1e-9)).toPrecision(2));
  return { name, from: low < 0 ? -end : 0, to: high > 0 ? end : 0 };
}

export function LossPicture({ loss, height }: { loss: Loss; height: number }) {
  const points = loss.filter(([, value]) => value !== null && value > 0);
  const [, first] = points[0] ?? [];
  const [epochs, latest] = points.at(-1) ?? [];
  return (
    <Chart title="How its training loss falls" height={height}
      chart={{ kind: 'curves', x: 'Epoch', y: TRAINING_LOSS, isLogarithmic: true, series: [{ name: TRAINING_LOSS, points }] }}
      text={`From ${number(first)} to ${number(latest)} in ${counted(epochs ?? 0, 'epoch')}.`} />
  );
}
