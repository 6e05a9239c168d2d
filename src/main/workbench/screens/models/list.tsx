import { useState } from 'preact/hooks';
import { useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { linkTo } from '../../app/address.js';
import { ActButton } from '../../components/act.js';
import { TextField } from '../../components/field.js';
import { apart, modelName } from '../../components/labels.js';
import { useOwn } from '../../components/own.js';
import { number, time } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { MODEL_LOSS } from '../../components/words.js';
import { Import } from './import.js';

/** All models, newest first, page by page. */
export function List() {
  const [tag, setTag] = useState('');
  const [pages, setPages] = useState(['']);
  const [changes, setChanges] = useState(0);
  const own = useOwn();
  const asked = useAsked(async (signal) => {
    const found = await Promise.all(pages.map((pageToken) => service.models.listModels(
      { ...(pageToken === '' ? {} : { pageToken }), ...(tag === '' ? {} : { tag }), ...own.filter }, { signal })));
    return { items: found.flatMap((page) => page.items), next: found.at(-1)?.nextPageToken ?? null };
  }, [pages, tag, own.filter, changes], 150);
  const models = asked.value?.items ?? [];
  const title = apart(models, modelName);
  return (
    <>
      <p>A model is what a training leaves: a network with its learned parameters. Open one to read it as a formula,
        see it as a
        picture, or let it predict.</p>
      <Import />
      <div class="row">
        <TextField label="Only with the tag" type="search" value={tag}
          onInput={(next) => { setTag(next); setPages(['']); }} />
        {own.box}
      </div>
      <RefusalSummary refusal={asked.refusal} />
      {asked.value === null && asked.refusal === null ? <p role="status">Loading the models …</p> : (
        <div class="list"><Table caption="Models, newest first" rows={models} rowKey={(model) => model.id}
          empty={tag === '' ? 'There is no such model yet. Train one, or run an example of the gallery.'
            : 'No model has this tag.'}
          columns={[
            { title: 'Model', cell: (model) => <a href={linkTo('models', { id: model.id })}>{title(model)}</a> },
            { title: MODEL_LOSS, isNumber: true, cell: (model) => number(model.loss) },
            { title: 'Made', cell: (model) => time(model.createdAt) },
            { title: 'Tags', cell: (model) => model.tags.join(', ') || '–' },
            { title: 'Training', cell: (model) => !model.trainingId ? '–' : <a href={linkTo(`trainings/${model.trainingId}`)}
              aria-label={`Open the training of ${title(model)}`}>Open</a> },
            { title: 'Delete', cell: (model) => <ActButton text="Delete" label={`Delete ${title(model)}`} question="Delete it for good?"
              act={() => service.models.deleteModel({ id: model.id }).finally(() => setChanges((before) => before + 1))} /> },
          ]} /></div>
      )}
      {asked.value?.next && <button type="button"
        onClick={() => setPages([...pages, asked.value!.next!])}>Show more</button>}
      {models.length === 0 && asked.value !== null && tag === '' && (
        <p class="row"><a href={linkTo('training')}>Train a network</a> <a
          href={linkTo('gallery')}>See the gallery</a></p>
      )}
    </>
  );
}
