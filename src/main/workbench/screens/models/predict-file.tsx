import { useState } from 'preact/hooks';
import type { KnownModel } from '../../api/model.js';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { CopyAndDownload } from '../../components/copy.js';
import { Field } from '../../components/field.js';
import { counted, number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { nameOf, numberOf, parsed, textOf } from '../data/csv.js';
import { found, ofReading, READING, ReadingFields, readingRequest, wordsOf, type Reading } from '../data/reading.js';

const SHOWN = 10;

interface Predicted {
  file: string;
  inputs: readonly (readonly number[])[];
  outputs: readonly (readonly number[] | null)[];
  passedOver: readonly string[];
}

interface Row {
  row: readonly (number | null)[];
  index: number;
}

/** Predictions for the rows of a CSV file, which the service reads as it read the one that the model was trained on. */
export function PredictFile({ known }: { known: KnownModel }) {
  const { network, columns } = known;
  const [reading, setReading] = useState<Reading>(READING);
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [predicted, setPredicted] = useState<Predicted | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const predict = async (chosen: { name: string; text: string }, how: Reading) => {
    setIsBusy(true);
    setRefusal(null);
    try {
      setPredicted(await predictedOf(chosen, known, how));
    } catch (thrown) {
      setPredicted(null);
      setRefusal(ofReading(Refusal.from(thrown)));
    } finally {
      setIsBusy(false);
    }
  };
  const take = async (chosen: File) => {
    const next = { name: chosen.name, text: await textOf(chosen) };
    setFile(next);
    await predict(next, reading);
  };
  const change = (patch: Partial<Reading>) => {
    const next = { ...reading, ...patch };
    setReading(next);
    if (file !== null && !isBusy) void predict(file, next);
  };
  const needed = [...new Set(network.inputs.map((name) => columns[name]?.header ?? name))];
  const names = [...network.inputs, ...network.outputs];
  const rows = predicted?.inputs.map((row, index) =>
    [...row, ...(predicted.outputs[index] ?? network.outputs.map(() => null))]) ?? [];
  const csv = [names, ...rows.map((row) => row.map((value) => value ?? ''))].map((row) => row.join(',')).join('\n');
  return (
    <section aria-labelledby="predict-file">
      <h2 id="predict-file">From a CSV file</h2>
      <div class="row file">
        <Field label="CSV file" help={`With these columns: ${needed.join(', ')}. Others are passed over.`}>
          {(tied) => (
            <input {...tied} type="file" accept=".csv,text/csv,.txt,.tsv" disabled={isBusy} onChange={(event) => {
              const chosen = event.currentTarget.files?.[0];
              if (chosen !== undefined) void take(chosen);
              event.currentTarget.value = '';
            }} />
          )}
        </Field>
      </div>
      <ReadingFields reading={reading} text={file?.text ?? null} refusal={refusal} onChange={change} />
      <RefusalSummary refusal={refusal} isOfAct />
      {isBusy && <p role="status">Predicting …</p>}
      {predicted !== null && (
        <>
          {predicted.passedOver.length > 0 && <p class="help">Passed over: {predicted.passedOver.join(', ')}.</p>}
          <Table caption={`${counted(rows.length, 'row')} of ${predicted.file}${rows.length > SHOWN ? `, the first ${SHOWN} of them` : ''}`}
            rows={rows.slice(0, SHOWN).map((row, index): Row => ({ row, index }))} rowKey={({ index }) => String(index)}
            columns={names.map((name, column) =>
              ({ title: name, isNumber: true, cell: ({ row }: Row) => number(row[column]) }))} />
          <CopyAndDownload text={csv} file="predictions.csv" type="text/csv" />
        </>
      )}
    </section>
  );
}

/** What the columns of a file are called. */
function headersOf(text: string, reading: Reading): string[] {
  const { delimiter, decimal } = found(text, reading);
  const [first = []] = parsed(text, delimiter, 1);
  const areNumbers = first.every((field) => typeof numberOf(field, decimal, wordsOf(reading)) === 'number');
  return reading.header === 'false' || (reading.header === '' && areNumbers) ? first.map((_, at) => `c${at + 1}`)
    : first.map((header) => header.trim());
}

/** The service reads the file as a dataset, which is there only as long as that takes. */
async function predictedOf({ name, text }: { name: string; text: string }, { model, network, columns }: KnownModel,
  reading: Reading): Promise<Predicted> {
  const headers = headersOf(text, reading);
  const sources = network.inputs.map((input) => {
    const { header: known, value } = columns[input] ?? { header: input, value: null };
    const header = [known, input].map((wanted) => headers.find((one) => one === wanted)
      ?? headers.find((one) => nameOf(one) === nameOf(wanted))).find((one) => one !== undefined);
    if (header === undefined) {
      throw new Refusal(422, 'A column is missing', `${name} has no column ${known}. Its columns are ${headers.join(', ')}.`);
    }
    return { header, value };
  });
  // In a list commas stand between headers.
  const key = (header: string) => (header.includes(',') ? nameOf(header) : header);
  const keys = (list: readonly { header: string }[]) => [...new Set(list.map(({ header }) => key(header)))];
  const oneHot = keys(sources.filter(({ value }) => value !== null));
  const dataset = await service.datasets.createDatasetFromCsv({ ...readingRequest(text, reading), inputs: keys(sources),
    ...(oneHot.length === 0 ? {} : { oneHot }), name: `For predictions: ${name}`.slice(0, 200) });
  try {
    const read = dataset.inputNames.map((column) => dataset.columns.find((stored) => stored.name === column)!);
    const isOf = (column: typeof read[number], source: typeof sources[number]) =>
      (column.header ?? column.name) === source.header && (column.value ?? null) === source.value;
    const strange = read.find((column) => !sources.some((source) => isOf(column, source)));
    if (strange !== undefined) {
      throw new Refusal(422, 'A word is not known', `${strange.header} is ‘${strange.value}’ in some rows, which the model was not trained with.`);
    }
    const rows = await service.datasets.getDatasetRows({ id: dataset.id });
    const places = sources.map((source) => read.findIndex((column) => isOf(column, source)));
    // A word that is in no row is 0 in all.
    const inputs = rows.inputs.map((row) => places.map((place) => row[place] ?? 0));
    const { outputs } = await service.models.predict({ id: model.id, predictionRequest: { inputs } });
    return { file: name, inputs, outputs, passedOver: headers.filter((header) => !sources.some((source) => source.header === header)) };
  } finally {
    await service.datasets.deleteDataset({ id: dataset.id });
  }
}
