import { useState } from 'preact/hooks';

/**
 * What was chosen under each of several names, for who comes back to one of them: keeps what is left, and gives what was there under
 * the next name, if that was left before.
 */
export type Found<V> = (left: string, value: V, next: string) => V | undefined;

/** As long as what uses it is shown. */
export function useFound<V>(): Found<V> {
  const [kept] = useState(() => new Map<string, V>());
  return (left, value, next) => {
    kept.set(left, value);
    return kept.get(next);
  };
}
