import { useState } from 'preact/hooks';
import { likelyOf, probabilitiesOf } from '../../api/classes.js';
import { outsideOf, shownOf, unseenWord, type Outside } from '../../api/features.js';
import type { KnownModel } from '../../api/model.js';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { CopyAndDownload } from '../../components/copy.js';
import { useDropped, usePasted } from '../../components/dropped.js';
import { Field } from '../../components/field.js';
import { among, count, counted, number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';
import { textOf } from '../data/csv.js';
import { READING, ReadingFields, readingOf, type Reading } from '../data/reading.js';
import { rowsOfFile, type FileRow, type FileRows } from './file-rows.js';

const SHOWN = 10;
const TOLD = 5;

interface PredictedRow extends FileRow {
  outputs: readonly (number | null)[] | null;
  outside: readonly Outside[];
}

interface Predicted extends Omit<FileRows, 'rows'> {
  file: string;
  rows: readonly PredictedRow[];
}

/** Predictions for the rows of a CSV file, by the headers of the one that the model was trained on. */
export function PredictFile({ known }: { known: KnownModel }) {
  const { network, columns, words, features, training } = known;
  const compared = likelyOf(training, network);
  const isOfLogits = compared !== null;
  const likely = ({ outputs }: PredictedRow) => (outputs === null || outputs.some((output) => output === null)
    ? network.outputs.map(() => null) : probabilitiesOf(compared!, outputs as number[]));
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
      setRefusal(Refusal.from(thrown));
    } finally {
      setIsBusy(false);
    }
  };
  const take = (next: { name: string; text: string; isPasted?: boolean }) => {
    if (isBusy) return;
    const how = next.name === file?.name && !next.isPasted ? reading : readingOf(next);
    setFile(next);
    setReading(how);
    void predict(next, how);
  };
  const read = async (chosen: File) => take({ name: chosen.name, text: await textOf(chosen) });
  useDropped(read);
  usePasted((text) => take({ name: 'pasted.csv', text, isPasted: true }));
  const change = (patch: Partial<Reading>) => {
    const next = { ...reading, ...patch };
    setReading(next);
    if (file !== null && !isBusy) void predict(file, next);
  };
  const needed = [...new Set(network.inputs.map((name) => columns[name]?.header ?? name))];
  const help = `With these columns: ${needed.join(', ')}. Others are passed over. Choose it, drop it anywhere on this page, `
    + 'or paste what you copied from a spreadsheet.';
  const rows = predicted?.rows ?? [];
  const written = network.outputs.map((_, column) => among(rows.map(({ outputs }) => outputs?.[column])));
  const beyond = rows.filter(({ outside }) => outside.length > 0);
  const without = rows.filter(({ problem }) => problem !== null);
  const isOfOneClass = isOfLogits && training?.loss === 'cross-entropy';
  const nameOfClass = (at: number) => words[network.outputs[at]!] ?? network.outputs[at] ?? '';
  const classOf = (row: PredictedRow) => (row.outputs === null ? '' : nameOfClass(mostLikely(likely(row))));
  const namesOf = ({ outside }: PredictedRow) => [...new Set(outside.map(({ name }) => name))].join(' ');
  const added: { title: string; cell: (row: PredictedRow) => number | string | null | undefined }[] = [
    ...network.outputs.map((name, at) => ({ title: predicted?.headers.includes(name) ? `predicted ${name}` : name,
      cell: ({ outputs }: PredictedRow) => outputs?.[at] })),
    ...(isOfLogits ? network.outputs.map((name, at) => ({ title: `probability of ${name}`, cell: (row: PredictedRow) => likely(row)[at] })) : []),
    ...(isOfOneClass ? [{ title: 'most likely', cell: classOf }] : []),
    ...(beyond.length > 0 ? [{ title: 'outside of its data', cell: namesOf }] : []),
  ];
  // The lines as they are in the file, and as that is written, so that they are found again there.
  const csv = predicted === null ? '' : csvOf([
    ['line of the file', ...predicted.headers, ...added.map(({ title }) => title)],
    ...rows.map((row) => [String(row.line), ...predicted.headers.map((_, at) => row.fields[at] ?? ''),
      ...added.map(({ cell }) => fieldOf(cell(row), predicted.decimal))]),
  ], predicted.delimiter);
  return (
    <section aria-labelledby="predict-file">
      <h2 id="predict-file">From a CSV file</h2>
      <div class="row file">
        <Field label="CSV file" help={help}>
          {(tied) => (
            <input {...tied} type="file" accept=".csv,text/csv,.txt,.tsv" disabled={isBusy}
              onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => {
                const chosen = event.currentTarget.files?.[0];
                if (chosen !== undefined) void read(chosen);
              }} />
          )}
        </Field>
      </div>
      <ReadingFields reading={reading} text={file?.text ?? null} refusal={refusal} onChange={change} areRowsKept />
      <RefusalSummary refusal={refusal} isOfAct />
      {isBusy && <p role="status">Predicting …</p>}
      {predicted !== null && (
        <>
          {predicted.passedOver.length > 0 && <p class="help">Passed over: {predicted.passedOver.join(', ')}.</p>}
          {without.length > 0 && (
            <div class="warnings" role="status">
              <p><strong>{count(without.length)} of {counted(rows.length, 'row')} have no prediction.</strong> The others have theirs.</p>
              <ul>{without.slice(0, TOLD).map(({ line, problem }) => <li key={line}>Line {count(line)}: {problem}.</li>)}
                {without.length > TOLD && <li>And {count(without.length - TOLD)} more, empty in the table to download.</li>}</ul>
            </div>
          )}
          {beyond.length > 0 && (
            <p class="warnings" role="status"><strong>{count(beyond.length)} of {counted(rows.length, 'row')}{' '}
              {beyond.length === 1 ? 'lies' : 'lie'} outside of what it was trained on.</strong> No data tell of what is there.</p>
          )}
          <Table caption={`${counted(rows.length, 'row')} of ${predicted.file}${rows.length > SHOWN ? `, the first ${SHOWN} of them` : ''}`}
            rows={rows.slice(0, SHOWN)} rowKey={({ line }) => String(line)}
            columns={[
              { title: 'Line', cell: ({ line }: PredictedRow) => count(line) },
              ...network.outputs.map((name, column) =>
                (isOfLogits ? { title: `Probability of ${name}`, isNumber: true, cell: (row: PredictedRow) => number(likely(row)[column]) }
                  : { title: name, isNumber: true, cell: (row: PredictedRow) => written[column]!(row.outputs?.[column]) })),
              ...(isOfOneClass ? [{ title: 'Most likely', cell: classOf }] : []),
              ...(beyond.length === 0 ? [] : [{ title: 'Outside of its data', cell: ({ outside }: PredictedRow) =>
                outside.map((one) => unseenWord(features, one) ?? `${one.name} by ${number(one.by)} (it had ${number(one.end)})`)
                  .filter((said) => said !== '').join(', ') }]),
              ...features.map((feature) => ({ title: feature.name, isNumber: feature.words.length === 0, cell: (row: PredictedRow) =>
                shownOf(feature, network.inputs, row.inputs, number) })),
            ]} />
          <CopyAndDownload text={csv} file="predictions.csv" type="text/csv" />
        </>
      )}
    </section>
  );
}

/** A value as a field of a file whose numbers are written so. */
function fieldOf(value: number | string | null | undefined, decimal: '.' | ','): string {
  return typeof value === 'number' ? String(value).replace('.', decimal) : value ?? '';
}

/** Rows as CSV, with quotes where they are needed. */
function csvOf(rows: readonly (readonly string[])[], delimiter: string): string {
  const quoted = (field: string) => (/["\r\n]/.test(field) || field.includes(delimiter) ? `"${field.replaceAll('"', '""')}"` : field);
  return rows.map((row) => row.map(quoted).join(delimiter)).join('\n');
}

function mostLikely(likely: readonly (number | null)[]): number {
  return likely.reduce((best: number, value, at) => ((value ?? -1) > (likely[best] ?? -1) ? at : best), 0);
}

/** Lines with something missing have no prediction, and say so; the others have theirs. */
async function predictedOf(file: { name: string; text: string }, known: KnownModel, reading: Reading): Promise<Predicted> {
  const { rows, ...read } = rowsOfFile(file, known, reading);
  const whole = rows.filter(({ problem }) => problem === null);
  const { outputs } = whole.length === 0 ? { outputs: [] } : await service.models.predict(
    { id: known.model.id, predictionRequest: { inputs: whole.map(({ inputs }) => inputs as number[]) } });
  const outputOf = new Map(whole.map((row, at) => [row, outputs[at] ?? null]));
  return { ...read, file: file.name, rows: rows.map((row) => {
    const output = outputOf.get(row) ?? null;
    return { ...row, outputs: output, outside: outsideOf(known.network.inputs, row.inputs, known.ranges),
      problem: row.problem ?? (output === null ? 'the model has no value there' : null) };
  }) };
}
