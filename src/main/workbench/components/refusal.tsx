import type { Problem } from 'client';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../api/problems.js';
import { linkTo } from '../app/address.js';
import { focusOn } from './field.js';
import { placeOf, wordsOf } from './words.js';

/** The field of a pointer, or of the nearest thing around it that has a field. */
function fieldOf(pointer: string): HTMLElement | null {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-pointer]')];
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = fields.find((candidate) => candidate.dataset['pointer'] === at);
    if (field !== undefined) return field;
  }
  return null;
}

/** What a field is called, behind what it is a part of: Layer 2, Units. */
function nameOf(field: HTMLElement | null): string {
  const label = (field as HTMLInputElement | null)?.labels?.[0]?.textContent ?? field?.ariaLabel;
  const around = field?.closest('fieldset')?.querySelector('legend')?.textContent;
  return [around, label].map((part) => part?.trim() ?? '').filter((name) => name !== '').join(', ');
}

/** A sentence, with links to what it names as what refers to something. */
function linked(sentence: string): ComponentChildren {
  const kind = /^(Training|Model|Ensemble)s refer to /.exec(sentence)?.[1]?.toLowerCase();
  return kind === undefined ? sentence : sentence.split(/('[^']*' \([0-9a-f-]{36}\)|(?<!\()[0-9a-f-]{36})/).map((part, at) =>
    (at % 2 === 0 ? part : <a href={linkTo(`${kind}s/${/[0-9a-f-]{36}/.exec(part)![0]}`)}>{part}</a>));
}

/** What of a pointer is within the field that it leads to, in words. */
function withinOf(pointer: string): string {
  const around = wordsOf(fieldOf(pointer)?.dataset['pointer'] ?? '');
  return wordsOf(pointer).filter((word, at) => word !== around[at]).join(', ');
}

/** Whether what is wrong is said at its very field, where it can be seen, or follows from what cannot be read there. */
function isSaidAtField({ pointer, detail }: Problem): boolean {
  const field = fieldOf(pointer);
  const isUnreadable = (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.validity.customError;
  const said = field?.closest('.field')?.querySelector('.error')?.textContent;
  return field !== null && field.offsetParent !== null && (isUnreadable || said?.includes(detail) === true);
}

/**
 * What a refusal still says after an edit: nothing of what the field holds that is typed into, all else as before. What is chosen, added
 * or removed may change what fields there are, so nothing is left then.
 */
export function edited(refusal: Refusal | null): Refusal | null {
  const field = document.activeElement;
  const pointer = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.dataset['pointer'] : undefined;
  return pointer === undefined ? null : refusal?.without(pointer) ?? null;
}

/**
 * Tells why the service refused; each of its problems leads to the field that it points to.
 *
 * @param isOfAct whether somebody acted and waits for the answer: it is brought into view then, and has the focus. What is
 *     refused while one types leaves both where they are, and is told here only as far as it does not stand at its field.
 */
export function RefusalSummary({ refusal, isOfAct = false }: { refusal: Refusal | null; isOfAct?: boolean }) {
  const summary = useRef<HTMLDivElement>(null);
  const [told, setTold] = useState<{ of: Refusal | null; problems: { problem: Problem; name: string }[] }>({ of: null, problems: [] });
  // By the fields as they stand in the page now.
  useLayoutEffect(() => setTold({
    of: refusal,
    problems: (refusal?.problems ?? []).filter((problem) => isOfAct || !isSaidAtField(problem))
      .filter(({ pointer, detail }, at, all) =>
        all.findIndex((other) => other.detail === detail && fieldOf(other.pointer) === fieldOf(pointer)) === at)
      .map((problem) => ({ problem, name: nameOf(fieldOf(problem.pointer)) })),
  }), [refusal, isOfAct]);
  const isTold = refusal !== null && told.of === refusal && (refusal.problems.length === 0 || told.problems.length > 0);
  useEffect(() => {
    if (isOfAct && isTold && !refusal.isOlder) summary.current?.focus();
  }, [refusal, isOfAct, isTold]);
  if (!isTold) return null;
  return (
    <div ref={summary} tabIndex={-1} role="alert" class="alert">
      <p><strong>{refusal.title}.</strong> {refusal.problems.length === 0 && linked(refusal.message)}</p>
      {told.problems.length > 0 && (
        <ul>
          {told.problems.map(({ problem, name }) => (
            <li key={problem.pointer + problem.detail}>
              {name !== '' ? <button type="button" class="link" onClick={() => focusOn(fieldOf(problem.pointer))}>
                {name}{withinOf(problem.pointer) !== '' && `, ${withinOf(problem.pointer)}`}
              </button> : problem.pointer !== '' && <strong>{placeOf(wordsOf(problem.pointer))}</strong>} {problem.detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
