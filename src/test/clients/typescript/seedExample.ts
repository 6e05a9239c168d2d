// The seed's example, a Hamiltonian network and a loss of terms, by a client that OpenAPI Generator made.
import { Configuration, DatasetsApi, type Layer, ModelsApi, NetworksApi, ResponseError, TrainingsApi } from './client';

declare const process: { argv: string[]; exitCode: number };

const configuration = new Configuration({ basePath: process.argv[2] });
const networks = new NetworksApi(configuration);
const datasets = new DatasetsApi(configuration);
const trainings = new TrainingsApi(configuration);
const models = new ModelsApi(configuration);

function check(holds: boolean, seen: unknown): asserts holds {
  if (!holds) {
    throw new Error(JSON.stringify(seen));
  }
}

function dense(units: number, activation: string = 'tanh'): Layer {
  return { type: 'dense', units, activation };
}

async function gaussian(): Promise<void> {
  const network = await networks.createNetwork({ networkRequest: {
    name: 'gaussian', inputs: ['x', 'y'], outputs: ['z'],
    layers: [dense(3), dense(3), dense(1, 'identity')],
  } });
  check(network.parameterCount === 25, network);
  check(network.layers?.[2].type === 'dense' && network.layers[2].activation === 'identity', network);
  const axis = { from: -1, to: 1, step: 0.1 };
  const dataset = await datasets.createDataset({ datasetRequest: {
    grid: { x: axis, y: axis }, targets: { z: 'exp(-(x^2 + y^2))' },
  } });
  check(dataset.samples === 441, dataset);
  const training = await trainings.createTraining({ prefer: 'wait=60', trainingRequest: {
    networkId: network.id, datasetId: dataset.id, loss: 'relative-l2', epochs: 20, batchSize: 10, seed: 1,
    optimizer: { type: 'adam', learningRate: 0.001 },
  } });
  check(training.state === 'succeeded' && training.loss === 'relative-l2', training);
  check(training.optimizer.type === 'adam' && training.optimizer.beta2 === 0.999, training);
  check(typeof training.modelId === 'string', training);
  const { loss } = await trainings.getTrainingMetrics({ id: training.id });
  check(loss[19] < loss[0], loss);
  const { outputs } = await models.predict({ id: training.modelId, predictionRequest: { inputs: [[0, 0], [0.5, -0.5]] } });
  check(outputs.length === 2 && outputs[0]?.length === 1, outputs);
  const parameters = await models.getModelParameters({ id: training.modelId });
  check(parameters.L1.W.length === 3, parameters);
  const page = await trainings.listTrainings({ pageSize: 1 });
  check(page.items[0].id === training.id, page);
}

async function hamiltonian(): Promise<void> {
  const network = await networks.createNetwork({ networkRequest: {
    inputs: ['q', 'p'], outputs: ['H'],
    architecture: { type: 'hamiltonian', width: 16, hiddenLayers: 2, activation: 'tanh' },
  } });
  check(network.architecture?.type === 'hamiltonian' && network.architecture.width === 16 && network.layers === undefined, network);
}

async function lossOfTerms(): Promise<void> {
  const training = await trainings.createTraining({ prefer: 'wait=60', trainingRequest: {
    network: { inputs: ['t'], outputs: ['u'], layers: [dense(8), dense(1)] },
    dataset: { inputs: [[0], [1]], targets: [[1], [0.4]], inputNames: ['t'], targetNames: ['measured'] },
    loss: { terms: [{ equation: 'u - measured' }, { equation: 'D(u, t) + u', weight: 0.1 }] },
    epochs: 10,
  } });
  check(training.state === 'succeeded', training);
  check(typeof training.loss === 'object' && training.loss.terms[1].weight === 0.1, training);
  const { terms } = await trainings.getTrainingMetrics({ id: training.id });
  check(terms?.length === 2, terms);
}

async function csv(): Promise<void> {
  const dataset = await datasets.createDatasetFromCsv({ inputs: ['x', 'y'], targets: ['z'], body: 'x,y,z\n0,0,1\n1,0,0.5\n' });
  check(dataset.samples === 2 && dataset.inputDimension === 2, dataset);
  const rows = await datasets.getDatasetRows({ id: dataset.id });
  check(rows.targets?.[1][0] === 0.5, rows);
}

async function problem(): Promise<void> {
  try {
    await networks.createNetwork({ networkRequest: { inputs: 2, layers: [dense(0)] } });
  } catch (error) {
    check(error instanceof ResponseError && error.response.status === 422, error);
    return;
  }
  throw new Error('a layer without units was accepted');
}

async function main(): Promise<void> {
  await gaussian();
  await hamiltonian();
  await lossOfTerms();
  await csv();
  await problem();
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
