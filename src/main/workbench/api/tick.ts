import { useEffect, useState } from 'preact/hooks';

/**
 * Counts up every so many milliseconds while `isOn` and the page is to be seen: what is asked `of` it is
 * asked anew.
 */
export function useTick(milliseconds: number, isOn: boolean): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => { if (!document.hidden) setTick((before) => before + 1); }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, isOn]);
  return tick;
}
