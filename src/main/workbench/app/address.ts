import { useCallback, useEffect, useState } from 'preact/hooks';

/** The fragment of the address: `#/network?{"inputs":…}`, the name of a screen and what one sees there as JSON. */
interface Address {
  screen: string;
  state: string;
}

function read(): Address {
  const [screen = '', ...state] = location.hash.replace(/^#\/?/, '').split('?');
  return { screen, state: state.join('?') };
}

/** The link to a screen, where given with what one sees there. */
export function linkTo(screen: string, state?: unknown): string {
  return `#/${screen}${state === undefined ? '' : `?${encodeURIComponent(JSON.stringify(state))}`}`;
}

/** The name of the screen that the address shows, empty where it names none. */
export function useScreenName(): string {
  const [name, setName] = useState(read().screen);
  useEffect(() => {
    const follow = () => setName(read().screen);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return name;
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
 * written by anybody: check what is not just sent to the service.
 */
export function useAddressState<S extends object>(screen: string, start: S): [S, (patch: Partial<S>) => void] {
  const [state, setState] = useState(() => stateOf(start));
  useEffect(() => {
    const follow = () => {
      if (read().screen === screen) setState(stateOf(start));
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
