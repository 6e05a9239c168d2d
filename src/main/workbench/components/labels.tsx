import type { LabelPatch } from 'client';
import { useState } from 'preact/hooks';
import { problemAt, Refusal } from '../api/problems.js';
import { TextField } from './field.js';
import { RefusalSummary } from './refusal.js';

/** Tags with commas between them, as a list. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}

/** Fields for the name and the tags of what is not yet there. */
export function LabelFields({ name, tags, onChange, refusal }: {
  name: string;
  tags: string;
  onChange: (labels: { name: string; tags: string }) => void;
  refusal: Refusal | null;
}) {
  return (
    <div class="row">
      <TextField label="Name" value={name} pointer="/name" error={problemAt(refusal, '/name')?.detail}
        onInput={(next) => onChange({ name: next, tags })} />
      <TextField label="Tags" value={tags} pointer="/tags" error={problemAt(refusal, '/tags')?.detail}
        onInput={(next) => onChange({ name, tags: next })} />
    </div>
  );
}

/** Shows a name and tags, and changes them. */
export function Relabel({ name, tags, change }: {
  name: string | null | undefined;
  tags: readonly string[];
  change: (labelPatch: LabelPatch) => Promise<unknown>;
}) {
  const [edited, setEdited] = useState<{ name: string; tags: string } | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (edited === null) {
    return (
      <p class="row labels">
        {tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}
        <button type="button" onClick={() => setEdited({ name: name ?? '', tags: tags.join(', ') })}>Rename</button>
      </p>
    );
  }
  const save = async () => {
    try {
      await change({ name: edited.name === '' ? null : edited.name, tags: tagsOf(edited.tags) });
      setRefusal(null);
      setEdited(null);
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
  };
  return (
    <form class="panel" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <RefusalSummary refusal={refusal} />
      <LabelFields {...edited} onChange={setEdited} refusal={refusal} />
      <p class="row">
        <button type="submit" class="primary">Save</button>
        <button type="button" onClick={() => { setEdited(null); setRefusal(null); }}>Cancel</button>
      </p>
    </form>
  );
}
