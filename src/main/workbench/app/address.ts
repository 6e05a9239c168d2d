import { useCallback, useEffect, useState } from 'preact/hooks';

/** The fragment of the address: `#/network?{"inputs":…}`, the name of a screen or of what it shows, `#/trainings/ID`, and what one sees there as JSON. */
interface Address {
  screen: string;
  state: string;
}

function read(): Address {
  const [screen = '', ...state] = location.hash.replace(/^#\/?/, '').split('?');
  return { screen, state: state.join('?') };
}

/** The link to a screen, or to what one shows, such as `trainings/ID`, where given with what one sees there. */
export function linkTo(screen: string, state?: unknown): string {
  return `#/${screen}${state === undefined ? '' : `?${encodeURIComponent(JSON.stringify(state))}`}`;
}

/** What the address names, in parts: `['network']`, `['trainings', ID]`; one that is empty where it names nothing. */
export function usePath(): readonly string[] {
  const [path, setPath] = useState(read().screen);
  useEffect(() => {
    const follow = () => setPath(read().screen);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return path.split('/');
}

/** Goes to a link, as if it were followed. */
export function goTo(link: string): void {
  location.hash = link;
}

/** What was kept, as far as it is of the kind that the start has there: objects, lists and so on, at any depth. */
export function fitting<T>(start: T, kept: unknown): T {
  if (start === null || start === undefined) return kept as T;
  // A field for a number may be empty.
  if (kept === null && typeof start === 'number') return kept as T;
  if (kept === null || typeof kept !== typeof start || Array.isArray(kept) !== Array.isArray(start)) return start;
  if (typeof start !== 'object') return kept as T;
  if (Array.isArray(start)) return (start.length === 0 ? kept : (kept as unknown[]).map((item) => fitting(start[0] as unknown, item))) as T;
  return { ...start, ...Object.fromEntries(Object.entries(kept as object).map(([name, value]) => [name, fitting((start as Record<string, unknown>)[name], value)])) };
}

function stateOf<S extends object>(start: S): S {
  try {
    const text = read().state;
    const kept: unknown = text === '' ? {} : JSON.parse(decodeURIComponent(text));
    return kept !== null && typeof kept === 'object' && !Array.isArray(kept) ? { ...start, ...kept } : start;
  } catch {
    return start;
  }
}

/**
 * What one sees on a screen, kept in the address so that a link restores it: JSON, without secrets. Changes are patches:
 * `change({ form: 'array' })`. A link to the same screen with another state replaces it. What comes from an address was
 * written by anybody: check what is not just sent to the service, as by `fitting`.
 */
export function useAddressState<S extends object>(screen: string, start: S): [S, (patch: Partial<S>) => void] {
  const [state, setState] = useState(() => stateOf(start));
  useEffect(() => {
    const follow = () => {
      if (read().screen === screen || read().screen === '') setState(stateOf(start));
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [screen]);
  const change = useCallback((patch: Partial<S>) => {
    setState((before) => {
      const after = { ...before, ...patch };
      // Typing makes no entries in the history.
      history.replaceState(null, '', linkTo(screen, after));
      return after;
    });
  }, [screen]);
  return [state, change];
}
