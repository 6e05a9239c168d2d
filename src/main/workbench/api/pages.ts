import { useState } from 'preact/hooks';
import { useAsked, type Asked } from './asked.js';

/** A page of a list of the service. */
interface Page<T> {
  items: T[];
  nextPageToken?: string | null;
}

/** The first pages of a list; `more` shows another one, where there is one. */
export function usePages<T>(ask: (pageToken: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
  of: readonly unknown[]):
    Asked<T[]> & { more: (() => void) | null } {
  const [pages, setPages] = useState(1);
  const { value, ...asked } = useAsked(async (signal) => {
    const items: T[] = [];
    let token: string | undefined;
    for (let page = 0; page < pages; page++) {
      const answer = await ask(token, signal);
      items.push(...answer.items);
      token = answer.nextPageToken ?? undefined;
      if (token === undefined) break;
    }
    return { items, hasMore: token !== undefined };
  }, [...of, pages]);
  return { ...asked, value: value?.items ?? null, more: value?.hasMore ? () => setPages((shown) => shown + 1) : null };
}
