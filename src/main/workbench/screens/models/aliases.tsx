import type { ModelResponse } from 'client';
import { useState } from 'preact/hooks';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { ActButton } from '../../components/act.js';
import { Form, Submit, TextField } from '../../components/field.js';

/** By what else than its id a model is found: its version under its name, and aliases, which are given and taken here. */
export function Aliases({ model: { id, name, version, aliases: stored } }: { model: ModelResponse }) {
  const [aliases, setAliases] = useState(stored);
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (name == null) return <p class="help">With a name it has a version, and can have aliases.</p>;
  const add = async () => {
    try {
      if (text.trim() === '') throw new Refusal(422, 'No alias', 'Write one, such as champion.');
      // Others do not get as far as to the service's rule, as no path may have them.
      if (/[^\w-]/.test(text.trim())) throw new Refusal(422, 'No alias', 'It may have letters, digits, - and _, such as champion.');
      setAliases((await service.models.setModelAlias({ id, alias: text.trim() })).aliases);
      setText('');
      setRefusal(null);
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
  };
  const remove = (alias: string) => service.models.deleteModelAlias({ id, alias })
    .then(() => setAliases((before) => before.filter((other) => other !== alias)));
  return (
    <>
      <p class="row labels">
        <span>Found as <code>{name}@{version}</code></span>
        {aliases.map((alias) => (
          <span key={alias} class="tag">
            <code>{name}@{alias}</code> <ActButton text="×" label={`Remove the alias ${alias}`} act={() => remove(alias)} />
          </span>
        ))}
      </p>
      <Form className="row" act={add}>
        <TextField label="Another alias" value={text} onInput={(next) => { setRefusal(null); setText(next); }}
          help="Such as champion; it leaves the model that had it."
          error={refusal === null ? undefined : refusal.problems[0]?.detail ?? refusal.message} />
        {text.trim() !== '' && <Submit>Add the alias</Submit>}
      </Form>
    </>
  );
}
