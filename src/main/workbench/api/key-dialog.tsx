import { useEffect, useRef, useState } from 'preact/hooks';
import { TextField } from '../components/field.js';
import { answerKey, key, onQuestion } from './key.js';

/** Asks for a key where the service wants one. */
export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [wasRefused, setWasRefused] = useState(false);
  useEffect(() => onQuestion((isWanted) => {
    if (isWanted && !dialog.current?.open) {
      setWasRefused(key() !== null);
      dialog.current?.showModal();
    } else if (!isWanted) {
      dialog.current?.close();
    }
  }), []);
  return (
    <dialog ref={dialog} aria-labelledby="key-title" onCancel={() => answerKey(null)}>
      <form method="dialog" onSubmit={(event) => { event.preventDefault(); if (text !== '') answerKey(text.trim()); setText(''); }}>
        <h2 id="key-title">A key is needed</h2>
        <TextField label="Key" type="password" value={text} onInput={setText}
          help="It stays in this tab and is forgotten when the tab is closed."
          error={wasRefused ? 'The service does not accept the key that it was sent.' : undefined} />
        <p class="row">
          <button type="submit" class="primary">Use this key</button>
          <button type="button" onClick={() => answerKey(null)}>Cancel</button>
        </p>
      </form>
    </dialog>
  );
}
