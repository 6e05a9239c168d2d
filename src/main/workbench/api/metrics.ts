import type { MetricsResponse } from 'client';
import { service } from './service.js';

const POINTS = 2000;

/** What a training has recorded, of so many epochs that all is seen that would be seen of all: each number is of the epoch at its place. */
export type Metrics = MetricsResponse & { epochs: number[] };

/** The metrics of a training so far. */
export async function metricsOf(id: string, signal: AbortSignal): Promise<Metrics> {
  const metrics = await service.trainings.getTrainingMetrics({ id, points: POINTS }, { signal });
  return { ...metrics, epochs: metrics.epochs ?? [] };
}

/** What was recorded of the epoch whose parameters a model has. */
export interface ModelEpoch {
  epoch: number;
  loss: number;
  validationLoss: number;
}

/**
 * The place of the epoch that a model is of: with validation the first with the least validation loss, which all numbers of epochs are
 * thinned to keep, else the last.
 */
export function modelPlace({ epochs, validationLoss }: Metrics): number {
  return validationLoss?.length ? validationLoss.reduce((least, value, place) => (value < validationLoss[least]! ? place : least), 0)
    : epochs.length - 1;
}

/** With validation what was recorded of the epoch that a model is of, else null. */
export function modelEpoch(metrics: Metrics): ModelEpoch | null {
  const { epochs, loss, validationLoss } = metrics;
  if (!validationLoss || validationLoss.length === 0) return null;
  const at = modelPlace(metrics);
  return { epoch: epochs[at]!, loss: loss[at]!, validationLoss: validationLoss[at]! };
}
