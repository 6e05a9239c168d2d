import { useCallback, useEffect, useState } from 'preact/hooks';

/**
 * The fragment of the address: `#/network?{"inputs":…}`, the name of a screen and what one sees there as JSON. What is seen
 * of something that has an id may be written by hand, too: `#/models/ID?equation=z`.
 */
interface Address {
  screen: string;
  id: string;
  state: string;
}

function read(): Address {
  const [path = '', ...state] = location.hash.replace(/^#\/?/, '').split('?');
  const [screen = '', id = ''] = path.split('/');
  return { screen, id, state: state.join('?') };
}

/** The link to a screen, where given with what one sees there; an `id` becomes a part of the path. */
export function linkTo(screen: string, state?: object): string {
  const { id, ...rest } = { id: '', ...state };
  const path = `#/${screen}${id === '' ? '' : `/${id}`}`;
  return Object.keys(rest).length === 0 ? path : `${path}?${encodeURIComponent(JSON.stringify(rest))}`;
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
  const { id, state } = read();
  const named = id === '' ? start : { ...start, id };
  try {
    const isWritten = /^\w+=/.test(state);
    const kept: unknown = isWritten ? Object.fromEntries(new URLSearchParams(state))
      : state === '' ? {} : JSON.parse(decodeURIComponent(state));
    return kept !== null && typeof kept === 'object' && !Array.isArray(kept) ? { ...named, ...kept } : named;
  } catch {
    return named;
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
