import type { ImportRequest, ModelResponse } from 'client';
import { useState } from 'preact/hooks';
import { problemAt, problemIn, Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { goTo, linkTo } from '../../app/address.js';
import { useDropped } from '../../components/dropped.js';
import { Field, Form, Submit, TextField } from '../../components/field.js';
import { tagsOf } from '../../components/labels.js';
import { edited, RefusalSummary } from '../../components/refusal.js';

interface Typed {
  name: string;
  inputs: string;
  outputs: string;
  activation: string;
  lastActivation: string;
}

const NOTHING: Typed = { name: '', inputs: '', outputs: '', activation: '', lastActivation: '' };

/** A model from a file: ONNX, parameters as JSON or of NumPy, or an exported graph. Dropped anywhere on the page or chosen. */
export function Import() {
  const [file, setFile] = useState<File | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState(NOTHING);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const take = (next: File) => {
    setRefusal(null);
    setFile(next);
    setIsOpen(true);
    setTyped((before) => ({ ...before, name: next.name.replace(/\.[^.]*$/, '') }));
  };
  useDropped(take);
  const send = async () => {
    try {
      if (file === null) throw new Refusal(422, 'No file', 'Choose a file, or drop one anywhere on this page.');
      if (/\.(csv|tsv|txt|xlsx?)$/i.test(file.name))
        throw new Refusal(422, 'No model', `${file.name} is a table by its name: Data takes tables, this takes ONNX, JSON and npz.`);
      goTo(linkTo('models', { id: (await imported(file, typed)).id }));
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
  };
  const field = (name: keyof Typed, label: string, help?: string) => (
    <TextField label={label} help={help} value={typed[name]} pointer={`/${name}`}
      error={(name === 'inputs' || name === 'outputs' ? problemIn : problemAt)(refusal, `/${name}`)?.detail}
      onInput={(text) => { setRefusal(edited); setTyped({ ...typed, [name]: text }); }} />
  );
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Import a model</summary>
      <Form className="panel" act={send}>
        <RefusalSummary refusal={refusal} isOfAct />
        <Field label="File of a model" error={problemAt(refusal, '')?.detail}
          help="ONNX; JSON: parameters of dense layers by name, or the graph that was exported here; or such parameters in an .npz of NumPy. Drop it anywhere on this page.">
          {(tied) => <input {...tied} type="file" accept=".onnx,.json,.npz,application/json" onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            if (chosen !== undefined) take(chosen);
          }} />}
        </Field>
        {file !== null && <p role="status"><strong>{file.name}</strong></p>}
        <div class="fields">
          {field('name', 'Name of the model')}
          {field('inputs', 'Inputs', 'With commas between; as in the file, or x1, x2 and so on, if left out.')}
          {field('outputs', 'Outputs', 'With commas between; as in the file, or y1, y2 and so on, if left out.')}
          {field('activation', 'Activation of the inner layers', 'Of parameters, which do not say it: tanh if left out.')}
          {field('lastActivation', 'Activation of the last layer', 'Of parameters: identity if left out.')}
        </div>
        <p><Submit>Import it</Submit></p>
      </Form>
    </details>
  );
}

async function imported(file: File, typed: Typed): Promise<ModelResponse> {
  const { activation, lastActivation } = typed;
  const [inputs, outputs] = [tagsOf(typed.inputs), tagsOf(typed.outputs)];
  const named = { ...(typed.name === '' ? {} : { name: typed.name }), ...(inputs.length === 0 ? {} : { inputs }),
    ...(outputs.length === 0 ? {} : { outputs }) };
  const activations = { ...(activation === '' ? {} : { activation }), ...(lastActivation === '' ? {} : { lastActivation }) };
  if (/\.npz$/i.test(file.name)) return service.models.importModelFromNpz({ body: file, ...named, ...activations });
  if (!/\.json$/i.test(file.name)) return service.models.importModelFromOnnx({ body: file, ...named });
  return service.models.importModel({ importRequest: {
    ...contentOf(await file.text(), file.name), ...named, ...activations,
  } });
}

/** What a JSON has: a graph that was exported, what one posts to import a model, or parameters, by names within names too. */
function contentOf(text: string, name: string): ImportRequest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Refusal(422, 'No JSON', `${name} is not written as JSON.`);
  }
  if (!isObject(content)) throw new Refusal(422, 'No model', `${name} has neither parameters by name nor a graph.`);
  if ('format' in content) return { graph: content };
  return isObject(content['parameters']) || isObject(content['graph']) ? content : { parameters: flat(content) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** `{"L1": {"W": …}}` as `{"L1.W": …}`. */
function flat(parameters: Record<string, unknown>, around = ''): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).flatMap(([name, value]) =>
    (isObject(value) ? Object.entries(flat(value, `${around}${name}.`)) : [[around + name, value]])));
}
