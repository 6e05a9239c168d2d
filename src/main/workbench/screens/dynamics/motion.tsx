import { useEffect, useState } from 'preact/hooks';
import { number } from '../../components/numbers.js';
import { Slider } from '../../components/slider.js';

/** In milliseconds, from the first moment to the last. */
const DURATION = 10_000;

export interface Motion {
  /** Which of the moments. */
  at: number;
  set: (at: number) => void;
  isPlaying: boolean;
  play: (isPlaying: boolean) => void;
}

/** A moment among many, which one moves, or which moves by itself and begins again at the end. */
export function useMotion(count: number, start = 0): Motion {
  const [at, setAt] = useState(start);
  const [isPlaying, setIsPlaying] = useState(false);
  const isLess = useLessMotion();
  useEffect(() => {
    if (!isPlaying || isLess || count < 2) return undefined;
    let last = performance.now();
    let place = at;
    let frame = requestAnimationFrame(function next(now) {
      place = (place + ((now - last) / DURATION) * count) % count;
      last = now;
      setAt(Math.floor(place));
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, isLess, count]);
  return { at: Math.min(at, Math.max(0, count - 1)), set: (next) => { setIsPlaying(false); setAt(next); },
    isPlaying: isPlaying && !isLess, play: setIsPlaying };
}

/** Whether somebody has asked the system for less motion. */
function useLessMotion(): boolean {
  const [isLess, setIsLess] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-reduced-motion: reduce)');
    const change = () => setIsLess(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return isLess;
}

/** A slider through the moments, and a button that lets them go by. */
export function MotionFields({ motion, times, label,
  name }: { motion: Motion; times: readonly number[]; label: string; name: string }) {
  const isLess = useLessMotion();
  if (times.length < 2) return null;
  return (
    <div class="motion">
      {isLess ? <p class="help">Your system asks for less motion: move the slider.</p>
        : <button type="button" aria-pressed={motion.isPlaying}
          onClick={() => motion.play(!motion.isPlaying)}>{motion.isPlaying ? 'Pause' : 'Play'}</button>}
      <Slider label={label} value={motion.at} from={0} to={times.length - 1} step={1} onInput={motion.set}
        text={`${name} = ${number(times[motion.at])}`} />
    </div>
  );
}
