import type { EvaluationRequest, Form, TrainingRequest, TrajectoryRequest } from 'client';
import { GALLERY } from '../../components/own.js';

/** An example of the gallery, as it stands in examples/{name}.json: the page, its curl and its Python all follow from it. */
export interface Example {
  title: string;
  about: string;
  /** About how long the training takes on two cores; left out where that is no time to speak of. */
  seconds?: number;
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

/** A CSV file beside the example, and what becomes of its columns. */
export interface Table {
  file: string;
  inputs: string[];
  targets: string[];
  rename: string[];
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

/** What is made of an example is called so, and told from what people made by its tag. */
export function labels({ title }: Example) {
  return { name: title, tags: [GALLERY] };
}

/** Its training, of which the network and every dataset have its labels. */
export function labelled(example: Example): TrainingRequest {
  const { training } = example;
  const of = labels(example);
  const { loss } = training;
  return {
    ...training,
    ...(training.dataset && { dataset: { ...training.dataset, ...of } }),
    ...(training.network && { network: { ...training.network, ...of } }),
    ...(loss !== null && typeof loss === 'object' && { loss: { ...loss, terms: loss.terms.map((term) =>
      (term.dataset !== null && typeof term.dataset === 'object' ? { ...term, dataset: { ...term.dataset, ...of } } : term)) } }),
  };
}

/** The examples in the order of the page. */
export const NAMES = [
  'gaussian', 'cars', 'pendulum', 'oscillator', 'sympnet', 'poisson', 'heat', 'burgers-forward', 'burgers', 'lorenz',
] as const;

/** An example with its name and the text of its table, empty where it has none. */
export type LoadedExample = Example & { name: string; csv: string };

async function get(file: string): Promise<Response> {
  const response = await fetch(new URL(`examples/${file}`, import.meta.url));
  if (!response.ok) throw new Error(`${file} could not be loaded.`);
  return response;
}

export async function load(name: (typeof NAMES)[number]): Promise<LoadedExample> {
  const example = (await (await get(`${name}.json`)).json()) as Example;
  return { ...example, name, csv: example.table ? await (await get(example.table.file)).text() : '' };
}

export function loadAll(): Promise<LoadedExample[]> {
  return Promise.all(NAMES.map(load));
}
