import katex from 'katex';
import { useLayoutEffect, useRef } from 'preact/hooks';

const GREEK = new Set(('alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon '
  + 'phi chi psi omega').split(' '));

/** A name in LaTeX, as the service spells it: `z`, `x_{1}`, `\theta`, `\mathrm{temp\_air}`. */
export function spelled(name: string): string {
  const [, base = name, digits = ''] = /^(.*?\D)_?(\d+)$/.exec(name) ?? [];
  const letters = base.length === 1 ? base
    : GREEK.has(base) ? `\\${base}` : `\\mathrm{${base.replaceAll('_', '\\_')}}`;
  return letters + (digits === '' ? '' : `_{${digits}}`);
}

/** Lines of LaTeX below each other. */
export function aligned(lines: readonly string[]): string {
  return lines.length === 1 ? lines[0]! : `\\begin{aligned}\n&${lines.join(' \\\\[2pt]\n&')}\n\\end{aligned}`;
}

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
