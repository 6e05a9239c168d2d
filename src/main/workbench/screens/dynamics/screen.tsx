import { MethodName, type ModelResponse } from 'client';
import { useAsked } from '../../api/asked.js';
import { knownModel, termsOf, type KnownModel } from '../../api/model.js';
import { service } from '../../api/service.js';
import { goTo, linkTo, useAddressState } from '../../app/address.js';
import { isListOf, isNumber, isNumbers, isOneOf, isText } from '../../app/kinds.js';
import type { ChosenAxes } from '../../components/axes.js';
import { SelectField } from '../../components/field.js';
import { apart, modelName } from '../../components/labels.js';
import { number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Tabs } from '../../components/tabs.js';
import { inText, MODEL_LOSS } from '../../components/words.js';
import { Portrait } from './portrait.js';
import { Solution } from './solution.js';
import { isOfDynamics } from './system.js';

/** What one sees here, as a link to it says: `linkTo('dynamics', { id, starts: [[1, 0]] })`. */
export interface DynamicsState {
  id: string;
  /** Empty for the one that fits. */
  view: View | '';
  axes: ChosenAxes;
  /** Equations; empty for what the service takes. */
  field: string;
  energy: string;
  method: MethodName | '';
  step: number | null;
  steps: number | null;
  tolerance: number | null;
  /** Null where a field is empty. */
  starts: (number | null)[][];
  /** Whether a portrait has one scale for both sides; null for what fits. */
  isEqual: boolean | null;
  /** Of the solution: the output, and the equation that is to be 0; null for the first. */
  output: string | null;
  residual: string | null;
  hasPoints: boolean;
}

type View = 'portrait' | 'solution';

const START: DynamicsState = {
  id: '', view: '', axes: {}, field: '', energy: '', method: '', step: 0.1, steps: 300, tolerance: null, starts: [], isEqual: null,
  output: null, residual: null, hasPoints: true,
};

/** What a view of a model gets. */
export interface ViewProps {
  known: KnownModel;
  state: DynamicsState;
  change: (patch: Partial<DynamicsState>) => void;
}

const LISTED = 100;
/** Networks and trainings of the newest models, and some more. */
const LOOKED_AT = 200;

const OPEN_OTHERS = 'To write a field for a model, open its dynamics from its own page.';

/** The newest models of which there is something to be seen here, and how many others there are among them. */
async function modelsOfDynamics(signal: AbortSignal): Promise<{ items: ModelResponse[]; others: number }> {
  const [models, networks, trainings] = await Promise.all([
    service.models.listModels({ pageSize: LISTED }, { signal }),
    service.networks.listNetworks({ pageSize: LOOKED_AT }, { signal }),
    service.trainings.listTrainings({ pageSize: LOOKED_AT }, { signal }),
  ]);
  const networkOf = new Map(networks.items.map((network) => [network.id, network]));
  const trainingOf = new Map(trainings.items.map((training) => [training.id, training]));
  const items = models.items.filter(({ networkId, trainingId }) =>
    isOfDynamics(networkOf.get(networkId), trainingId ? trainingOf.get(trainingId) : null));
  return { items, others: models.items.length - items.length };
}

/** Models that move: phase portraits with trajectories, and solutions of differential equations. */
export function Screen() {
  const [state, change] = useAddressState('dynamics', START, {
    view: isOneOf(['', 'portrait', 'solution']), method: isOneOf(['', ...Object.values(MethodName)]), tolerance: isNumber,
    starts: isListOf(isNumbers), isEqual: isOneOf([true, false, null]), output: isText, residual: isText,
  });
  const models = useAsked(modelsOfDynamics, []);
  const asked = useAsked(state.id === '' ? null : (signal) => knownModel(state.id, signal), [state.id]);
  const known = asked.value?.model.id === state.id ? asked.value : null;
  const { items, others } = models.value ?? { items: [], others: 0 };
  const choices = (known === null || items.some(({ id }) => id === state.id) ? [] : [known.model]).concat(items);
  const nameOf = apart(choices, modelName);
  return (
    <>
      <p>Where a learned field leads from any start, whether energy is kept on the way,
        and how well a solution meets its equation.</p>
      <RefusalSummary refusal={models.refusal ?? asked.refusal} />
      {models.value === null && models.refusal === null && <p role="status">Loading the models …</p>}
      {models.value !== null && items.length === 0 && known === null && (
        <p>{others === 0 ? 'There is no model yet.' : `None of the models has a field, or was to solve equations. ${OPEN_OTHERS}`} <a href={linkTo('training')}>Train one</a>, or run an example of the <a
          href={linkTo('gallery')}>gallery</a>.</p>
      )}
      {(items.length > 0 || known !== null) && (
        <SelectField label="Model" value={state.id} onChange={(id) => goTo(linkTo('dynamics', id === '' ? {} : { id }))}
          help={others === 0 ? undefined : `Those that have a field, or were to solve equations. ${OPEN_OTHERS}`} options={[
          { value: '', label: 'Choose one' },
          ...choices.map((model) => ({ value: model.id, label: `${nameOf(model)}, ${inText(MODEL_LOSS)} ${number(model.loss)}` })),
        ]} />
      )}
      {state.id !== '' && known === null && asked.refusal === null && <p role="status">Loading the model …</p>}
      {known !== null && <OneModel key={known.model.id} known={known} state={state} change={change} />}
    </>
  );
}

function OneModel({ known, state, change }: ViewProps) {
  const view = state.view !== '' ? state.view : termsOf(known.training).length > 0 ? 'solution' : 'portrait';
  return (
    <>
      <p><a href={linkTo('models', { id: known.model.id })}>Its formulas, pictures and parameters</a></p>
      <Tabs<View> label="Views of the model" value={view} onChange={(next) => change({ view: next })}
        tabs={[{ value: 'portrait', label: 'Phase portrait' }, { value: 'solution', label: 'Solution and residual' }]}>
        {view === 'solution' ? <Solution known={known} state={state} change={change} /> : <Portrait known={known}
          state={state} change={change} />}
      </Tabs>
    </>
  );
}
