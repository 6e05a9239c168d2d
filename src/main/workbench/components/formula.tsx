import katex from 'katex';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** LaTeX, typeset. What is too wide scrolls; screen readers get MathML. */
export function Formula({ latex, label }: { latex: string; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current === null) return;
    try {
      // By the DOM: what is parsed as HTML may not have styles here.
      katex.render(latex, place.current, { displayMode: true, throwOnError: true, strict: false, maxExpand: 10_000 });
    } catch {
      place.current.textContent = latex;
    }
  }, [latex]);
  return <div ref={place} class="formula" tabIndex={0} role="group" aria-label={label} />;
}
