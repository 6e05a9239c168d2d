import { useEffect, useState } from 'preact/hooks';
import type { Asked } from './asked.js';
import { Refusal } from './problems.js';

/** After so many milliseconds without an answer it is said that there is none. */
const LONGEST_ANSWER = 10_000;
/** After so many it is asked again, as the connection may be lost. */
const LONGEST_REQUEST = 60_000;
const SILENCE = new Refusal(0, 'No answer', 'The service has not answered for 10 seconds. What is shown is from before; it goes on by itself when an '
  + 'answer comes.');

/**
 * Asks again and again while `isOn`, each time so many milliseconds behind the last answer, and once more when that is
 * over. While the page is not to be seen nothing is asked.
 */
export function useWatched<T>(ask: ((signal: AbortSignal) => Promise<T>) | null, of: readonly unknown[], pause: number,
  isOn: boolean): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ value: null, refusal: null, isWaiting: ask !== null });
  useEffect(() => {
    if (ask === null) return undefined;
    const abort = new AbortController();
    let timer = 0;
    let late = 0;
    const look = async () => {
      try {
        if (!document.hidden || !isOn) {
          late = window.setTimeout(() => setAsked((before) => ({ ...before, refusal: SILENCE })), LONGEST_ANSWER);
          const value = await ask(AbortSignal.any([abort.signal, AbortSignal.timeout(LONGEST_REQUEST)]));
          if (!abort.signal.aborted) setAsked({ value, refusal: null, isWaiting: false });
        }
      } catch (thrown) {
        if (!abort.signal.aborted)
          setAsked((before) => ({ value: before.value, refusal: Refusal.from(thrown), isWaiting: false }));
      } finally {
        clearTimeout(late);
      }
      if (isOn && !abort.signal.aborted) timer = window.setTimeout(() => void look(), pause);
    };
    void look();
    return () => {
      clearTimeout(timer);
      clearTimeout(late);
      abort.abort();
    };
  }, [JSON.stringify([ask === null, of]), isOn]);
  return asked;
}
