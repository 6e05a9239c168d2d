import { DrawModelKindEnum, MethodName, type DrawModelRequest, type TrajectoryResponse } from 'client';
import { useMemo } from 'preact/hooks';
import { unrefused, useAsked } from '../../api/asked.js';
import { overAxes, type Axes } from '../../api/grid.js';
import { service } from '../../api/service.js';
import type { Plane, Point } from '../../charts/chart.js';
import { areWrong, AxesFields, axesOf } from '../../components/axes.js';
import { Chart } from '../../components/chart.js';
import { CheckField } from '../../components/field.js';
import { counted, number } from '../../components/numbers.js';
import { side } from '../../components/over-inputs.js';
import { Following } from '../../components/following.js';
import { Paper, rangeOf } from '../../components/paper.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Shown } from '../../components/unreadable.js';
import { Energies } from './energies.js';
import { MotionFields, useMotion } from './motion.js';
import type { ViewProps } from './screen.js';
import { SystemFields } from './settings.js';
import { Starts } from './starts.js';
import { arrowsOf, systemOf } from './system.js';

const POINTS = 43;
const EVERY = 3;
/** The most starts of a picture that the service draws. */
const MOST_DRAWN = 20;
/** The most states of a trajectory that are shown. */
const MOST_STATES = 1000;

/** The field of a model over two of its inputs, with the trajectories from chosen starts. */
export function Portrait({ known, state, change }: ViewProps) {
  const { model, network, features, first } = known;
  const { inputs } = network;
  const axes = axesOf(state.axes, known, false);
  const [column, line] = [inputs.indexOf(axes.x), inputs.indexOf(axes.y)];
  const asked = useAsked((signal) => systemOf(known, state.field, state.energy, signal),
    [model.id, state.field, state.energy], 250);
  const system = unrefused(asked);
  const isWrong = areWrong(axes, state.axes);
  const method = Object.values(MethodName).find((name) => name === state.method) ?? system?.method
    ?? MethodName.ImplicitMidpoint;
  const isEqual = state.isEqual ?? areAlike(axes);
  const starts = startsOf(state.starts, inputs, axes.ranges, first);

  const ground = useAsked(system === null || axes.y === '' || isWrong ? null : async (signal) => {
    const equations = [system.field, ...(system.energy === null ? [] : [system.energy])];
    const [field, energy] = await overAxes(model.id, equations, inputs, axes, POINTS, signal);
    const rate = (entry: number, here: (i: number, j: number) => number) =>
      (entry >= system.size ? field!.values(0).map((row) => row.map(() => 0))
      : field!.values(entry)
        .map((row, j) => row.map((value, i) =>
          (value === null || method !== MethodName.Map ? value : value - here(i, j)))));
    const { x, y } = field!;
    return {
      arrows: arrowsOf(x, y, rate(column, (i) => x[i]!), rate(line, (_, j) => y[j]!), EVERY),
      energy: energy === undefined ? null : { x, y, values: energy.values(0) },
    };
  }, [model.id, system, axes, method], 150);

  const isAdaptive = method === MethodName.DormandPrince;
  const { steps } = state;
  const whole = starts.filter((start): start is number[] => !start.includes(null));
  const trajectoryRequest = {
    starts: whole, method, steps: steps ?? 1, every: Math.max(1, Math.ceil((steps ?? 1) / MOST_STATES)),
    ...(state.step === null ? {} : { step: state.step }),
    ...(isAdaptive && state.tolerance !== null ? { tolerance: state.tolerance } : {}),
    ...(state.field === '' ? {} : { field: state.field }),
    ...(state.energy === '' ? {} : { energy: state.energy }),
  };
  const followed = useAsked(system === null || whole.length < starts.length || steps === null ? null
    : (signal) => service.trajectories.followTrajectories({ id: model.id, trajectoryRequest }, { signal }),
      [model.id, system, trajectoryRequest], 250);
  const answer = unrefused(followed);
  const motion = useMotion(answer?.times.length ?? 0);
  const pick = (x: number, y: number) => change({
    starts: [...starts, inputs.map((name) =>
      (name === axes.x ? rounded(x, axes.ranges[name]!) : name === axes.y ? rounded(y, axes.ranges[name]!)
        : axes.at[name] ?? 0))],
  });
  const trajectories = answer?.trajectories ?? [];
  const paths = useMemo(() => pathsOf(answer, column, line), [answer, column, line]);
  const origin = useMemo(() => [{ name: '', points: whole.map((start): Point => [start[column]!, start[line]!]) }],
    [JSON.stringify(whole), column, line]);
  // What is not followed is no field of the method either.
  const field = followed.refusal === null ? unrefused(ground) : null;
  const energy = field?.energy ?? null;
  const plane: Plane = {
    kind: 'plane', x: side(axes, axes.x), y: side(axes, axes.y), isEqual, paths, dots: origin, onPick: pick,
    ...(energy === null ? {}
      : { ground: { z: system?.energy ?? 'energy', ...energy, isColoured: false, hasLines: true } }),
    ...(field === null ? {} : { arrows: field.arrows }),
    moving: trajectories.flatMap(({ states }): Point[] => {
      const now = states[Math.min(motion.at, states.length - 1)];
      return now === undefined ? [] : [[now[column]!, now[line]!]];
    }),
  };
  const picture: DrawModelRequest = {
    id: model.id, kind: DrawModelKindEnum.Phase, x: rangeOf(axes.x, axes.ranges[axes.x]!),
      y: rangeOf(axes.y, axes.ranges[axes.y] ?? [-1, 1]),
    start: whole.slice(0, MOST_DRAWN).map((start) => `${start[column]}:${start[line]}`),
      time: (state.step ?? 1) * (steps ?? 1),
    ...(state.field === '' ? {} : { equation: state.field }),
    ...(Object.keys(axes.at).length === 0 ? {}
      : { at: Object.entries(axes.at).map(([name, value]) => `${name}:${value}`) }),
  };
  const refusal = asked.refusal ?? followed.refusal ?? ground.refusal;
  return (
    <>
      <RefusalSummary refusal={refusal} />
      <div class="picture-first">
        <Shown isSaid>
          <Following isBusy={ground.isWaiting || followed.isWaiting} what="Computing the trajectories …">
            {isWrong && <p role="status">Nothing is drawn: the range of an axis is wrong.</p>}
            {axes.y !== '' && system !== null && !isWrong && (
              <>
                <Chart title={`The field over ${axes.x} and ${axes.y}`} chart={plane} height={460}
                  text={portraitText(answer, field !== null, energy !== null, starts.length)} />
                <MotionFields motion={motion} times={answer?.times ?? []} label="Time" name="t" />
              </>
            )}
            {axes.y !== '' && !isWrong && refusal === null && answer !== null && <Paper picture={picture} />}
            {answer !== null && <Energies answer={answer} />}
          </Following>
        </Shown>
        <div>
          <SystemFields state={state} change={change} method={method} refusal={refusal} />
          <Starts inputs={inputs} features={features} starts={starts} refusal={refusal} onChange={(next) => change({ starts: next })} />
          {inputs.length > 1 && <AxesFields axes={axes} chosen={state.axes} features={features} mayBeCurve={false}
            onChange={(patch) => change({ axes: { ...state.axes, ...patch } })} />}
          {axes.y !== '' && <CheckField label="The same scale across and upwards" value={isEqual}
            onChange={(next) => change({ isEqual: next })} />}
        </div>
      </div>
    </>
  );
}

/** Sides of which none is more than so many times as long as the other are drawn on one scale if nothing else is chosen. */
const ALIKE = 3;

function areAlike({ x, y, ranges }: Axes): boolean {
  const length = (name: string) => (ranges[name]?.[1] ?? 1) - (ranges[name]?.[0] ?? -1);
  const ratio = length(x) / length(y);
  return ratio <= ALIKE && ratio >= 1 / ALIKE;
}

function portraitText(answer: TrajectoryResponse | null, hasField: boolean, hasEnergy: boolean,
  starts: number): string {
  const end = answer?.times.at(-1);
  return `${hasField ? `Arrows show where states move${hasEnergy ? ', thin lines where the energy is the same' : ''}. ` : ''}${
    end === undefined ? 'No trajectory is followed.'
      : `${counted(starts, 'trajectory', 'trajectories')} up to t = ${number(end)}.`} Click to add a start,
        or type one.`;
}

function pathsOf(answer: TrajectoryResponse | null, column: number, line: number): NonNullable<Plane['paths']> {
  return (answer?.trajectories ?? []).map(({ states }, index) => ({
    name: `start ${index + 1}`, points: states.map((state): Point => [state[column]!, state[line]!]),
  }));
}

/**
 * The starts that were chosen, as far as they are some, with null where a field is empty; else one at three quarters of the first input,
 * in the middle of the others, at the words of the first row.
 */
function startsOf(chosen: unknown, inputs: readonly string[], ranges: Record<string, readonly [number, number]>,
  first: Record<string, number>): (number | null)[][] {
  const sound = (Array.isArray(chosen) ? chosen as unknown[] : [])
    .filter((start): start is (number | null)[] => Array.isArray(start) && start.length === inputs.length
    && start.every((value) => value === null || Number.isFinite(value)));
  if (sound.length > 0) return sound;
  return [inputs.map((name, index) => {
    if (first[name] !== undefined) return first[name];
    const [from, to] = ranges[name] ?? [-1, 1];
    return rounded(from + (index === 0 ? 0.75 : 0.5) * (to - from), [from, to]);
  })];
}

/** To a thousandth of a range, so that numbers stay short. */
function rounded(value: number, [from, to]: readonly [number, number]): number {
  const digits = Math.max(0, Math.ceil(3 - Math.log10(to - from)));
  return Number(value.toFixed(Math.min(digits, 12)));
}
