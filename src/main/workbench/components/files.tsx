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
  const [said, setSaid] = useSaid(JSON.stringify([request, print, format, isSingle]));
  const save = async () => {
    setSaid('');
    const precision = isSingle ? Precision.Single : Precision.Double;
    // A drawing of the graph shows no numbers.
    const substituteParameters = (request.substituteParameters ?? false) && format !== ExportFormat.Svg;
    const { files } = await service.exports._export({ exportRequest: {
      ...request, substituteParameters, format, precision, ...(format === ExportFormat.Latex ? print : {}),
    } });
    const named = (name: string) => (format === ExportFormat.CCasadi ? name.replace('.', '-casadi.') : name);
    const saved = files.map((file) => ({ ...file, name: named(file.name) }));
    saved.forEach(({ name, text, base64 }) => download(text ?? bytesOf(base64 ?? ''), name));
    setSaid(`Saved as ${saved.map(({ name }) => name).join(' and ')}.`);
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
    </section>
  );
}
