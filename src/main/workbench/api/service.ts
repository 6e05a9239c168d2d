import {
  Configuration, DatasetsApi, EnsemblesApi, ExportsApi, ExpressionsApi, ModelsApi, NetworksApi, SweepsApi, TrainingsApi,
  TrajectoriesApi,
} from 'client';
import { key, keyIsWanted } from './key.js';
import { once } from './once.js';
import { Refusal } from './problems.js';

function withKey(init: RequestInit): RequestInit {
  const headers = new Headers(init.headers);
  if (key() !== null) headers.set('Authorization', `Bearer ${key()}`);
  return { ...init, headers };
}

/** Sends, and sends again with another key while the service wants one; every other refusal is thrown. */
const send: typeof fetch = async (input, init = {}) => {
  for (;;) {
    const tried = key();
    const response = await once(input, withKey(init));
    if (response.ok) return response;
    if (response.status !== 401 || !(await keyIsWanted(tried))) throw await Refusal.of(response);
  }
};

const configuration = new Configuration({ basePath: '', fetchApi: send });

/** The service by its generated client, the only way to it. What a call throws, `Refusal.from` reads. */
export const service = {
  datasets: new DatasetsApi(configuration),
  ensembles: new EnsemblesApi(configuration),
  exports: new ExportsApi(configuration),
  expressions: new ExpressionsApi(configuration),
  models: new ModelsApi(configuration),
  networks: new NetworksApi(configuration),
  sweeps: new SweepsApi(configuration),
  trainings: new TrainingsApi(configuration),
  trajectories: new TrajectoriesApi(configuration),
};
