import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/**
 * What was chosen under each of several names, for who comes back to one of them: keeps what is left, and gives what was there under
 * the next name, if that was left before.
 */
export type Found<V> = (left: string, value: V, next: string) => V | undefined;

/** What the fields of a form have kept, by what they are for and the names. */
export type Kept = Map<string, unknown>;

/** Where the fields of a form keep it: as long as that is there, also while they are not shown. */
export const KeptHere = createContext<Kept>(new Map());

/** @param of what it is for: the pointer of the field */
export function foundIn<V>(kept: Kept, of: string): Found<V> {
  return (left, value, next) => {
    kept.set(`${of} ${left}`, value);
    return kept.get(`${of} ${next}`) as V | undefined;
  };
}

export function useFound<V>(of: string): Found<V> {
  return foundIn(useContext(KeptHere), of);
}
