import { useAddressState, usePath } from '../../app/address.js';
import { isOneOf, isTraining } from '../../app/kinds.js';
import { Tabs } from '../../components/tabs.js';
import { TrainingForm } from './form.js';
import { TrainingList } from './list.js';
import { START, type TrainingState } from './request.js';
import { Sweep } from './sweep.js';
import { SweepList } from './sweep-list.js';
import { Training } from './training.js';

/**
 * Train a network, look on while it learns, and compare. `#/trainings/ID`, or `#/training/ID`, shows a
 * training, `#/sweeps/ID` a sweep.
 */
export function Screen() {
  const [name, id] = usePath();
  if (id === '') return <Trainings />;
  return name === 'sweeps' ? <Sweep key={id} id={id} /> : <Training key={id} id={id} />;
}

function Trainings() {
  const [state, change] = useAddressState<TrainingState>('training', START, {
    view: isOneOf(['new', 'all', 'sweeps']), training: isTraining, data: isOneOf(['grid', 'none']),
  });
  return (
    <Tabs label="Trainings" value={state.view} onChange={(view) => change({ view })}
      tabs={[{ value: 'new', label: 'New training' }, { value: 'all', label: 'Trainings' },
        { value: 'sweeps', label: 'Sweeps' }]}>
      {state.view === 'new' && <TrainingForm state={state} change={change} />}
      {state.view === 'all' && <TrainingList state={state} change={change} />}
      {state.view === 'sweeps' && <SweepList />}
    </Tabs>
  );
}
