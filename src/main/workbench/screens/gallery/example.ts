import type { EvaluationRequest, Form, TrainingRequest, TrajectoryRequest } from 'client';

/** An example of the gallery, as it stands in examples/{name}.json: the page, its curl and its Python all follow from it. */
export interface Example {
  title: string;
  about: string;
  /** What there is to learn, in lines of LaTeX. */
  truth: string[];
  /** A file that becomes the training's dataset. */
  table?: Table;
  training: TrainingRequest;
  /** What the trained model is asked; `exact` are the values in truth, nested as those of the answer. */
  question: { about: string; equations: string[]; inputs: EvaluationRequest['inputs']; exact: unknown[]; within: number };
  /** Trajectories of the model; by `keeps` their energies stay near their first. */
  motion?: TrajectoryRequest;
  keeps?: number;
  /** What of the model is taken along: large networks with their parameters as symbols. */
  formula: { equations: string[]; form: Form; substituteParameters: boolean };
  picture: Picture;
}

export interface Table {
  file: string;
  inputs: string[];
  targets: string[];
  rename: string[];
  rows: string[];
}

interface Range {
  name: string;
  from: number;
  to: number;
}

export type Picture =
  | { kind: 'surface' | 'heat-map'; equation: string; x: Range; y: Range }
  | { kind: 'curves'; equations: string[]; x: Range }
  | { kind: 'motion' };

/** The examples in the order of the page. */
export const NAMES = [
  'gaussian', 'cars', 'pendulum', 'oscillator', 'sympnet', 'poisson', 'heat', 'burgers', 'lorenz',
] as const;

export type NamedExample = Example & { name: string };

export async function load(name: (typeof NAMES)[number]): Promise<NamedExample> {
  const response = await fetch(new URL(`examples/${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`The example ${name} could not be loaded.`);
  return { name, ...((await response.json()) as Example) };
}

export function loadAll(): Promise<NamedExample[]> {
  return Promise.all(NAMES.map(load));
}

/** Lines of LaTeX below each other. */
export function aligned(lines: readonly string[]): string {
  return `\\begin{aligned} &${lines.join(' \\\\[2pt] &')} \\end{aligned}`;
}
