import type { EvaluationResponse, ExpressionResult, TrainingProgress, TrainingResponse, TrajectoryResponse } from 'client';
import { useEffect, useState } from 'preact/hooks';
import { follow } from '../../api/events.js';
import { metricsOf } from '../../api/metrics.js';
import { GALLERY } from '../../components/own.js';
import { useOnce } from '../../components/once.js';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { labelled, labels, type Example, type LoadedExample, type Picture } from './example.js';
import { print, question } from './programs.js';

export type Loss = readonly (readonly [number, number | null])[];

/** What the trained model says. */
export interface Result {
  answer: EvaluationResponse;
  formula: ExpressionResult;
  text: string;
  motion: TrajectoryResponse | null;
  picture: Pictured | null;
}

/** Values of equations over a grid of one or two inputs, the last of which runs fastest. */
export interface Pictured {
  axes: readonly (readonly number[])[];
  values: readonly (readonly (number | null)[])[];
}

export interface Run {
  training: TrainingResponse | null;
  progress: TrainingProgress | null;
  loss: Loss;
  result: Result | null;
  refusal: Refusal | null;
}

const NOTHING: Run = { training: null, progress: null, loss: [], result: null, refusal: null };

/** An example and what runs it. */
export interface Running {
  run: Run;
  isRunning: boolean;
  /** Why it could not be started. */
  refusal: Refusal | null;
  begin: () => void;
}

/**
 * The run of an example whose training has this id; where that is empty, the last one that succeeded.
 *
 * @param onTraining is told the id of another training that is to be shown
 */
export function useExample(example: LoadedExample, id: string, onTraining: (id: string) => void): Running {
  const run = useRun(example, id);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    if (id === '') {
      last(example, abort.signal).then((found) => {
        if (found !== null && !abort.signal.aborted) onTraining(found);
      }, () => undefined);
    }
    return () => abort.abort();
  }, [example, id]);
  const [isStarting, begin] = useOnce(() => {
    setRefusal(null);
    return start(example).then(onTraining, (thrown: unknown) => setRefusal(Refusal.from(thrown)));
  });
  const isOver = run.result !== null || run.refusal !== null || ['failed', 'cancelled'].includes(run.training?.state ?? '');
  return { run, isRunning: isStarting || (id !== '' && !isOver), refusal, begin };
}

/** Posts what an example trains on and the training, all with the gallery's tag, and tells its id. */
async function start(example: LoadedExample): Promise<string> {
  const { table, csv } = example;
  const dataset = table && await service.datasets.createDatasetFromCsv(
    { inputs: table.inputs, targets: table.targets, rename: table.rename, body: csv, ...labels(example) });
  const posted = await service.trainings.createTraining({ trainingRequest: {
    ...labelled(example), ...(dataset && { datasetId: dataset.id }),
  } });
  return posted.id;
}

/** The id of the last training of an example that has succeeded, if there is one. */
async function last({ training }: Example, signal: AbortSignal): Promise<string | null> {
  const { items } = await service.trainings.listTrainings(
    { name: training.name ?? '', tag: GALLERY, state: 'succeeded', pageSize: 1 }, { signal });
  return items[0]?.id ?? null;
}

/** What is new of a run, by itself or from what it is. */
type Told = Partial<Run> | ((before: Run) => Partial<Run>);

/** Follows a training of an example, and asks its model when it has one. */
function useRun(example: Example, id: string): Run {
  const [run, setRun] = useState<Run>(NOTHING);
  useEffect(() => {
    setRun(NOTHING);
    if (id === '') return undefined;
    const abort = new AbortController();
    const { signal } = abort;
    const told = (patch: Told) => {
      if (!signal.aborted) setRun((before) => ({ ...before, ...(typeof patch === 'function' ? patch(before) : patch) }));
    };
    watch(example, id, told, (progress) => {
      if (!signal.aborted) {
        setRun((before) => ({ ...before, progress, loss: [...before.loss, [progress.epoch, progress.loss ?? null]] }));
      }
    }, signal).catch((thrown: unknown) => told({ refusal: Refusal.from(thrown) }));
    return () => abort.abort();
  }, [example, id]);
  return run;
}

async function watch(example: Example, id: string, told: (patch: Told) => void,
    onProgress: (progress: TrainingProgress) => void, signal: AbortSignal): Promise<void> {
  told({ training: await service.trainings.getTraining({ id }, { signal }) });
  let training: TrainingResponse | null = null;
  let hasBegun = false;
  // Events tell of the epoch in which somebody looked; what was before is asked for once.
  const begun = () => void metricsOf(id, signal).then(({ loss, epochs }) =>
    told((before) => ({ loss: [...loss.map((value, at) => [epochs[at]!, value] as const),
      ...before.loss.filter(([epoch]) => epoch > (epochs.at(-1) ?? 0))] })), () => undefined);
  const connect = (lastEventID: string | undefined) =>
    service.trainings.followTrainingRaw({ id, ...(lastEventID && { lastEventID }) }, { signal });
  await follow(connect, (event) => {
    if (event.name === 'progress') {
      onProgress(event.data as TrainingProgress);
      if (!hasBegun) begun();
      hasBegun = true;
    }
    if (event.name === 'finished') training = event.data as TrainingResponse;
  }, signal);
  if (training === null) return;
  const { modelId } = training as TrainingResponse;
  const { loss, epochs } = await metricsOf(id, signal);
  told({ training, loss: loss.map((value, at) => [epochs[at]!, value]) });
  if (modelId) told({ result: await ask(example, modelId, signal) });
}

async function ask(example: Example, modelId: string, signal: AbortSignal): Promise<Result> {
  const { expressions, trajectories } = service;
  const [answer, latex, text, motion, picture] = await Promise.all([
    expressions.evaluate({ evaluationRequest: { modelId, ...question(example) } }, { signal }),
    expressions.printExpressions({ expressionRequest: { modelId, ...print(example, 'latex') } }, { signal }),
    expressions.printExpressions({ expressionRequest: { modelId, ...print(example, 'text') } }, { signal }),
    example.motion ? trajectories.followTrajectories({ id: modelId, trajectoryRequest: example.motion }, { signal }) : null,
    pictured(example.picture, modelId, signal),
  ]);
  return { answer, formula: latex.results[0]!, text: lines(text.results[0]!), motion, picture };
}

function lines({ definitions, expression, equation }: ExpressionResult): string {
  return [...definitions.map((given) => `${given.name} = ${given.expression}`), `${equation} = ${expression}`].join('\n');
}

async function pictured(picture: Picture, modelId: string, signal: AbortSignal): Promise<Pictured | null> {
  if (picture.kind === 'motion') return null;
  const axes = picture.kind === 'curves' ? [picture.x] : [picture.y, picture.x];
  const values = axes.map((axis) => spread(axis.from, axis.to, picture.kind === 'curves' ? 301 : 41));
  const equations = picture.kind === 'curves' ? picture.equations : [picture.equation];
  const { results } = await service.expressions.evaluate({
    evaluationRequest: { modelId, equations, inputNames: axes.map((axis) => axis.name), inputs: points(values) },
  }, { signal });
  return { axes: values, values: results.map((result) => result.values as (number | null)[]) };
}

function spread(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Number((from + ((to - from) * i) / (count - 1)).toPrecision(12)));
}

function points(axes: readonly (readonly number[])[]): number[][] {
  return axes.reduce<number[][]>((rows, axis) => rows.flatMap((row) => axis.map((value) => [...row, value])), [[]]);
}
