import type { LabelPatch, ModelResponse } from 'client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemAt, problemIn, Refusal } from '../api/problems.js';
import { Form, Submit, TextField } from './field.js';
import { RefusalSummary } from './refusal.js';
import { number } from './numbers.js';
import { inText, labelOf, placeOf, shortPlaces } from './words.js';

/** What a dataset is called where it has no name. */
export function datasetName({ name, inputNames, targetNames }: { name?: string | null; inputNames: readonly string[];
  targetNames: readonly string[] }): string {
  return name ?? [inputNames.join(', '), targetNames.join(', ')].filter((names) => names !== '').join(' → ');
}

/** What a network is called where it has no name. */
export function networkName({ name, inputs, outputs }: { name?: string | null; inputs: readonly string[];
  outputs: readonly string[] }): string {
  return name ?? `${inputs.join(', ')} → ${outputs.join(', ')}`;
}

/** A value of a trial as text: 0.001, relu, Adam with learning rate 0.01. */
export function valueText(value: unknown): string {
  if (typeof value === 'number') return number(value);
  if (value === null || value === undefined) return 'left out';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || !('type' in value) || typeof value.type !== 'string') return JSON.stringify(value);
  const { type, ...others } = value;
  const settings = Object.entries(others).map(([name, of]) => `${inText(labelOf(name))} ${valueText(of)}`);
  return settings.length === 0 ? labelOf(type) : `${labelOf(type)} with ${settings.join(', ')}`;
}

/** What trials have of the values of a sweep: Learning rate 0.01. */
export function trialText(values: Record<string, unknown>): string {
  const places = shortPlaces(Object.keys(values));
  return placeOf(Object.entries(values).map(([pointer, value]) => `${inText(places.get(pointer)!)} ${valueText(value)}`));
}

/** What a training is called where it has no name: by what it is a trial of or, in the end, by its id. */
export function trainingName({ name, id, sweepValues }: { name?: string | null; id: string;
  sweepValues?: Record<string, unknown> | null }): string {
  return name ?? (trialText(sweepValues ?? {}) || `Training ${id.slice(0, 4)}`);
}

/** What items are called: where several are called the same, with what their trials chose and, in the end, the beginning of their ids. */
export function apart<T extends Item>(items: readonly T[], nameOf: (item: T) => string): (item: T) => string {
  const byTrial = withWhereSame(items, nameOf, ({ name, sweepValues }) => (name == null ? '' : trialText(sweepValues ?? {})));
  return withWhereSame(items, byTrial, ({ id }) => id.slice(0, 8));
}

type Item = { id: string; name?: string | null; sweepValues?: Record<string, unknown> | null };

function withWhereSame<T extends Item>(items: readonly T[], nameOf: (item: T) => string, more: (item: T) => string): (item: T) => string {
  const times = new Map<string, number>();
  for (const item of items) times.set(nameOf(item), (times.get(nameOf(item)) ?? 0) + 1);
  return (item) => ((times.get(nameOf(item)) ?? 0) > 1 && more(item) !== '' ? `${nameOf(item)} (${more(item)})` : nameOf(item));
}

/** What a model is called where it has no name: by its sweep or its network, and by what it is a trial of; in the end by an id. */
export function modelName({ name, id, trainingId, networkName, sweepName, sweepValues }: ModelResponse): string {
  const parts = [sweepName ?? networkName ?? '', trialText(sweepValues ?? {})].filter((part) => part !== '').join(': ');
  return name ?? (parts || (trainingId ? `Model of training ${trainingId.slice(0, 4)}` : `Model ${id.slice(0, 4)}`));
}

/** Tags with commas between them, as a list. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}

/** Fields for the name and the tags of what is not yet there. */
export function LabelFields({ of = '', name, tags, onChange, refusal, hasFocus = false }: {
  /** What it is of, where there are other names beside it. */
  of?: string;
  name: string;
  tags: string;
  onChange: (labels: { name: string; tags: string }) => void;
  refusal: Refusal | null;
  /** Whether one begins with the name. */
  hasFocus?: boolean;
}) {
  return (
    <div class="row names">
      <TextField label={of === '' ? 'Name' : `Name of the ${of}`} value={name} pointer="/name" hasFocus={hasFocus}
        error={problemAt(refusal, '/name')?.detail}
        onInput={(next) => onChange({ name: next, tags })} />
      <TextField label="Tags" help="With commas between." value={tags} pointer="/tags"
        error={problemIn(refusal, '/tags')?.detail}
        onInput={(next) => onChange({ name, tags: next })} />
    </div>
  );
}

/** Shows a name and tags, and changes them. The focus goes to the name, and back to the button. */
export function Relabel({ name, tags, change }: {
  name: string | null | undefined;
  tags: readonly string[];
  change: (labelPatch: LabelPatch) => Promise<unknown>;
}) {
  const [edited, setEdited] = useState<{ name: string; tags: string } | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  useEffect(() => {
    if (edited === null && wasEdited.current) button.current?.focus();
    wasEdited.current = edited !== null;
  }, [edited === null]);
  if (edited === null) {
    return (
      <p class="row labels">
        {tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}
        <button ref={button} type="button" onClick={() => setEdited({ name: name ?? '', tags: tags.join(', ') })}>Rename</button>
      </p>
    );
  }
  const leave = () => {
    setRefusal(null);
    setEdited(null);
  };
  const save = async () => {
    try {
      await change({ name: edited.name === '' ? null : edited.name, tags: tagsOf(edited.tags) });
      leave();
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
  };
  return (
    <Form className="panel" act={save} leave={leave}>
      <RefusalSummary refusal={refusal} isOfAct />
      <LabelFields {...edited} hasFocus onChange={setEdited} refusal={refusal} />
      <p class="row">
        <Submit>Save</Submit>
        <button type="button" onClick={leave}>Cancel</button>
      </p>
    </Form>
  );
}
