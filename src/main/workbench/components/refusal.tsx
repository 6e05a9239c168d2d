import type { Refusal } from '../api/problems.js';

/** The field of a pointer, or of the nearest thing around it that has a field. */
function fieldOf(pointer: string): HTMLElement | null {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-pointer]')];
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = fields.find((candidate) => candidate.dataset['pointer'] === at);
    if (field !== undefined) return field;
  }
  return null;
}

/** Tells why the service refused; each of its problems leads to the field that it points to. */
export function RefusalSummary({ refusal }: { refusal: Refusal | null }) {
  if (refusal === null) return null;
  return (
    <div role="alert" class="alert">
      <p><strong>{refusal.title}.</strong> {refusal.problems.length === 0 && refusal.message}</p>
      {refusal.problems.length > 0 && (
        <ul>
          {refusal.problems.map((problem) => (
            <li key={problem.pointer + problem.detail}>
              <button type="button" class="link" onClick={() => fieldOf(problem.pointer)?.focus()}>
                <code>{problem.pointer || 'The request'}</code>
              </button> {problem.detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
