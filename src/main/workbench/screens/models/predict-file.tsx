import { CreateDatasetFromCsvDecimalEnum, CreateDatasetFromCsvDelimiterEnum, type ModelResponse, type NetworkResponse } from 'client';
import { useState } from 'preact/hooks';
import { Refusal } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { CopyAndDownload } from '../../components/copy.js';
import { Field, SelectField } from '../../components/field.js';
import { counted, number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Table } from '../../components/table.js';

const SHOWN = 10;

interface Predicted {
  file: string;
  inputs: readonly (readonly number[])[];
  outputs: readonly (readonly number[] | null)[];
}

interface Row {
  row: readonly (number | null)[];
  index: number;
}

type Delimiter = CreateDatasetFromCsvDelimiterEnum;
type Decimal = CreateDatasetFromCsvDecimalEnum;

/** Predictions for the rows of a CSV file, which the service reads. */
export function PredictFile({ model, network }: { model: ModelResponse; network: NetworkResponse }) {
  const [delimiter, setDelimiter] = useState<Delimiter | ''>('');
  const [decimal, setDecimal] = useState<Decimal>(CreateDatasetFromCsvDecimalEnum.Period);
  const [predicted, setPredicted] = useState<Predicted | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const predict = async (file: File) => {
    setIsBusy(true);
    setRefusal(null);
    try {
      setPredicted(await predictedOf(file, model.id, network.inputs,
        { ...(delimiter === '' ? {} : { delimiter }), decimal }));
    } catch (thrown) {
      setPredicted(null);
      setRefusal(Refusal.from(thrown));
    } finally {
      setIsBusy(false);
    }
  };
  const names = [...network.inputs, ...network.outputs];
  const rows = predicted?.inputs.map((row, index) =>
    [...row, ...(predicted.outputs[index] ?? network.outputs.map(() => null))]) ?? [];
  const csv = [names, ...rows.map((row) => row.map((value) => value ?? ''))].map((row) => row.join(',')).join('\n');
  return (
    <section aria-labelledby="predict-file">
      <h2 id="predict-file">From a CSV file</h2>
      <div class="row file">
        <Field label="CSV file"
          help={`With a header in which these columns are: ${network.inputs.join(', ')}. Other columns are passed over.`}>
          {(tied) => (
            <input {...tied} type="file" accept=".csv,text/csv,.txt,.tsv" disabled={isBusy} onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file !== undefined) void predict(file);
              event.currentTarget.value = '';
            }} />
          )}
        </Field>
        <SelectField label="Columns are separated by" value={delimiter} onChange={setDelimiter}
          options={[{ value: '', label: 'What the file shows' }, ...Object.values(CreateDatasetFromCsvDelimiterEnum)
            .map((value) => ({ value, label: value }))]} />
        <SelectField label="Before decimals stands" value={decimal} onChange={setDecimal}
          options={Object.values(CreateDatasetFromCsvDecimalEnum).map((value) => ({ value, label: value }))} />
      </div>
      <RefusalSummary refusal={refusal} isOfAct />
      {isBusy && <p role="status">Predicting …</p>}
      {predicted !== null && (
        <>
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

/** The service reads the file as a dataset, which is there only as long as that takes. */
async function predictedOf(file: File, id: string, inputs: string[],
  how: { delimiter?: Delimiter; decimal: Decimal }): Promise<Predicted> {
  const dataset = await service.datasets.createDatasetFromCsv({ body: await file.text(), inputs,
    name: `For predictions: ${file.name}`.slice(0, 200), ...how });
  try {
    const rows = await service.datasets.getDatasetRows({ id: dataset.id });
    const { outputs } = await service.models.predict({ id,
      predictionRequest: { inputs: rows.inputs, inputNames: rows.inputNames } });
    return { file: file.name, inputs: rows.inputs, outputs };
  } finally {
    await service.datasets.deleteDataset({ id: dataset.id });
  }
}
