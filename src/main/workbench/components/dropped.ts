import { useLayoutEffect, useRef } from 'preact/hooks';

type Take = (file: File) => unknown;

/** Who takes files now: the one that was shown last. */
const takers: { current: Take }[] = [];

/** Whether what is dropped or pasted there is text for a field. */
function isTyped(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches('textarea, input:not([type=file], [type=checkbox], [type=radio], [type=range])'));
}

function isForPage({ dataTransfer, target }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true || !isTyped(target);
}

// What is dropped where nothing takes it would be opened by the browser, and the page be left.
addEventListener('dragover', (event) => {
  if (!isForPage(event)) return;
  event.preventDefault();
  if (event.dataTransfer !== null && takers.length === 0) event.dataTransfer.dropEffect = 'none';
});
addEventListener('drop', (event) => {
  if (!isForPage(event)) return;
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file !== undefined) takers.at(-1)?.current(file);
});

/** Takes files that are dropped anywhere on the page. */
export function useDropped(onFile: Take): void {
  const latest = useRef(onFile);
  latest.current = onFile;
  useLayoutEffect(() => {
    takers.push(latest);
    return () => { takers.splice(takers.indexOf(latest), 1); };
  }, []);
}

/** Takes text of several lines, as spreadsheets copy it, that is pasted anywhere on the page but into a field for text. */
export function usePasted(onText: (text: string) => unknown): void {
  const latest = useRef(onText);
  latest.current = onText;
  useLayoutEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyped(event.target) || !text.includes('\n')) return;
      event.preventDefault();
      latest.current(text);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}
