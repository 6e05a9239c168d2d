import { useState } from 'preact/hooks';
import { CheckField } from './field.js';

/** The tag of what the gallery makes. */
export const GALLERY = 'gallery';
const KEY = 'nabla.own';

/** Whether lists leave out what the gallery has made, as a filter of them, and the box that chooses it: the same for all lists. */
export function useOwn() {
  const [isOn, setIsOn] = useState(() => localStorage.getItem(KEY) === 'true');
  const choose = (next: boolean) => {
    localStorage.setItem(KEY, String(next));
    setIsOn(next);
  };
  return { filter: isOn ? { withoutTag: GALLERY } : {}, box: <CheckField label="Without what the gallery made" value={isOn} onChange={choose} /> };
}
