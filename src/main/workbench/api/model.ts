import type { DatasetResponse, LossTerm, ModelResponse, NetworkResponse, RowsResponse, TrainingResponse } from 'client';
import { Refusal } from './problems.js';
import { asWord, featuresOf, wordIn, type Columns, type Feature } from './features.js';
import { service } from './service.js';

/** A model with what it came from, as far as that is still there. */
export interface KnownModel {
  model: ModelResponse;
  network: NetworkResponse;
  training: TrainingResponse | null;
  /** Where it was trained: the least and the greatest of every input in the rows not held out, by name; of those that are known. */
  ranges: Record<string, readonly [number, number]>;
  columns: Columns;
  /** For targets that are 1 for a word of a column, and for the outputs that meet them, that word. */
  words: Readonly<Record<string, string>>;
  features: readonly Feature[];
  /** For inputs that are 0 or 1 for a word, what they are in the first row: such a row there is, unlike the middle of all. */
  first: Record<string, number>;
}

/** Datasets with more numbers are not loaded to look where they lie. */
const MOST_NUMBERS = 200_000;

export async function knownModel(id: string, signal: AbortSignal): Promise<KnownModel> {
  const model = await service.models.getModel({ id }, { signal });
  const [network, training] = await Promise.all([
    service.networks.getNetwork({ id: model.networkId }, { signal }),
    model.trainingId ? ifThere(service.trainings.getTraining({ id: model.trainingId }, { signal })) : null,
  ]);
  const found: Record<string, readonly [number, number]> = {};
  const widen = (name: string, low: number, high: number) => {
    const [from, to] = found[name] ?? [low, high];
    found[name] = [Math.min(from, low), Math.max(to, high)];
  };
  for (const { sample } of termsOf(training)) {
    Object.entries(sample?.ranges ?? {}).forEach(([name, [low = 0, high = 0]]) => widen(name, low, high));
  }
  const columns: Record<string, Columns[string]> = {};
  const words: Record<string, string> = {};
  const first: KnownModel['first'] = {};
  const datasets = await Promise.all(datasetsOf(training).map(async (dataset) => {
    const known = await ifThere(service.datasets.getDataset({ id: dataset }, { signal }));
    if (known === null) return null;
    const heldOut = training !== null && dataset === training.datasetId ? await heldOutRows(training, signal) : new Set();
    return { known, rows: await rowsIn(known, signal), heldOut };
  }));
  for (const { known, rows, heldOut } of datasets.filter((dataset) => dataset !== null)) {
    known.targetNames.forEach((name, column) => {
      const own = network.outputs.includes(name) ? name : network.outputs[column];
      const word = known.columns.find((stored) => stored.name === name)?.value;
      if (word != null) for (const one of [name, own ?? name]) words[one] ??= word;
    });
    known.inputNames.forEach((name, column) => {
      const own = network.inputs.includes(name) ? name : network.inputs[column];
      if (own === undefined) return;
      const { header, value } = known.columns.find((stored) => stored.name === name) ?? {};
      columns[own] ??= { header: header ?? name, value: value ?? null };
      rows?.inputs.forEach((row, at) => heldOut.has(at) || widen(own, row[column]!, row[column]!));
      const start = rows?.inputs[0]?.[column];
      if (value != null && start !== undefined) first[own] ??= start;
    });
  }
  const features = featuresOf(network.inputs, columns);
  for (const feature of features.filter(({ words }) => words.length > 0))
    if (wordIn(feature, first) === null) Object.assign(first, asWord(feature, feature.words[0]!));
  return { model, network, training, ranges: found, columns, words, features, first };
}

/** The terms of a training's loss, if it is made of equations. */
export function termsOf(training: TrainingResponse | null): readonly LossTerm[] {
  return training !== null && typeof training.loss === 'object' ? training.loss.terms : [];
}

/** The datasets of a training, those of its terms included. */
export function datasetsOf(training: TrainingResponse | null): string[] {
  const ofTerms = termsOf(training).map(({ dataset }) => dataset).filter((dataset) => typeof dataset === 'string');
  return [...new Set([...(training?.datasetId ? [training.datasetId] : []), ...ofTerms])];
}

/** The rows of a dataset; null where it is not there any more, or is too large to be looked at here. */
export async function rowsOf(id: string, signal: AbortSignal): Promise<RowsResponse | null> {
  const dataset = await ifThere(service.datasets.getDataset({ id }, { signal }));
  return dataset && rowsIn(dataset, signal);
}

/** The rows of its dataset that a training was validated by, from 0 on: none without validation, or where the dataset is not there. */
export async function heldOutRows({ id, datasetId, validationFraction }: TrainingResponse, signal: AbortSignal): Promise<ReadonlySet<number>> {
  if (!datasetId || !validationFraction) return new Set();
  return new Set((await service.trainings.getValidationRows({ id }, { signal })).rows);
}

/**
 * Whether a model that a training started from may have been trained on rows that are held out now; not where it came from a training
 * with the same ones, of which the same holds.
 */
export async function maySeeHeldOut({ initialModelId, datasetId, validationFraction, seed }: TrainingResponse,
  signal: AbortSignal): Promise<boolean> {
  if (!initialModelId || !validationFraction) return false;
  const model = await ifThere(service.models.getModel({ id: initialModelId }, { signal }));
  const before = model?.trainingId ? await ifThere(service.trainings.getTraining({ id: model.trainingId }, { signal })) : null;
  return before === null || before.datasetId !== datasetId || before.validationFraction !== validationFraction
    || before.seed !== seed || !Number.isSafeInteger(seed) || maySeeHeldOut(before, signal);
}

async function rowsIn({ id, samples, inputDimension, targetDimension }: DatasetResponse,
  signal: AbortSignal): Promise<RowsResponse | null> {
  return samples * (inputDimension + targetDimension) > MOST_NUMBERS ? null
    : ifThere(service.datasets.getDatasetRows({ id }, { signal }));
}

async function ifThere<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (thrown) {
    if (Refusal.from(thrown).status === 404) return null;
    throw thrown;
  }
}
