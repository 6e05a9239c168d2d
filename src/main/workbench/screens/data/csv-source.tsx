import { useRef } from 'preact/hooks';
import { usePasted } from '../../components/dropped.js';
import { Field } from '../../components/field.js';
import { count } from '../../components/numbers.js';
import { textOf } from './csv.js';

export interface CsvFile {
  name: string;
  text: string;
  isPasted?: boolean;
}

const KEY = 'nabla.csv';
const EXAMPLE: CsvFile = {
  name: 'spring.csv',
  text: `weight,material,length
0,steel,10.02
0.5,steel,11.48
1,steel,13.01
1.5,steel,14.55
2,steel,15.97
2.5,steel,17.52
3,steel,18.98
0,brass,10.01
0.5,brass,12.03
1,brass,13.98
1.5,brass,16.04
2,brass,18.02
2.5,brass,19.97
3,brass,22.01
`,
};

let kept: CsvFile | null | undefined;

/** The file that was chosen in this tab; small ones outlive that it is loaded again. */
export function keptFile(): CsvFile | null {
  if (kept === undefined) {
    const text = sessionStorage.getItem(KEY);
    kept = text === null ? null : (JSON.parse(text) as CsvFile);
  }
  return kept;
}

export function keep(file: CsvFile): void {
  kept = file;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(file));
  } catch {
    sessionStorage.removeItem(KEY);
  }
}

/** Where a file comes from: chosen or, anywhere on the page, pasted or dropped. */
export function CsvSource({ file, why, onFile }: {
  file: CsvFile | null;
  /** Why that is no CSV. */
  why: string | null;
  onFile: (file: CsvFile) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const take = (next: CsvFile) => { keep(next); onFile(next); };
  const read = async (chosen: File | undefined) =>
    { if (chosen !== undefined) take({ name: chosen.name, text: await textOf(chosen) }); };
  usePasted((text) => take({ name: 'pasted.csv', text, isPasted: true }));
  return (
    <div class="panel">
      <div class="row">
        <Field label="CSV file" error={why ?? undefined}
          help="Choose it, drop it anywhere on this page, or paste what you copied from a spreadsheet.">
          {(tied) => <input {...tied} ref={input} type="file" accept=".csv,.tsv,.txt,text/csv"
            onChange={(event) => void read(event.currentTarget.files?.[0])} />}
        </Field>
        {file === null && <button type="button" onClick={() => { input.current?.focus(); take(EXAMPLE); }}>
          Try an example</button>}
      </div>
      {file !== null && <p role="status"><strong>{file.name}</strong>, {count(file.text.length)} characters.</p>}
    </div>
  );
}
