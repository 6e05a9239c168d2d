import type { ApiResponse } from 'client';
import { useEffect, useState } from 'preact/hooks';
import { follow } from '../../api/events.js';

/** What live events tell of how far something is; null before the first. */
export function useLive<P>(
  events: (last: { lastEventID?: string }, init: { signal: AbortSignal }) => Promise<ApiResponse<unknown>>,
  id: string, isOn: boolean, onFinished: () => void,
): P | null {
  const [progress, setProgress] = useState<P | null>(null);
  useEffect(() => {
    if (!isOn) {
      setProgress(null);
      return undefined;
    }
    const abort = new AbortController();
    follow((last, signal) => events(last === undefined ? {} : { lastEventID: last }, { signal }), (event) => {
      if (event.name === 'progress') setProgress(event.data as P);
      if (event.name === 'finished') onFinished();
    }, abort.signal).catch(() => undefined);
    return () => abort.abort();
  }, [id, isOn]);
  return progress;
}
