import { useRef, useState } from 'preact/hooks';

/** Does something, unless it is being done: whether that is so, for the button, and what does it. */
export function useOnce(act: () => Promise<unknown>): [isBusy: boolean, run: () => void] {
  const isRunning = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const run = () => {
    if (isRunning.current) return;
    isRunning.current = true;
    setIsBusy(true);
    void act().finally(() => {
      isRunning.current = false;
      setIsBusy(false);
    });
  };
  return [isBusy, run];
}

/** The second click of a double click: it means no more than the first, or what has come into its place meanwhile. */
export function isSecond(event: MouseEvent): boolean {
  return event.detail > 1;
}
