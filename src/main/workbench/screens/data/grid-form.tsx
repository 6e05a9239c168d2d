import { useState } from 'preact/hooks';
import { unrefused, useAsked } from '../../api/asked.js';
import { Refusal, token } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { goTo, linkTo } from '../../app/address.js';
import { Form, Submit } from '../../components/field.js';
import { LabelFields, tagsOf } from '../../components/labels.js';
import { edited, RefusalSummary } from '../../components/refusal.js';
import { Shown } from '../../components/unreadable.js';
import { coarse, GRID, gridRequest, samplesOf, type GridState } from './grid.js';
import { GridFields } from './grid-fields.js';
import { DataPicture } from './picture.js';

export { GRID, type GridState };

const PLACES = 31;

/** Data from formulas, seen while they are typed. */
export function GridForm({ state, onChange }: { state: GridState; onChange: (state: GridState) => void }) {
  const [posted, setPosted] = useState<Refusal | null>(null);
  const preview = usePreview(state);
  const picture = unrefused(preview);
  const change = (next: GridState) => { setPosted(edited); onChange(next); };
  const create = async () => {
    try {
      const twice = repeated(state);
      if (twice !== undefined) throw new Refusal(422, 'Two columns have one name', `Only one can be called ${twice}.`);
      const dataset = await service.datasets.createDataset({
        datasetRequest: { ...gridRequest(state), ...(state.name === '' ? {} : { name: state.name }),
          tags: tagsOf(state.tags) },
      });
      goTo(linkTo(`datasets/${dataset.id}`));
    } catch (thrown) {
      setPosted(Refusal.from(thrown));
    }
  };
  return (
    <div class="columns">
      <Form act={create}>
        <RefusalSummary refusal={posted} isOfAct />
        <GridFields grid={state} onChange={change} refusal={posted ?? preview.refusal} />
        <LabelFields of="dataset" name={state.name} tags={state.tags} refusal={posted}
          onChange={(labels) => change({ ...state, ...labels })} />
        <p><Submit>Store this dataset</Submit></p>
      </Form>
      <Shown isSaid>
        {picture !== null && <DataPicture {...picture} />}
        {picture === null && preview.isWaiting && <p role="status">Loading…</p>}
      </Shown>
    </div>
  );
}

/** What two inputs or targets are called. */
function repeated({ axes, targets }: GridState): string | undefined {
  const names = [...axes, ...targets].map(({ name }) => name);
  return names.find((name, at) => names.indexOf(name) !== at);
}

/**
 * The formulas at some places, computed as the outputs of a network without parameters; problems as those of
 * the dataset at a pointer.
 */
export function usePreview(grid: GridState, isOn = true, pointer = '') {
  const inputs = isOn && grid.axes.length <= 3 && samplesOf(grid) !== null ? coarse(grid, grid.axes.length === 3 ? 8 : PLACES) :
    [];
  const names = grid.axes.map((axis) => axis.name);
  const outputs = Object.fromEntries(grid.targets.map(({ name, equation }) => [name, equation]));
  const isWhole = inputs.length > 0 && grid.targets.every(({ name, equation }) => name !== '' && equation !== '');
  return useAsked(isWhole ? async (signal) => {
    try {
      const { results } = await service.expressions.evaluate({ evaluationRequest: {
        network: { inputs: names, architecture: { type: 'equations', outputs } }, parameters: {}, inputs,
          equations: Object.keys(outputs),
      } }, { signal });
      return {
        inputs: names.map((name, at) => ({ name, values: inputs.map((row) => row[at] ?? null) })),
        targets: results.map(({ values }, at) =>
          ({ name: grid.targets[at]!.name, values: (values ?? []) as (number | null)[] })),
      };
    } catch (thrown) {
      const refusal = Refusal.from(thrown);
      throw new Refusal(refusal.status, refusal.title, refusal.message, refusal.problems.map((problem) => ({
        ...problem, pointer: problem.pointer.replace('/network/architecture/outputs', `${pointer}/targets`)
          .replace(/^\/network\/inputs\/(\d+)/, (_, at: string) => `${pointer}/grid/${token(names[Number(at)] ?? '')}`),
      })));
    }
  } : null, [names, outputs, inputs.length, grid.axes], 250);
}
