import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Kind } from './kinds.js';

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

/**
 * The link to a screen or to what it shows, `trainings/ID`, where given with what one sees there; an `id` becomes a part of
 * the path.
 */
export function linkTo(screen: string, state?: object): string {
  const { id, ...rest } = { id: '', ...state };
  const path = `#/${screen}${id === '' ? '' : `/${id}`}`;
  return Object.keys(rest).length === 0 ? path : `${path}?${encodeURIComponent(JSON.stringify(rest))}`;
}

/** What the address names: `['network', '']`, `['trainings', ID]`; empty where it names nothing. */
export function usePath(): [screen: string, id: string] {
  const [address, setAddress] = useState(read);
  useEffect(() => {
    const follow = () => setAddress(read());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [address.screen, address.id];
}

/**
 * Browsers ignore more than 200 changes of the address in ten seconds, links that are followed too: so many are made at once, and
 * then one from time to time.
 */
const AT_ONCE = 120;
const WINDOW_MILLIS = 10_000;
const APART_MILLIS = 250;
let written: number[] = [];
let unwritten: string | null = null;
/** What was last seen of each screen. */
const seen = new Map<string, string>();

function write(): void {
  if (unwritten === null) return;
  // Typing makes no entries in the history.
  history.replaceState(null, '', unwritten);
  unwritten = null;
  written.push(performance.now());
}

function keep(link: string): void {
  const isWaiting = unwritten !== null;
  unwritten = link;
  if (isWaiting) return;
  written = written.filter((at) => at > performance.now() - WINDOW_MILLIS);
  if (written.length < AT_ONCE) write();
  else setTimeout(write, APART_MILLIS);
}

// What is left stays in the history as it was last.
addEventListener('click', write, { capture: true });
addEventListener('pagehide', write);
addEventListener('hashchange', () => { unwritten = null; });

/** Where one was on a screen, for who comes back to it; undefined where one was not there. */
export function lastOf(screen: string): string | undefined {
  return seen.get(screen);
}

/** Goes to a link, as if it were followed. */
export function goTo(link: string): void {
  write();
  location.hash = link;
}

/** What was kept, as far as it is of the kind that the start has there: objects, lists and so on, at any depth. */
function fitting<T>(start: T, kept: unknown): T {
  if (start === null || start === undefined) return kept as T;
  // A field for a number may be empty.
  if (kept === null && typeof start === 'number') return kept as T;
  if (kept === null || typeof kept !== typeof start || Array.isArray(kept) !== Array.isArray(start)) return start;
  if (typeof start !== 'object') return kept as T;
  if (Array.isArray(start)) {
    return (start.length === 0 ? kept : (kept as unknown[]).map((item) => fitting(start[0] as unknown, item))) as T;
  }
  const inner = Object.entries(kept as object)
    .map(([name, value]) => [name, fitting((start as Record<string, unknown>)[name], value)]);
  return { ...start, ...Object.fromEntries(inner) };
}

/** For parts of a state what they have to be, where the start does not show it; one that is not is as in the start. */
export type Kinds<S> = { [name in keyof S]?: Kind };

function stateOf<S extends object>(start: S, kinds: Kinds<S>): S {
  const { screen, id, state } = read();
  seen.set(screen, location.hash);
  const named = id === '' ? start : { ...start, id };
  try {
    const isWritten = /^\w+=/.test(state);
    const kept: unknown = isWritten ? Object.fromEntries(new URLSearchParams(state))
      : state === '' ? {} : JSON.parse(decodeURIComponent(state));
    const part = (name: string, value: unknown) => {
      const kind = kinds[name as keyof S];
      const given = start[name as keyof S];
      return kind === undefined ? fitting<unknown>(given, value) : kind(value) ? value : given;
    };
    return kept === null || typeof kept !== 'object' || Array.isArray(kept) ? named
      : { ...named, ...Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, part(name, value)])) };
  } catch {
    return named;
  }
}

/** What of a state is not as its start has it, so that links say no more. */
function differing<S extends object>(state: S, start: S): Partial<S> {
  return Object.fromEntries(Object.entries(state).filter(([name, value]) =>
    JSON.stringify(value) !== JSON.stringify(start[name as keyof S]))) as Partial<S>;
}

/**
 * What one sees on a screen, kept in the address so that a link restores it: JSON, without secrets. Changes are patches:
 * `change({ form: 'array' })`. A link to the same screen with another state replaces it. What comes from an address was
 * written by anybody: what is not of the kind that the start has, or `kinds` say, is left out.
 */
export function useAddressState<S extends object>(screen: string, start: S, kinds: Kinds<S> = {}): [S, (patch: Partial<S>) => void] {
  const [state, setState] = useState(() => stateOf(start, kinds));
  useEffect(() => {
    const follow = () => {
      if (read().screen === screen) setState(stateOf(start, kinds));
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [screen]);
  const change = useCallback((patch: Partial<S>) => {
    setState((before) => {
      const after = { ...before, ...patch };
      const link = linkTo(screen, differing(after, start));
      seen.set(screen, link);
      keep(link);
      return after;
    });
  }, [screen]);
  return [state, change];
}
