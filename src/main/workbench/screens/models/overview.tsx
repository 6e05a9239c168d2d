import { useAsked } from '../../api/asked.js';
import { metricsOf, modelEpoch } from '../../api/metrics.js';
import { datasetsOf } from '../../api/model.js';
import { service } from '../../api/service.js';
import { linkTo } from '../../app/address.js';
import { CopyAndDownload } from '../../components/copy.js';
import { Drawing } from '../../components/drawing.js';
import { trainingName } from '../../components/labels.js';
import { count, number, time } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { MODEL_LOSS, TRAINING_LOSS, VALIDATION_LOSS } from '../../components/words.js';
import { Aliases } from './aliases.js';
import { Parameters, valueText } from './parameters.js';
import type { ViewProps } from './screen.js';

/** Where a model comes from, its network drawn, its coefficients and its parameters. */
export function Overview({ known }: ViewProps) {
  const { model, network, training } = known;
  const asked = useAsked((signal) => service.models.getModelParameters({ id: model.id }, { signal }), [model.id]);
  const isValidated = (training?.validationFraction ?? 0) > 0;
  const { value: chosen } = useAsked(isValidated ? async (signal) => modelEpoch(await metricsOf(training!.id, signal)) : null, [training?.id]);
  const { id: _id, createdAt: _createdAt, parameterCount: _count, parameters: _parameters, tags: _tags,
    ...definition } = network;
  const coefficients = Object.entries(model.coefficients);
  return (
    <>
      <div class="columns">
        <div>
          <dl class="facts">
            <dt>{MODEL_LOSS}, over its dataset{isValidated && ' with the rows held out'}</dt><dd>{number(model.loss)}</dd>
            {chosen !== null && (
              <>
                <dt>Epoch that it is of</dt><dd>{count(chosen.epoch)}, with the least validation loss</dd>
                <dt>{TRAINING_LOSS} of that epoch</dt><dd>{number(chosen.loss)}</dd>
                <dt>{VALIDATION_LOSS}, over the rows held out</dt><dd>{number(chosen.validationLoss)}</dd>
              </>
            )}
            <dt>Inputs</dt><dd>{network.inputs.join(', ')}</dd>
            <dt>Outputs</dt><dd>{network.outputs.join(', ')}</dd>
            <dt>Parameters</dt><dd>{count(network.parameterCount)}</dd>
            <dt>Made</dt><dd>{time(model.createdAt)}</dd>
            <dt>Training</dt>
            <dd>{training === null ? model.trainingId ? 'It is not there any more.' : 'None: it was brought.'
              : <a href={linkTo(`trainings/${training.id}`)}>{trainingName(training)}</a>}</dd>
            <dt>Datasets</dt>
            <dd>{datasetsOf(training).length === 0 ? '–' : datasetsOf(training).map((id, index) => (
              <span key={id}>{index > 0 && ', '}<a
                href={linkTo(`datasets/${id}`)}>{index === 0 ? 'Open' : `and ${index + 1}`}</a></span>
            ))}</dd>
          </dl>
          <p class="row">
            <a href={linkTo('network', { network: definition })}>Its network as a start for another</a>
            <a href={linkTo('dynamics', { id: model.id })}>Its dynamics</a>
          </p>
          <Aliases key={`${model.id} ${model.name}`} model={model} />
        </div>
        <div>
          <Drawing network={network} />
          {coefficients.length > 0 && (
            <Table caption={model.trainingId ? 'Coefficients that it found' : 'Coefficients of its equations'} rows={coefficients} rowKey={([name]) => name} columns={[
              { title: 'Name', cell: ([name]) => <code>{name}</code> },
              { title: 'Value', isNumber: true, cell: ([, { value }]) => valueText(value) },
            ]} />
          )}
        </div>
      </div>
      <h2>Parameters</h2>
      <RefusalSummary refusal={asked.refusal} />
      {asked.value === null && asked.refusal === null && <p role="status">Loading the parameters …</p>}
      {asked.value !== null && (
        <>
          <CopyAndDownload text={JSON.stringify(asked.value, null, 1)} file="parameters.json" type="application/json" />
          <Parameters shapes={network.parameters} values={asked.value} />
        </>
      )}
    </>
  );
}
