import { Format, type ExpressionResult } from 'client';
import { CopyAndDownload } from './copy.js';
import { SelectField } from './field.js';
import { aligned, Formula, leftOf } from './formula.js';
import { count } from './numbers.js';
import { labelOf } from './words.js';

/** Longer ones are not typeset: a browser would be busy for seconds. */
const LONGEST_TYPESET = 20_000;

/** An equation as the service wrote it in LaTeX, its definitions first, and how large it is. */
export function Typeset({ result }: { result: ExpressionResult }) {
  const length = result.expression.length + result.definitions.reduce((sum, definition) =>
    sum + definition.expression.length, 0);
  return (
    <>
      {length > LONGEST_TYPESET
        ? <p class="help">The formula is too long to be typeset here. Share its subexpressions,
          or take it as text below.</p>
        : (
          <>
            {result.definitions.map((definition) => (
              <Formula key={definition.name} latex={`${definition.name} = ${definition.expression}`}
                label={`Definition in ${result.equation}`} />
            ))}
            <Formula latex={leftOf(result.equation) + result.expression} label={`Formula of ${result.equation}`} />
          </>
        )}
      <p class="help">
        {result.shape.length === 0 ? 'A number'
          : `An array of ${result.shape.join(' × ')}`}; {count(result.nodeCount)} nodes
        as a graph, {count(result.treeNodeCount)} written out.
      </p>
    </>
  );
}

const ENDINGS: Partial<Record<Format, string>> = { latex: 'tex', python: 'py', text: 'txt' };
const NAMES: Partial<Record<Format, string>> = { latex: 'LaTeX' };

/** Equations in a format of the service, to be copied or saved. */
export function TakeAway({ results, format, onFormat, name }: {
  results: readonly ExpressionResult[];
  format: Format;
  onFormat: (format: Format) => void;
  name: string;
}) {
  const text = results.map((result) => textOf(result, format)).join('\n\n');
  return (
    <section aria-labelledby="take-away">
      <h2 id="take-away">Take away</h2>
      <div class="row">
        <SelectField label="Format" value={format} onChange={onFormat}
          options={Object.values(Format).map((value) => ({ value, label: NAMES[value] ?? labelOf(value) }))} />
        <CopyAndDownload text={text} file={`${name}.${ENDINGS[format] ?? format}`} />
      </div>
      <pre class="output" tabIndex={0} role="group" aria-label="The equations as text">{text}</pre>
    </section>
  );
}

/** An equation as text: the code if there is some, or definitions and expression, which say what they are of. */
function textOf(result: ExpressionResult, format: Format): string {
  if (result.code != null) return result.code;
  const definitions = result.definitions.map((definition) => `${definition.name} = ${definition.expression}`);
  const { equation, expression } = result;
  if (format !== Format.Latex) return [...definitions, `${equation} = ${expression}`].join('\n');
  // An equation without a left side stands in a comment, as it was typed: that is no LaTeX.
  return (leftOf(equation) !== '' ? '' : `% ${equation}\n`) + aligned([...definitions, leftOf(equation) + expression]);
}
