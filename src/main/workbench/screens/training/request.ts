import { Loss, SamplingMethod, type DatasetResponse, type EquationLoss, type LossTerm, type NetworkRequest, type OptimizerSettings,
  type PointSample, type RowsResponse, type SweepRequest, type TrainingRequest, type TrainingResponse } from 'client';
import { isOfClasses } from '../../api/classes.js';
import { linkTo } from '../../app/address.js';
import { tagsOf } from '../../components/labels.js';
import { GALLERY } from '../../components/own.js';
import { statistics } from '../data/columns.js';
import { GRID, gridRequest, type GridState } from '../data/grid.js';
import { withScaling } from '../network/normalization.js';

/** What one sees on the screen, as a link to it says: `linkTo('training', { training: { networkId } })`. */
export interface TrainingState {
  view: 'new' | 'all' | 'sweeps';
  /** What the form holds; what is left out is as the service has it by default. */
  training: TrainingRequest;
  /** Where the data comes from while the training names none. */
  data: 'grid' | 'none';
  grid: GridState;
  tags: string;
  isSweep: boolean;
  sweep: SweepState;
  /** Of the list. */
  state: string;
  tag: string;
  compare: string[];
}

/** What a sweep has beside its training, as it is typed. */
export interface SweepState {
  values: SweepValue[];
  seeds: number | null;
  search: 'grid' | 'list' | 'random';
  random: number | null;
  stop: 'none' | 'median' | 'halving';
  halving: number | null;
  metric: 'loss' | 'validationLoss';
  name: string;
}

/** Values at a JSON Pointer into the training: a list or, of a random search, a range. */
export interface SweepValue {
  pointer: string;
  isRange: boolean;
  list: string;
  from: number | null;
  to: number | null;
  isLogarithmic: boolean;
  isInteger: boolean;
}

export const VALUE: SweepValue = {
  pointer: '/optimizer/learningRate', isRange: false, list: '0.001, 0.003, 0.01', from: 0.0001, to: 0.1,
    isLogarithmic: true, isInteger: false,
};

export const START: TrainingState = {
  view: 'new', training: {}, data: 'grid', grid: GRID, tags: '', isSweep: false, state: '', tag: '', compare: [],
  sweep: { values: [VALUE], seeds: 1, search: 'grid', random: 20, stop: 'none', halving: 3, metric: 'loss', name: '' },
};

const MOST_AXES = 3;

/** The link to the form with a network, and a formula over its inputs to begin with where these are few. */
export function linkToTrain(network: NetworkRequest): string {
  const inputs = Array.isArray(network.inputs) ? (network.inputs as string[]) : [];
  const outputs = network.outputs ?? [];
  const grid = inputs.length === 0 || inputs.length > MOST_AXES || outputs.length === 0 ? {} : { grid: {
    ...GRID, axes: inputs.map((name) => ({ name, from: -1, to: 1, step: inputs.length === MOST_AXES ? 0.25 : 0.1 })),
    targets: outputs.map((name) => ({ name, equation: `exp(-(${inputs.map((input) => `${input}^2`).join(' + ')}))` })),
  } };
  return linkTo('training', { view: 'new', training: { network }, ...grid });
}

/**
 * Where the data of the form comes from: a stored dataset, one that a link brought, a formula, or the terms
 * of the loss.
 */
export function dataOf({ training, data }: TrainingState): 'stored' | 'given' | 'grid' | 'none' {
  if (training.datasetId) return 'stored';
  return training.dataset ? 'given' : data;
}

/**
 * A network for data with these columns: for a formula a small one; for a table one that scales by itself, as far as the loss lets it,
 * and whose formula can be read.
 */
export function suggested(state: TrainingState, dataset: DatasetResponse | null): NetworkRequest {
  const [inputs, outputs] = dataset !== null && dataOf(state) === 'stored' ? [dataset.inputNames, dataset.targetNames]
    : dataOf(state) === 'grid' ? [state.grid.axes.map(({ name }) => name), state.grid.targets.map(({ name }) => name)]
    : [['x', 'y'], ['z']];
  const names = outputs.length === 0 ? ['u'] : outputs;
  const isTable = dataOf(state) === 'stored';
  return {
    inputs, outputs: names,
    layers: [...(isTable ? [{ type: 'dense', units: 4 }] : [{ type: 'dense', units: 8 }, { type: 'dense', units: 8 }]),
      { type: 'dense', units: names.length, activation: 'identity' }],
    ...(isTable ? { normalization: { inputs: 'standard', ...(outputs.length === 0 || isOfClasses(state.training.loss) ? {} : { outputs: 'standard' }) } } : {}),
  } as NetworkRequest;
}

/** The request for the training that the form shows, without what its optimizer does not have. */
export function trainingRequest(state: TrainingState, dataset: DatasetResponse | null): TrainingRequest {
  const { training } = state;
  if (training.continue) {
    const { continue: before, epochs, name, priority } = training;
    return { continue: before, ...(epochs ? { epochs } : {}), ...(name ? { name } : {}),
      ...(priority ? { priority } : {}), tags: tagsOf(state.tags) };
  }
  const isWhole = takesAll(training.optimizer);
  const had = Object.fromEntries(Object.entries(training).filter(([name]) => !isWhole || !OF_BATCHES.has(name)));
  return {
    ...had,
    ...(training.networkId || training.network ? {} : { network: suggested(state, dataset) }),
    ...(dataOf(state) === 'grid' ? { dataset: gridRequest(state.grid) } : {}),
    ...(state.tags === '' ? {} : { tags: tagsOf(state.tags) }),
  };
}

/** The words of a list as JSON where they are, else as they stand: `4, 8`, `tanh, "relu"`, `null`. */
function listOf(text: string): unknown[] {
  return text.split(',').map((word) => word.trim()).filter((word) => word !== '').map((word) => {
    try {
      return JSON.parse(word) as unknown;
    } catch {
      return word;
    }
  });
}

/** An optimizer that is called by its name, with its settings by default; that of the form as it is there. */
function optimizerOf(value: unknown, chosen: TrainingRequest['optimizer']): unknown {
  return typeof value !== 'string' ? value : value === (chosen?.type ?? 'adam') ? chosen ?? { type: value } : { type: value };
}

export function sweepRequest(state: TrainingState, dataset: DatasetResponse | null): SweepRequest {
  const { sweep } = state;
  return {
    training: trainingRequest(state, dataset),
    values: Object.fromEntries(sweep.values.map((value) => [value.pointer, value.isRange && sweep.search === 'random'
      ? { from: value.from, to: value.to, integer: value.isInteger, scale: value.isLogarithmic ? 'log' : 'linear' } :
        listOf(value.list).map((each) => (value.pointer === '/optimizer' ? optimizerOf(each, state.training.optimizer) : each))])),
    seeds: sweep.seeds, metric: sweep.metric,
    search: sweep.search === 'random' ? { random: sweep.random ?? 0 } : sweep.search,
    stop: sweep.stop === 'halving' ? { halving: sweep.halving ?? 0 } : sweep.stop,
    ...(sweep.name === '' ? {} : { name: sweep.name }),
  };
}

/**
 * The settings of a training that was made, to make another one with. Not what only follows from its optimizer, such as a batch of all
 * samples, nor a seed with more digits than a number here has.
 */
export function settingsOf(training: TrainingResponse): TrainingRequest {
  const {
    networkId, datasetId, loss, epochs, batchSize, shuffle, seed, optimizer, gradientClipping, validationFraction,
      earlyStopping, metrics,
    freeze, learningRateFactors, initialModelId, engine, precision, priority, name,
  } = training;
  const all = {
    networkId, datasetId, loss, epochs, batchSize: takesAll(optimizer) ? null : batchSize, shuffle,
      seed: Number.isSafeInteger(seed) ? seed : null, optimizer, gradientClipping, validationFraction,
      earlyStopping, metrics,
    freeze, learningRateFactors, initialModelId, engine, precision, priority, name,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) =>
    value !== null && value !== undefined)) as unknown as TrainingRequest;
}

/** The link to the form with the settings of a training, its name and its tags, and with more settings. */
export function linkToRepeat(training: TrainingResponse, more: Partial<TrainingRequest> = {}): string {
  const tags = training.tags.filter((tag) => tag !== GALLERY).join(', ');
  return linkTo('training', { view: 'new', training: { ...settingsOf(training), ...more }, ...(training.datasetId == null ? { data: 'none' } : {}),
    ...(tags === '' ? {} : { tags }) });
}

const STEPS = 10_000;
const BATCH = 32;

/** Settings with which a small network learns most tables in seconds. */
export function startOn(dataset: DatasetResponse): TrainingRequest {
  const { id, samples } = dataset;
  const epochs = Math.min(Math.max(Math.round(STEPS / Math.ceil(samples / BATCH)), 20), 2000);
  const loss = dataset.targetNames.length === 0 ? { terms: [{ equation: '' }] } : lossOfWords(dataset);
  return { datasetId: id, epochs, optimizer: { type: 'adam', learningRate: 0.01, schedule: { type: 'cosine' } }, ...(loss && { loss }) };
}

/** The loss for targets that are 0 or 1 for words, if these are: of one column of words, or of several. */
export function lossOfWords({ targetNames, columns }: DatasetResponse): Loss | undefined {
  const targets = targetNames.map((name) => columns.find((column) => column.name === name));
  if (targets.length === 0 || targets.some((column) => column?.value == null)) return undefined;
  return targets.length > 1 && new Set(targets.map((column) => column?.header)).size === 1 ? Loss.CrossEntropy : Loss.BinaryCrossEntropy;
}

/** On another dataset: with the settings for that, as far as they were not changed from those for the one before. */
export function onDataset({ dataset: _, datasetId: _id, ...training }: TrainingRequest, before: DatasetResponse | null,
  next: DatasetResponse): TrainingRequest {
  const suggested = before === null ? {} : startOn(before) as unknown as Record<string, unknown>;
  const own = Object.entries(training).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(suggested[name]));
  const { epochs, ...rest } = startOn(next);
  const on = { ...rest, ...(takesAll(training.optimizer) ? {} : { epochs }), ...Object.fromEntries(own) };
  return withLoss(on, on.loss);
}

/**
 * A training with another optimizer. Where that counts epochs otherwise, those that nobody has typed are as the form began with them, or
 * as by default.
 *
 * @param begun the training with which the form began
 */
export function withOptimizer(training: TrainingRequest, chosen: { type?: string }, begun: TrainingRequest): TrainingRequest {
  const optimizer = chosen as OptimizerSettings;
  const { epochs, ...rest } = training;
  const untyped = (by: TrainingRequest['optimizer']) => (takesAll(by) === takesAll(begun.optimizer) ? begun.epochs : undefined);
  const counted = epochs === untyped(training.optimizer) ? untyped(optimizer) : epochs;
  return { ...rest, optimizer, ...(counted === undefined ? {} : { epochs: counted }) };
}

/** Whether a network's outputs are scaled as targets are, which losses of probabilities refuse. */
export function scalesTargets(network: Pick<NetworkRequest, 'normalization'>): boolean {
  return typeof network.normalization?.outputs === 'string';
}

/** The loss in which the targets of rows count alike, whatever their units are. */
export function countingAlike({ targetNames, targets }: RowsResponse): EquationLoss {
  const terms = targetNames.map((name, at) => {
    const { deviation } = statistics((targets ?? []).map((row) => row[at] ?? null));
    return { equation: `(outputs.${name} - targets.${name}) / ${(deviation || 1).toPrecision(3)}` };
  });
  return { terms } as EquationLoss;
}

/** A training with another loss, and with a network of its own that this can be of. */
export function withLoss(training: TrainingRequest, loss: TrainingRequest['loss']): TrainingRequest {
  const { network } = training;
  return network && scalesTargets(network) && isOfClasses(loss) ? { ...training, loss, network: withScaling(network, 'outputs', null) }
    : { ...training, loss };
}

const TAKES_ALL: Record<OptimizerSettings['type'], boolean> = {
  'gradient-descent': false, momentum: false, adam: false, adamw: false, lbfgs: true, ssbroyden: true, newton: true,
  'gauss-newton': true,
};

/** What only optimizers have that step along the gradients of batches. */
export const OF_BATCHES: ReadonlySet<string> = new Set(['batchSize', 'shuffle', 'precision', 'gradientClipping', 'learningRateFactors']);

/** Whether an optimizer takes all samples for every step, so that an epoch is one iteration of it. */
export function takesAll(optimizer: TrainingRequest['optimizer']): boolean {
  return optimizer?.type != null && TAKES_ALL[optimizer.type];
}

/** The terms of a loss; none of one that has a name. */
export function termsOf(loss: TrainingRequest['loss']): readonly LossTerm[] {
  return isOfTerms(loss) ? loss.terms : [];
}

/**
 * The ranges of points over the inputs of a network: an input that has none takes over that at its place, if no other input has it, as
 * when it was renamed, and else gets one to begin with.
 */
export function rangesOver(inputs: readonly string[], ranges: PointSample['ranges']): PointSample['ranges'] {
  const places = Object.entries(ranges);
  return Object.fromEntries(inputs.map((name, at) => {
    const [there = name, range] = places[at] ?? [];
    return [name, ranges[name] ?? (inputs.includes(there) ? undefined : range) ?? [-1, 1]];
  }));
}

/** A loss with all points that its terms draw over the inputs of a network. */
export function lossOver(inputs: readonly string[], loss: TrainingRequest['loss']): TrainingRequest['loss'] {
  return !isOfTerms(loss) ? loss : { ...loss, terms: loss.terms.map((term) =>
    (term.sample ? { ...term, sample: { ...term.sample, ranges: rangesOver(inputs, term.sample.ranges) } } : term)) };
}

/** Points where those of the last term before lie that draws some. */
export function drawn(inputs: readonly string[], before: readonly LossTerm[]): PointSample {
  return { points: 500, method: SamplingMethod.Sobol,
    ranges: rangesOver(inputs, before.findLast(({ sample }) => sample)?.sample?.ranges ?? {}) };
}

export function isOfTerms(loss: TrainingRequest['loss']): loss is EquationLoss {
  return loss !== null && typeof loss === 'object';
}
