import { useEffect, useRef } from 'preact/hooks';
import type { Refusal } from '../api/problems.js';
import { focusOn } from './field.js';

/** The field of a pointer, or of the nearest thing around it that has a field. */
function fieldOf(pointer: string): HTMLElement | null {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-pointer]')];
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = fields.find((candidate) => candidate.dataset['pointer'] === at);
    if (field !== undefined) return field;
  }
  return null;
}

/**
 * Tells why the service refused; each of its problems leads to the field that it points to.
 *
 * @param isOfAct whether somebody acted and waits for the answer: it is brought into view then, and has the focus. What is
 *     refused while one types leaves both where they are.
 */
export function RefusalSummary({ refusal, isOfAct = false }: { refusal: Refusal | null; isOfAct?: boolean }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOfAct) summary.current?.focus();
  }, [refusal, isOfAct]);
  if (refusal === null) return null;
  return (
    <div ref={summary} tabIndex={-1} role="alert" class="alert">
      <p><strong>{refusal.title}.</strong> {refusal.problems.length === 0 && refusal.message}</p>
      {refusal.problems.length > 0 && (
        <ul>
          {refusal.problems.map((problem) => (
            <li key={problem.pointer + problem.detail}>
              <button type="button" class="link" onClick={() => focusOn(fieldOf(problem.pointer))}>
                <code>{problem.pointer || 'The request'}</code>
              </button> {problem.detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
