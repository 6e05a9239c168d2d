import type { NetworkRequest, NetworkResponse, TrainingRequest } from 'client';
import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { documentSchemas } from '../../api/document.js';
import { isOfClasses } from '../../api/classes.js';
import { problemAt, Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { goTo, linkTo } from '../../app/address.js';
import { CheckField, Form, SelectField, Submit } from '../../components/field.js';
import { foundIn, KeptHere, type Kept } from '../../components/found.js';
import { apart, datasetName, LabelFields } from '../../components/labels.js';
import { counted } from '../../components/numbers.js';
import { edited, RefusalSummary } from '../../components/refusal.js';
import { Shown } from '../../components/unreadable.js';
import { samplesOf } from '../data/grid.js';
import { GridFields } from '../data/grid-fields.js';
import { usePreview } from '../data/grid-form.js';
import { Builder } from '../network/builder.js';
import { Size } from '../network/size.js';
import { alike } from './alike.js';
import { LossFields } from './loss-fields.js';
import { Continuation } from './continuation.js';
import { described } from './described.js';
import { dataOf, drawn, isOfTerms, lossOver, onDataset, scalesTargets, suggested, sweepRequest, termsOf, trainingRequest, withLoss, type TrainingState } from './request.js';
import { BasicFields, MoreSettings, OptimizerFields } from './settings-fields.js';
import { SweepFields } from './sweep-fields.js';

const LISTED = 200;
/** So many inputs that are only counted are asked for ranges of points. */
const MOST_COUNTED = 64;

/** What the form held when it was left, for who comes back to it, with what it had begun, and what its fields have kept. */
let left: { training: string; begun: TrainingRequest; kept: Kept } | null = null;

/** Pointers into the training of a sweep as those of the training itself, and a dataset that is missing where one is chosen. */
function ofForm(refusal: Refusal, state: TrainingState): Refusal {
  const problems = refusal.problems.map((problem) => ({ ...problem, pointer: problem.pointer.replace(/^\/training(?=\/|$)/, '') }));
  const { loss } = state.training;
  const without = termsOf(loss).flatMap(({ sample, dataset }, at) => (sample || dataset ? [] : [`/loss/terms/${at}/sample`]));
  return new Refusal(refusal.status, refusal.title, refusal.message, problems.flatMap((problem) =>
    (!problem.detail.startsWith('must have exactly one of dataset') || dataOf(state) !== 'none' ? [problem] : (without.length > 0 ? without : ['/datasetId'])
      .map((pointer) => ({ ...problem, pointer, detail: 'must be chosen: the training has no dataset' })))));
}

/** The form for a training, or a sweep of many. What is not typed is as the service has it by default. */
export function TrainingForm({ state, change }: { state: TrainingState;
  change: (patch: Partial<TrainingState>) => void }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { value: schemas, refusal: ofDocument } = useAsked(documentSchemas, []);
  const { value: networks } = useAsked((signal) => service.networks.listNetworks({ pageSize: LISTED }, { signal }), []);
  const { value: datasets } = useAsked((signal) => service.datasets.listDatasets({ pageSize: LISTED }, { signal }), []);
  const { training } = state;
  const back = left?.training === JSON.stringify(training) ? left : null;
  const [begun, setBegun] = useState(back?.begun ?? training);
  const [kept] = useState<Kept>(() => back?.kept ?? new Map());
  left = { training: JSON.stringify(training), begun, kept };
  const built = foundIn<TrainingRequest['network']>(kept, '/network');
  const ofData = foundIn<TrainingRequest['loss']>(kept, '/dataset');
  const datasetId = training.datasetId ?? null;
  const { value: dataset } =
    useAsked(datasetId === null ? null : (signal) => service.datasets.getDataset({ id: datasetId }, { signal }),
    [datasetId]);
  const put = (next: TrainingRequest) => { setRefusal(edited); change({ training: next }); };
  const from = dataOf(state);
  const preview = usePreview(state.grid, from === 'grid', '/dataset');
  const fitting = suggested(state, dataset);
  const network: NetworkRequest = training.network ?? fitting;
  const samples = from === 'stored' ? dataset?.samples ?? null : from === 'grid' ? samplesOf(state.grid) : null;
  const listed = [...new Set(alike(networks?.items ?? [], training.networkId).values())];
  const stored = listed.find(({ id }) => id === training.networkId);
  const { inputs } = training.networkId ? stored ?? { inputs: null } : network;
  const names = typeof inputs === 'number' ? Array.from({ length: Math.min(inputs, MOST_COUNTED) }, (_, at) => `x${at + 1}`) : inputs;
  // The ranges stay in the state as they were: a name that is typed passes through others.
  const asShown = names === null ? training : { ...training, loss: lossOver(names, training.loss) };
  const nameOfData = apart(datasets?.items ?? [], datasetName);
  const nameOfNetwork = apart(listed, (other) => other.name ?? described(other));
  const start = async () => {
    try {
      // Who is quicker than the answer gets a network that fits the data, too.
      const data = datasetId === null || training.continue ? null : dataset ?? await service.datasets.getDataset({ id: datasetId });
      if (state.isSweep) {
        const sweep = await service.sweeps.createSweep({ sweepRequest: sweepRequest({ ...state, training: asShown }, data) });
        goTo(linkTo(`sweeps/${sweep.id}`));
      } else {
        const made = await service.trainings.createTraining({ trainingRequest: trainingRequest({ ...state, training: asShown }, data) });
        goTo(linkTo(`trainings/${made.id}`));
      }
    } catch (thrown) {
      setRefusal(ofForm(Refusal.from(thrown), state));
    }
  };
  const chooseNetwork = (choice: string) => {
    // A model is of the network that was chosen with it.
    const { network: own, networkId: _id, initialModelId: _model, ...rest } = training;
    // What was built is found again by data of the same columns.
    const columns = JSON.stringify([fitting.inputs, fitting.outputs]);
    const before = built(own ? columns : '', own, choice === 'here' ? columns : '');
    put(choice === '' ? rest : choice === 'here' ? withLoss({ ...rest, network: before ?? network }, training.loss)
      : { ...rest, networkId: choice });
  };
  const takeUnscaled = ({ inputs, outputs, layers, architecture, normalization }: NetworkResponse) => {
    const { networkId: _, initialModelId: _model, ...rest } = training;
    const like = { inputs, outputs, normalization: normalization ?? null, ...(layers ? { layers } : {}),
      ...(architecture ? { architecture } : {}) };
    put(withLoss({ ...rest, network: like }, training.loss));
  };
  /** Without a dataset a loss of terms that draw their points; with one again, while nothing is written in these, what it was before. */
  const lossFor = (choice: string) => {
    const { loss } = training;
    if (choice !== 'none') return from === 'none' && termsOf(loss).every(({ equation }) => equation.trim() === '') ? ofData('none', loss, 'data') : loss;
    if (isOfTerms(loss)) return loss;
    ofData('data', loss, 'none');
    return { terms: [{ equation: '', sample: drawn(names ?? [], []) }] };
  };
  const chooseData = (choice: string) => {
    const { dataset: _, datasetId: _id, ...rest } = withLoss(training, lossFor(choice));
    setRefusal(null);
    const next = datasets?.items.find(({ id }) => id === choice);
    if (next) {
      const on = onDataset(rest, dataset, next);
      setBegun(on);
      change({ training: on });
    } else if (choice === 'grid' || choice === 'none') {
      change({ training: rest, data: choice });
    }
  };
  if (training.continue)
    return <Continuation state={state} change={change} start={start} refusal={refusal} />;
  const parts = { training, onChange: put, refusal };
  return (
    <KeptHere.Provider value={kept}><Form act={start}>
      <RefusalSummary refusal={refusal ?? ofDocument} isOfAct={refusal !== null} />
      <div class="columns even">
        <div>
          <section aria-labelledby="training-data">
            <h2 id="training-data">Data</h2>
            <SelectField label="Dataset" value={from === 'stored' ? datasetId! : from} pointer="/datasetId"
              onChange={chooseData}
              error={(problemAt(refusal, '/datasetId') ?? problemAt(refusal, '/dataset'))?.detail}
              options={[{ value: 'grid', label: 'A formula on a grid, below' },
                ...(from === 'given' ? [{ value: 'given', label: 'That of the link' }] : []),
                { value: 'none', label: 'None: the terms of the loss have their own' },
                ...(datasetId !== null && !datasets?.items.some(({ id }) => id === datasetId) ?
                  [{ value: datasetId, label: dataset?.name ?? datasetId }] : []),
                ...(datasets?.items ?? []).map((other) =>
                  ({ value: other.id, label: `${nameOfData(other)}, ${counted(other.samples, 'sample')}` }))]} />
            {from === 'grid' && (
              <details open>
                <summary>The formula</summary>
                <GridFields grid={state.grid} onChange={(grid) => { setRefusal(edited); change({ grid }); }}
                  refusal={refusal ?? preview.refusal} pointer="/dataset" />
              </details>
            )}
            {from === 'stored' && dataset !== null && (
              <p class="help">
                <a href={linkTo(`datasets/${dataset.id}`)}>{counted(dataset.samples, 'sample')}</a> of{' '}
                {dataset.inputNames.join(', ')} with {dataset.targetNames.join(', ') || 'no targets, so that equations say below what is to be learned'}.
              </p>
            )}
          </section>
          <section aria-labelledby="training-network">
            <h2 id="training-network">Network</h2>
            <SelectField label="Network" value={training.networkId ?? (training.network ? 'here' : '')}
              pointer="/networkId" onChange={chooseNetwork}
              error={(problemAt(refusal, '/networkId') ?? problemAt(refusal, '/network'))?.detail}
              options={[{ value: '', label: 'One that fits the data' }, { value: 'here', label: 'Built here, below' },
                ...(training.networkId && stored === undefined ?
                  [{ value: training.networkId, label: training.networkId }] : []),
                ...listed.map((other) => ({
                  value: other.id, label: `${nameOfNetwork(other)}, ${counted(other.parameterCount, 'parameter')}`,
                }))]} />
            {training.networkId ?
              <p class="help">{stored && `${described(stored)}.`}</p> : (
              <Shown><p class="help">{described(network)}. <a href={linkTo('network', { network })}>See it drawn</a></p></Shown>
            )}
            {stored && isOfClasses(training.loss) && scalesTargets(stored) && (
              <div class="warnings">
                <p>The loss is of probabilities, and this network scales its outputs as targets are scaled.</p>
                <p><button type="button" onClick={() => takeUnscaled(stored)}>Take one like it that does not</button></p>
              </div>
            )}
            {training.initialModelId && (
              <div class="warnings">
                <p>It starts from <a href={linkTo('models', { id: training.initialModelId })}>a model</a>, not from random weights.
                  {(training.validationFraction ?? 0) > 0 && ` With another seed, validation fraction or dataset than that was trained
                  with, rows would be held out that it was trained on.`}</p>
                <p><button type="button" onClick={() => { const { initialModelId: _, ...rest } = training; put(rest); }}>
                  Start from random weights</button></p>
              </div>
            )}
            <Size of={training.networkId ? { networkId: training.networkId } : { network }} samples={samples} />
            {training.network &&
              <Builder network={network} refusal={refusal}
              onChange={(next: NetworkRequest) => put({ ...training, network: next })} />}
          </section>
        </div>
        <div>
          <section aria-labelledby="training-settings">
            <h2 id="training-settings">Training</h2>
            <LossFields {...parts} training={asShown} inputs={names ?? []} hasData={from !== 'none'} dataset={from === 'stored' ? dataset : null} datasets={datasets?.items ?? []} />
            {schemas === null ? <p role="status">Loading…</p> : (
              <>
                <OptimizerFields {...parts} schemas={schemas} begun={begun} />
                <BasicFields {...parts} schemas={schemas} />
                <MoreSettings {...parts} schemas={schemas} />
              </>
            )}
            <LabelFields of="training" name={training.name ?? ''} tags={state.tags} refusal={refusal}
              onChange={({ name, tags }) =>
                { setRefusal(edited); change({ tags, training: { ...training, name: name === '' ? null : name } }); }} />
            <CheckField label="Try several values: a sweep of trainings" value={state.isSweep}
              onChange={(isSweep) => { setRefusal(edited); change({ isSweep }); }} />
            {state.isSweep && schemas !== null && <SweepFields schemas={schemas}
              sweep={state.sweep} training={{ ...training, network }} refusal={refusal}
              onChange={(sweep) => { setRefusal(edited); change({ sweep }); }} />}
            <p>
              <Submit>
                {state.isSweep ? 'Start the sweep' : 'Start training'}
              </Submit>
            </p>
          </section>
        </div>
      </div>
    </Form></KeptHere.Provider>
  );
}
