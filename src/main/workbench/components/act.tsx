import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Refusal } from '../api/problems.js';
import { onEscape } from './escape.js';
import { isSecond, useOnce } from './once.js';
import { RefusalSummary } from './refusal.js';

/**
 * A button that does something at the service, and says why where that is refused. With `question` it asks first, and
 * `answers` are what one can say to that. The focus stays with it; where what it does takes it away, the focus goes to what stands
 * beside it, or to where the page begins.
 */
export function ActButton({ text, act, question, answers: [yes, no] = [text, 'No'], isPrimary = false, isDisabled = false, label }: {
  text: string;
  act: () => Promise<unknown>;
  question?: string;
  answers?: readonly [yes: string, no: string];
  isPrimary?: boolean;
  isDisabled?: boolean;
  label?: string;
}) {
  const [isAsking, setIsAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const place = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    // Why something is refused takes the focus itself.
    if (wasAsking.current !== isAsking && refusal === null) button.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  useLayoutEffect(() => () => {
    const around = place.current?.parentElement;
    if (!place.current?.contains(document.activeElement)) return;
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      const beside = around?.isConnected ? around.querySelector<HTMLElement>('a[href], button, input') : null;
      (beside ?? document.querySelector<HTMLElement>('main h1'))?.focus();
    });
  }, []);
  const [isWaiting, run] = useOnce(async () => {
    setRefusal(null);
    try {
      await act();
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
    setIsAsking(false);
  });
  return (
    <span ref={place} class="act">
      {isAsking
        ? (
          <span class="row" role="group" aria-label={question} onKeyDown={onEscape(() => setIsAsking(false))}>
            <span>{question}</span>
            <button ref={button} type="button" class="primary" aria-disabled={isWaiting}
              onClick={(event) => isSecond(event) || run()}>{yes}</button>
            <button type="button" onClick={() => setIsAsking(false)}>{no}</button>
          </span>
        )
        : (
          <button ref={button} type="button" class={isPrimary ? 'primary' : ''} disabled={isDisabled} aria-disabled={isWaiting} aria-label={label}
            onClick={(event) => isSecond(event) || (question === undefined ? run() : setIsAsking(true))}>{text}</button>
        )}
      <RefusalSummary refusal={refusal} isOfAct />
    </span>
  );
}
