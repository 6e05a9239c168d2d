import { Form, Format } from 'client';
import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { knownModel, type KnownModel } from '../../api/model.js';
import { service } from '../../api/service.js';
import { linkTo, useAddressState } from '../../app/address.js';
import { isMapOf, isNumber, isOneOf, isText } from '../../app/kinds.js';
import type { ChosenAxes } from '../../components/axes.js';
import { modelName, Relabel } from '../../components/labels.js';
import { KINDS, type Kind } from '../../components/over-inputs.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Tabs } from '../../components/tabs.js';
import { Errors } from './errors.js';
import { DIGITS, Formulas } from './formulas.js';
import { List } from './list.js';
import { Overview } from './overview.js';
import { Picture } from './picture.js';
import { Predict } from './predict.js';

/** What one sees here, as a link to it says: `linkTo('models', { id, view: 'picture', equation: 'D(z, x)' })`. */
export interface ModelsState {
  /** Empty for the list. */
  id: string;
  view: View;
  /** Null for the first output. */
  equation: string | null;
  axes: ChosenAxes;
  entry: number;
  kind: Kind;
  form: Form;
  format: Format;
  substituteParameters: boolean;
  /** Of numbers in LaTeX; null for all. */
  digits: number | null;
  shareSubexpressions: boolean;
  /** What is typed in to be predicted, by name of the input. */
  inputs: Record<string, number>;
}

type View = 'overview' | 'formulas' | 'picture' | 'predictions' | 'errors';

const VIEWS: readonly { value: View; label: string }[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'formulas', label: 'Formulas' },
  { value: 'picture', label: 'Picture' },
  { value: 'predictions', label: 'Predictions' },
  { value: 'errors', label: 'Errors' },
];

const START: ModelsState = {
  id: '', view: 'overview', equation: null, axes: {}, entry: 0, kind: 'surface',
  form: Form.Scalar, format: Format.Latex, substituteParameters: true, digits: 4, shareSubexpressions: true, inputs: {},
};

/** What a view of a model gets. */
export interface ViewProps {
  known: KnownModel;
  state: ModelsState & { equation: string };
  change: (patch: Partial<ModelsState>) => void;
}

/** Models: a list of them, and of one what it computes, as formulas, pictures and numbers. */
export function Screen() {
  const [state, change] = useAddressState('models', START, {
    view: isOneOf(VIEWS.map(({ value }) => value)), equation: isText, kind: isOneOf(KINDS), inputs: isMapOf(isNumber),
    form: isOneOf(Object.values(Form)), format: isOneOf(Object.values(Format)),
    digits: isOneOf([...DIGITS, null]),
  });
  const [changes, setChanges] = useState(0);
  const asked = useAsked(state.id === '' ? null : (signal) => knownModel(state.id, signal), [state.id, changes]);
  if (state.id === '') return <List />;
  const known = asked.value?.model.id === state.id ? asked.value : null;
  return (
    <>
      <p><a href={linkTo('models')}>All models</a></p>
      <RefusalSummary refusal={asked.refusal} />
      {known === null && asked.refusal === null && <p role="status">Loading the model …</p>}
      {known !== null && <OneModel known={known} state={state} change={change}
        onLabels={() => setChanges((before) => before + 1)} />}
    </>
  );
}

function OneModel({ known, state, change, onLabels }: Omit<ViewProps, 'state'> & { state: ModelsState; onLabels: () => void }) {
  const given = { known, state: { ...state, equation: state.equation ?? known.network.outputs[0] ?? 'outputs' },
    change };
  return (
    <>
      <div class="titled">
        <h2>{modelName(known.model)}</h2>
        <Relabel name={known.model.name} tags={known.model.tags}
          change={(labelPatch) => service.models.updateModel({ id: known.model.id, labelPatch }).then(onLabels)} />
      </div>
      <Tabs label="Views of the model" tabs={VIEWS} value={state.view} onChange={(next) => change({ view: next })}>
        {{
          overview: () => <Overview {...given} />,
          formulas: () => <Formulas {...given} />,
          picture: () => <Picture {...given} />,
          predictions: () => <Predict {...given} />,
          errors: () => <Errors {...given} />,
        }[state.view]()}
      </Tabs>
    </>
  );
}
