import { useEffect, useState } from 'preact/hooks';
import { Refusal } from './problems.js';

/** What was asked, as far as it is answered. The last answer stays while the next one is awaited. */
export interface Asked<T> {
  value: T | null;
  refusal: Refusal | null;
  isWaiting: boolean;
}

/** The last answer, unless what was asked since is refused: then nothing is shown as if it were the answer to that. */
export function unrefused<T>({ value, refusal }: Asked<T>): T | null {
  return refusal === null ? value : null;
}

/**
 * Asks again whenever one of `of` has changed and nothing has changed for a while; questions that are outdated are let go by
 * their signal.
 *
 * @param ask null where there is nothing to ask
 * @param pause in milliseconds
 */
export function useAsked<T>(ask: ((signal: AbortSignal) => Promise<T>) | null, of: readonly unknown[], pause = 0): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ value: null, refusal: null, isWaiting: ask !== null });
  const question = JSON.stringify([ask === null, of]);
  useEffect(() => {
    if (ask === null) {
      setAsked({ value: null, refusal: null, isWaiting: false });
      return undefined;
    }
    const abort = new AbortController();
    setAsked((before) => ({ ...before, isWaiting: true }));
    const timer = setTimeout(() => {
      ask(abort.signal).then(
        (value) => abort.signal.aborted || setAsked({ value, refusal: null, isWaiting: false }),
        (thrown: unknown) => abort.signal.aborted
          || setAsked((before) => ({ value: before.value, refusal: Refusal.from(thrown), isWaiting: false })),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [question]);
  return asked;
}
