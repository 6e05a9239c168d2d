import { useEffect, useState } from 'preact/hooks';
import type { Asked } from './asked.js';
import { Refusal } from './problems.js';

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
    const look = async () => {
      try {
        if (!document.hidden || !isOn) {
          const value = await ask(abort.signal);
          if (!abort.signal.aborted) setAsked({ value, refusal: null, isWaiting: false });
        }
      } catch (thrown) {
        if (!abort.signal.aborted)
          setAsked((before) => ({ value: before.value, refusal: Refusal.from(thrown), isWaiting: false }));
      }
      if (isOn && !abort.signal.aborted) timer = window.setTimeout(() => void look(), pause);
    };
    void look();
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [JSON.stringify([ask === null, of]), isOn]);
  return asked;
}
