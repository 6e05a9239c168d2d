import type { ComponentChildren } from 'preact';

/** What follows from an answer that is awaited: what is there of before is dimmed, and it is said that something is computed. */
export function Following({ isBusy, what, children }: { isBusy: boolean; what: string; children: ComponentChildren }) {
  return (
    <div class="following" aria-busy={isBusy}>
      <p role="status">{isBusy && what}</p>
      <div>{children}</div>
    </div>
  );
}
