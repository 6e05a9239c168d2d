import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useState } from 'preact/hooks';

/** What the fields of the page are called that hold what cannot be read, which nobody has got, and who wants to know. */
const fields = new Map<string, string>();
const listeners = new Set<() => void>();

/** Says of a field whether what it holds cannot be read. */
export function useUnreadableField(label: string, isUnreadable: boolean): void {
  const id = useId();
  useLayoutEffect(() => {
    if (!isUnreadable) return undefined;
    const tell = () => listeners.forEach((listener) => listener());
    fields.set(id, label);
    tell();
    return () => {
      fields.delete(id);
      tell();
    };
  }, [label, isUnreadable]);
}

/** What the fields are called that hold what cannot be read. */
export function useUnreadable(): readonly string[] {
  const [labels, setLabels] = useState<readonly string[]>(() => [...fields.values()]);
  useLayoutEffect(() => {
    const look = () => setLabels([...fields.values()]);
    look();
    listeners.add(look);
    return () => { listeners.delete(look); };
  }, []);
  return labels;
}

/**
 * What follows from fields. While one of them cannot be read it keeps its place and is not to be seen, as it is that of before.
 *
 * @param isSaid whether it is said here why there is nothing, which one of several places does
 */
export function Shown({ children, isSaid = false }: { children: ComponentChildren; isSaid?: boolean }) {
  const unreadable = useUnreadable();
  return (
    <div>
      {isSaid && unreadable.length > 0 && <p role="status">Nothing is shown while {unreadable.map((label) => `“${label}”`)
        .join(' and ')} cannot be read.</p>}
      <div class={unreadable.length > 0 ? 'withheld' : undefined}>{children}</div>
    </div>
  );
}
