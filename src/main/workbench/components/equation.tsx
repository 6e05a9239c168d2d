import type { Problem } from 'client';
import { Field, type FieldProps } from './field.js';

/** A field for an equation; a problem with a position is shown below what was typed, with a caret under its place. */
export function EquationField({ value, onInput, problem, ...field }: Omit<FieldProps, 'error'> & {
  value: string;
  onInput: (value: string) => void;
  problem?: Problem | undefined;
}) {
  const position = problem?.position ?? null;
  return (
    <div class="equation">
      <Field {...field} error={problem && (position === null ? problem.detail : `At character ${position + 1}: ${problem.detail}`)}>
        {(tied) => (
          <>
            <input {...tied} type="text" class="code" value={value} autocomplete="off" autocapitalize="off" spellcheck={false}
              onInput={(event) => onInput(event.currentTarget.value)} />
            {position !== null && <Caret text={value} position={position} />}
          </>
        )}
      </Field>
    </div>
  );
}

/** The text around a place, with a caret below it. Positions count code points. */
export function Caret({ text, position }: { text: string; position: number }) {
  const characters = [...text];
  const from = Math.max(0, position - 40);
  const shown = characters.slice(from, position + 40).join('');
  return <pre class="caret" aria-hidden="true">{`${shown}\n${' '.repeat(position - from)}^`}</pre>;
}
