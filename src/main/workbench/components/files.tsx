import { ExportFormat, Precision, type ExportRequest } from 'client';
import { useState } from 'preact/hooks';
import { service } from '../api/service.js';
import { ActButton } from './act.js';
import { download, useSaid } from './copy.js';
import { CheckField, SelectField } from './field.js';
import { labelOf } from './words.js';

const NAMES: Partial<Record<ExportFormat, string>> = {
  'c-casadi': 'C for CasADi', javascript: 'JavaScript', json: 'JSON of the graph', latex: 'LaTeX document', mathml: 'MathML', onnx: 'ONNX',
  matlab: 'MATLAB', svg: 'Drawing of the graph',
};

/** What Base64 stands for. */
function bytesOf(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
}

type Print = Pick<ExportRequest, 'form' | 'shareSubexpressions' | 'digits'>;

/** Equations as files that need this service no more, in every format in which it exports. */
export function Files({ request, print, isWrong = false }: {
  request: Omit<ExportRequest, 'format' | 'precision' | keyof Print>;
  /** How formulas are printed, in the format that prints them. */
  print: Print;
  /** Whether there is nothing to be saved, as something is wrong. */
  isWrong?: boolean;
}) {
  const [format, setFormat] = useState<ExportFormat>(ExportFormat.C);
  const [isSingle, setIsSingle] = useState(false);
  const what = JSON.stringify([request, print, format, isSingle]);
  const [said, setSaid] = useSaid(what);
  const [made, setMade] = useState<{ of: string; files: { name: string; content: string | Blob }[] }>({ of: '', files: [] });
  const keep = ({ name, content }: { name: string; content: string | Blob }) => {
    download(content, name);
    setSaid(`Saved as ${name}.`);
  };
  const save = async () => {
    setSaid('');
    const precision = isSingle ? Precision.Single : Precision.Double;
    // A drawing of the graph shows no numbers.
    const substituteParameters = (request.substituteParameters ?? false) && format !== ExportFormat.Svg;
    const { files } = await service.exports._export({ exportRequest: {
      ...request, substituteParameters, format, precision, ...(format === ExportFormat.Latex ? print : {}),
    } });
    const named = (name: string) => (format === ExportFormat.CCasadi ? name.replace('.', '-casadi.') : name);
    const ready = files.map(({ name, text, base64 }) => ({ name: named(name), content: text ?? bytesOf(base64 ?? '') }));
    const [only, ...others] = ready;
    setMade({ of: what, files: others.length > 0 ? ready : [] });
    if (only !== undefined && others.length === 0) keep(only);
  };
  return (
    <section aria-labelledby="files">
      <h2 id="files">Take away as files</h2>
      <p class="help">Programs that compute the equations without this service, and documents that show them.</p>
      <div class="row">
        <SelectField label="Kind of file" value={format} onChange={setFormat}
          options={Object.values(ExportFormat).map((value) => ({ value, label: NAMES[value] ?? labelOf(value) }))} />
        <CheckField label="In single precision" value={isSingle} onChange={setIsSingle} />
        <ActButton text="Save files" act={save} isDisabled={isWrong} />
        <span role="status" class="help">{said}</span>
      </div>
      {made.of === what && made.files.length > 0 && (
        <p class="row">
          {/* A browser may refuse several files of one click, and says so to nobody. */}
          <span role="status">These are {made.files.length} files:</span>
          {made.files.map((file) => <button key={file.name} type="button" onClick={() => keep(file)}>Save {file.name}</button>)}
        </p>
      )}
    </section>
  );
}
