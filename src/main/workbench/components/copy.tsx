import { useEffect, useState } from 'preact/hooks';

const SECONDS = 4;

/** What was done, told for some seconds, and no longer than `of` is what it was done with. */
export function useSaid(of: string): [said: string, say: (said: string) => void] {
  const [said, say] = useState('');
  useEffect(() => say(''), [of]);
  useEffect(() => {
    const ending = setTimeout(() => say(''), SECONDS * 1000);
    return () => clearTimeout(ending);
  }, [said]);
  return [said, say];
}

/** Copies a text, and tells what came of it. */
function copied(text: string): Promise<string> {
  return navigator.clipboard.writeText(text).then(() => 'Copied.', () => 'The browser did not allow copying.');
}

/** A button that copies a text. */
export function Copy({ text }: { text: string }) {
  const [said, setSaid] = useSaid(text);
  return (
    <>
      <span role="status" class="help">{said}</span>
      <button type="button" onClick={() => void copied(text).then(setSaid)}>Copy</button>
    </>
  );
}

/** Buttons that copy a text and save it as a file. */
export function CopyAndDownload({ text, file, type = 'text/plain' }: { text: string; file: string; type?: string }) {
  const [said, setSaid] = useSaid(text);
  return (
    <span class="row">
      <button type="button" onClick={() => void copied(text).then(setSaid)} disabled={text === ''}>Copy</button>
      <button type="button" disabled={text === ''}
        onClick={() => { download(text, file, type); setSaid(`Saved as ${file}.`); }}>Download</button>
      <span role="status" class="help">{said}</span>
    </span>
  );
}

/** A name of a file made of what it is of: D-z-x-surface.svg. */
export function fileNamed(parts: readonly string[], ending: string): string {
  const name = parts.join(' ').replace(/[^\p{L}\p{N}_.]+/gu, '-').replace(/^[-.]+|-+$/g, '').slice(0, 60);
  return `${name === '' ? 'picture' : name}.${ending}`;
}

/** Hands a text or bytes to the person as a file. */
export function download(content: string | Blob, file: string, type = 'text/plain'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
