import { withShortNumbers } from '../../components/numbers.js';
import { asSentence } from '../../components/words.js';

/** States in which nothing changes any more. */
const OVER: readonly string[] = ['succeeded', 'failed', 'cancelled'];

export function isOver(state: string): boolean {
  return OVER.includes(state);
}

/** What one can say to the question whether something is to be cancelled. */
export const CANCEL_OR_NOT = ['Cancel it', 'Go on'] as const;

export function State({ state }: { state: string }) {
  return <span class={`state ${state}`}>{state}</span>;
}

/** The state of a training in a list, with why it failed; why it stopped is told at length on its own page. */
export function Outcome({ training: { state, stopReason, error } }: {
  training: { state: string; stopReason?: string | null; error?: string | null };
}) {
  const reason = stopReason ? 'stopped early' : error ? asSentence(withShortNumbers(error)) : null;
  return <><State state={state} />{reason !== null && <> <span class="reason">{reason}</span></>}</>;
}

/** How far something is, as a bar. */
export function Progress({ done, of, label }: { done: number; of: number; label: string }) {
  return <progress value={of === 0 ? 0 : done} max={Math.max(of, 1)} aria-label={label} />;
}
