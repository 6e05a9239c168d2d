import type { TrainingRequest } from 'client';
import { useState } from 'preact/hooks';
import { choices, resolved, type Schema } from '../../api/document.js';
import { problemAt, problemIn, type Refusal } from '../../api/problems.js';
import { CheckField, JsonField, NumberField, SelectField, TextField } from '../../components/field.js';
import { useFound } from '../../components/found.js';
import { SchemaFields } from '../../components/schema-fields.js';
import { asLabelled, labelOf, wordsOf } from '../../components/words.js';
import { OF_BATCHES, takesAll, withOptimizer } from './request.js';

/** The schema of what is stated, with the default and the description that it has where it is stated. */
export function plain(schemas: Record<string, Schema>, stated: Schema): Schema {
  const { oneOf, ...around } = stated;
  const named = oneOf?.filter((choice) => choice.type !== 'null') ?? [];
  if (named.length > 1) return stated;
  const inner = named[0] ?? stated;
  const { $ref: _, ...rest } = named.length === 1 ? around : stated;
  const whole: Schema = { ...resolved(schemas, inner), ...rest };
  return whole.description === undefined ? whole : { ...whole, description: brief(whole.description) };
}

const LONG = 160;

/** The first sentence, without what is in brackets where it is long. */
function brief(description: string): string {
  const sentence = description.replace(/\. .*$/s, '.');
  return sentence.length < LONG ? sentence : sentence.replace(/ \([^)]*\)/g, '');
}

/** Some properties of a schema, so that fields can be made of them. */
function some(schemas: Record<string, Schema>, name: string, properties: readonly string[]): Schema {
  return { properties: Object.fromEntries(properties.map((property) =>
    [property, plain(schemas, schemas[name]?.properties?.[property] ?? {})])) };
}

/** Whether a training with this optimizer has such a setting. */
function has({ optimizer }: TrainingRequest, name: string): boolean {
  return !takesAll(optimizer) || !OF_BATCHES.has(name);
}

interface Edited {
  schemas: Record<string, Schema>;
  training: TrainingRequest;
  onChange: (training: TrainingRequest) => void;
  refusal: Refusal | null;
}

/** The settings that most trainings have in common. */
export function BasicFields({ schemas, training, onChange, refusal }: Edited) {
  const { properties } = some(schemas, 'TrainingRequest',
    ['epochs', 'batchSize', 'validationFraction', 'seed', 'shuffle'].filter((name) => has(training, name)));
  const own: Record<string, Schema> = takesAll(training.optimizer)
    ? { epochs: { ...properties?.['epochs'], description: 'Each is one iteration of the optimizer, over all samples.' } } : {};
  return (
    <div class="fields">
      <SchemaFields schemas={schemas} schema={{ properties: { ...properties, ...own } }}
        value={training as Record<string, unknown>} onChange={onChange} pointer="" refusal={refusal} />
    </div>
  );
}

/** The first problem with something or with what is in it. */
function within(refusal: Refusal | null, pointer: string): string | undefined {
  const problem = problemIn(refusal, pointer);
  return problem && `${wordsOf(problem.pointer).slice(wordsOf(pointer).length).join(', ')} ${problem.detail}`.trim();
}

function replaced(training: TrainingRequest, name: 'learningRateFactors' | 'initialParameters',
  value: Record<string, unknown> | null): TrainingRequest {
  const { [name]: _, ...others } = training;
  return value === null ? others : { ...others, [name]: value } as TrainingRequest;
}

const OTHERS = ['gradientClipping', 'engine', 'precision', 'priority'] as const;

/** Whether one of those that few need is set. */
function hasOthers(schemas: Record<string, Schema>, training: TrainingRequest): boolean {
  const { properties = {} } = some(schemas, 'TrainingRequest', OTHERS);
  const { earlyStopping, initialModelId, freeze, learningRateFactors, initialParameters, metrics } = training;
  return OTHERS.some((name) => has(training, name) && training[name] != null && training[name] !== properties[name]?.default)
    || [earlyStopping, initialModelId, learningRateFactors, initialParameters].some((value) => value != null)
    || [freeze, metrics].some((list) => (list ?? []).length > 0);
}

/** Those that few need, to be seen at once where one of them is set. */
export function MoreSettings(edited: Edited) {
  const [isOpen] = useState(() => hasOthers(edited.schemas, edited.training));
  return (
    <details open={isOpen}>
      <summary>More settings</summary>
      <OtherFields {...edited} />
    </details>
  );
}

/** Those that few need. */
function OtherFields({ schemas, training, onChange, refusal }: Edited) {
  const { earlyStopping, ...without } = training;
  const metrics = schemas['Metric']?.enum ?? [];
  const chosen = (training.metrics ?? []) as readonly string[];
  return (
    <>
      <div class="fields">
        <SchemaFields schemas={schemas}
          schema={some(schemas, 'TrainingRequest',
            OTHERS.filter((name) => has(training, name)))}
          value={training as Record<string, unknown>} onChange={onChange} pointer="" refusal={refusal} />
        <NumberField isWhole label="Early stopping" pointer="/earlyStopping/patience"
          error={problemAt(refusal, '/earlyStopping/patience')?.detail}
          help="So many epochs without an improvement end it; never if left out." value={earlyStopping?.patience}
          onInput={(patience) =>
            onChange(patience === null ? without : { ...training, earlyStopping: { ...earlyStopping, patience } })} />
        <TextField label="Start from the model" value={training.initialModelId ?? ''} pointer="/initialModelId"
          error={problemAt(refusal, '/initialModelId')?.detail}
          help="The id of a model of a network of the same shape; random weights if left out."
            onInput={(text) => onChange({ ...training, initialModelId: text.trim() === '' ? null : text.trim() })} />
        <TextField label="Frozen parameters" value={(training.freeze ?? []).join(', ')} pointer="/freeze"
          error={problemIn(refusal, '/freeze')?.detail}
          help="Paths such as L1.W, or patterns such as L1.*, with commas between."
            onInput={(text) => onChange({ ...training,
            freeze: text.split(',').map((path) => path.trim()).filter((path) => path !== '') })} />
        {has(training, 'learningRateFactors') && (
          <JsonField label="Learning rate factors" value={training.learningRateFactors} pointer="/learningRateFactors"
            error={within(refusal, '/learningRateFactors')}
            help={'By paths or patterns of parameters, as {"nu": 10, "N.*": 0.1}.'}
            onInput={(factors) => onChange(replaced(training, 'learningRateFactors', factors))} />
        )}
        <JsonField label="Initial parameters" value={training.initialParameters} pointer="/initialParameters"
          error={within(refusal, '/initialParameters')}
          help={'Some or all, as a model shows its own: {"L1": {"b": [0, 0, 0]}}.'}
          onInput={(parameters) => onChange(replaced(training, 'initialParameters', parameters))} />
      </div>
      <fieldset class="panel">
        <legend>Also compute after every epoch</legend>
        {metrics.map((metric) => (
          <CheckField key={String(metric)} label={String(metric)} pointer="/metrics"
            value={chosen.includes(String(metric))}
            onChange={(isOn) => onChange({ ...training,
              metrics: (isOn ? [...chosen, metric] :
              chosen.filter((other) => other !== metric)) as NonNullable<TrainingRequest['metrics']> })} />
        ))}
      </fieldset>
    </>
  );
}

type Typed = Record<string, unknown> & { type?: string };

/** An optimizer that is chosen for the first time: what steps along gradients, too, does so with the rate and schedule of Adam. */
function likeAdam(optimizer: Typed, adam: Typed = {}): Typed {
  const shared = takesAll(optimizer as TrainingRequest['optimizer']) ? [] : ['learningRate', 'schedule'];
  return { ...Object.fromEntries(Object.entries(adam).filter(([name]) => shared.includes(name))), ...optimizer };
}

/** The optimizer with its schedule, of the kinds that the service has. */
export function OptimizerFields({ schemas, training, begun, onChange, refusal }: Edited & {
  /** The training with which the form began. */
  begun: TrainingRequest;
}) {
  const kinds = choices(schemas, 'OptimizerSettings');
  const optimizer = (training.optimizer ?? {}) as Typed;
  const kind = optimizer.type ?? 'adam';
  const found = useFound<Typed>('/optimizer');
  const choose = (type: string) => {
    const before = found(kind, optimizer, type);
    onChange(withOptimizer(training, before ?? likeAdam({ type }, found(kind, optimizer, 'adam')), begun));
  };
  const schema = kinds.get(kind) ?? {};
  const put = (next: Typed) =>
    onChange({ ...training, optimizer: next as unknown as NonNullable<TrainingRequest['optimizer']> });
  const { schedule: ofRate, ...others } = schema.properties ?? {};
  const { learningRate, ...own } = others;
  const shown = learningRate === undefined ? own : { learningRate, ...own };
  return (
    <>
      <SelectField label="Optimizer" value={kind}
        options={[...kinds.keys()].map((value) => ({ value, label: labelOf(value) }))}
        pointer="/optimizer" error={problemAt(refusal, '/optimizer')?.detail} onChange={choose} />
      <div class="fields">
        <SchemaFields schemas={schemas}
          schema={{ properties: Object.fromEntries(Object.entries(shown).map(([name, part]) =>
          [name, plain(schemas, part)])) }}
          value={optimizer} onChange={put} pointer="/optimizer" refusal={refusal} />
      </div>
      {ofRate !== undefined && (
        <ScheduleFields schemas={schemas} schedule={(optimizer['schedule'] ?? {}) as Typed} refusal={refusal}
          pointer="/optimizer/schedule" label="Learning rate over time"
          onChange={(schedule) => put({ ...optimizer, schedule })} />
      )}
    </>
  );
}

function ScheduleFields({ schemas, schedule, onChange, pointer, refusal, label }: {
  schemas: Record<string, Schema>;
  schedule: Typed;
  onChange: (schedule: Typed) => void;
  pointer: string;
  refusal: Refusal | null;
  label: string;
}) {
  const kinds = choices(schemas, 'LearningRateSchedule');
  const found = useFound<Typed>(pointer);
  const kind = schedule.type ?? 'constant';
  const schema = kinds.get(kind) ?? {};
  const { then, ...own } = schema.properties ?? {};
  const fields = Object.fromEntries(Object.entries(own).map(([name, part]) => [name, plain(schemas, part)]));
  const needed = (type: string) =>
    Object.fromEntries((kinds.get(type)?.required ?? []).map((name) =>
    [name, name === 'type' ? type : kinds.get(type)?.properties?.[name]?.example]));
  return (
    <>
      <SelectField label={label} value={kind} pointer={pointer}
        help={schema.description && asLabelled(brief(schema.description), (name) => name in own)}
        error={problemAt(refusal, pointer)?.detail}
        options={[...kinds.keys()].map((value) => ({ value, label: labelOf(value) }))}
          onChange={(type) => onChange(found(kind, schedule, type) ?? { ...needed(type), type })} />
      <div class="fields">
        <SchemaFields schemas={schemas} schema={{ properties: fields }} value={schedule} onChange={onChange}
          pointer={pointer} refusal={refusal} labels={{ epochs: 'Epochs of the schedule' }} />
      </div>
      {then !== undefined && (
        <ScheduleFields schemas={schemas} schedule={(schedule['then'] ?? {}) as Typed} refusal={refusal}
          pointer={`${pointer}/then`} label="Behind the warm-up"
          onChange={(next) => onChange({ ...schedule, then: next })} />
      )}
    </>
  );
}
