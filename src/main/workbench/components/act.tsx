import { useState } from 'preact/hooks';
import { Refusal } from '../api/problems.js';
import { RefusalSummary } from './refusal.js';

/** A button that does something at the service, and says why where that is refused. With `question` it asks first. */
export function ActButton({ text, act, question, isPrimary = false, isDisabled = false, label }: {
  text: string;
  act: () => Promise<unknown>;
  question?: string;
  isPrimary?: boolean;
  isDisabled?: boolean;
  label?: string;
}) {
  const [isAsking, setIsAsking] = useState(false);
  const [isWaiting, setIsWaiting] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run = async () => {
    setIsWaiting(true);
    setRefusal(null);
    try {
      await act();
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
    setIsAsking(false);
    setIsWaiting(false);
  };
  return (
    <span class="act">
      {isAsking
        ? (
          <span class="row" role="group" aria-label={question}>
            <span>{question}</span>
            <button type="button" class="primary" disabled={isWaiting} onClick={() => void run()}>{text}</button>
            <button type="button" onClick={() => setIsAsking(false)}>No</button>
          </span>
        )
        : (
          <button type="button" class={isPrimary ? 'primary' : ''} disabled={isDisabled || isWaiting} aria-label={label}
            onClick={() => (question === undefined ? void run() : setIsAsking(true))}>{text}</button>
        )}
      <RefusalSummary refusal={refusal} isOfAct />
    </span>
  );
}
