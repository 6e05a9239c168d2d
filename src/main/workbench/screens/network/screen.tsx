import { Form, Format, Loss, type NetworkRequest } from 'client';
import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { useAddressState } from '../../app/address.js';
import { isNetwork, isOneOf } from '../../app/kinds.js';
import { Drawing } from '../../components/drawing.js';
import { KeptHere, type Kept } from '../../components/found.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Tabs } from '../../components/tabs.js';
import { Shown, useUnreadable } from '../../components/unreadable.js';
import { linkToTrain } from '../training/request.js';
import { Backpropagation, type Differentiated } from './backpropagation.js';
import { Builder } from './builder.js';
import { Mathematics } from './mathematics.js';
import { Size } from './size.js';

/** What one sees here, as a link to it says: `linkTo('network', { network, equations })`. */
export interface NetworkState {
  network: NetworkRequest;
  equations: string[];
  form: Form;
  format: Format;
  shareSubexpressions: boolean;
  view: 'mathematics' | 'backpropagation';
  /** What the view of backpropagation differentiates. */
  differentiated: Differentiated;
  /** Which output, from 1 on. */
  output: number;
}

const START: NetworkState = {
  network: { inputs: ['x', 'y'], outputs: ['z'], layers: [{ type: 'dense', units: 3 }, { type: 'dense', units: 3 },
    { type: 'dense', units: 1, activation: 'identity' }] },
  equations: ['outputs'],
  form: Form.Array,
  format: Format.Latex,
  shareSubexpressions: false,
  view: 'mathematics',
  differentiated: Loss.Mse,
  output: 1,
};

/** Build a network, see it drawn, and read its mathematics while typing. */
export function Screen() {
  const [state, change] = useAddressState('network', START, {
    network: isNetwork, form: isOneOf(Object.values(Form)), format: isOneOf(Object.values(Format)),
    view: isOneOf(['mathematics', 'backpropagation']), differentiated: isOneOf(['output', ...Object.values(Loss)]),
  });
  const { network, equations, form, format, shareSubexpressions } = state;
  const expressionRequest = { network, equations, form, shareSubexpressions };
  const typeset = useAsked((signal) => service.expressions.printExpressions(
    { expressionRequest: { ...expressionRequest, format: Format.Latex } }, { signal }), [expressionRequest], 250);
  const [kept] = useState<Kept>(() => new Map());
  const unreadable = useUnreadable();
  const isWrong = unreadable.length > 0 || (typeset.refusal?.problems.some(({ pointer }) => pointer.startsWith('/network')) ?? false);
  return (
    <>
      <RefusalSummary refusal={typeset.refusal} />
      <div class="columns">
        <div>
          <KeptHere.Provider value={kept}>
            <Builder network={network} onChange={(next) => change({ network: next })} refusal={typeset.refusal} />
          </KeptHere.Provider>
        </div>
        <div>
          <Shown isSaid>
            <Drawing network={network} />
            <Size of={{ network }} />
          </Shown>
          <p class="row">
            {isWrong ? <><button type="button" disabled>Train this network</button><span class="help">Its definition is wrong.</span></>
              : <a class="button" href={linkToTrain(network)}>Train this network</a>}
          </p>
          <Tabs label="Views of the network" value={state.view} onChange={(view) => change({ view })}
            tabs={[{ value: 'mathematics', label: 'Mathematics' }, { value: 'backpropagation', label: 'Backpropagation' }]}>
            {state.view === 'mathematics'
              ? <Mathematics state={state} change={change} typeset={typeset} />
              : <Backpropagation network={network} differentiated={state.differentiated} output={state.output} onChange={change} />}
          </Tabs>
        </div>
      </div>
    </>
  );
}
