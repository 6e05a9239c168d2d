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
