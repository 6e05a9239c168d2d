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

/** A variable of an equation in LaTeX, those of layers as the service prints them; null for other paths. */
export function variable(name: string): string | null {
  const [, layer, parameter = ''] = /^L(\d+)\.(\w+)$/.exec(name) ?? [];
  return layer !== undefined ? `${parameter}^{(${layer})}` : name.includes('.') ? null : spelled(name);
}

const NAME = /^[\p{L}_][\p{L}\d_]*$/u;
const DERIVATIVE = /^D\(\s*([\p{L}_][\p{L}\d_]*)((?:\s*,\s*[\p{L}_][\p{L}\d_.]*)+)\s*\)$/u;

/** What stands before an equation in LaTeX, which says what it is: of names and their derivatives; nothing where there is no word for it. */
export function leftOf(equation: string): string {
  if (NAME.test(equation)) return `${spelled(equation)} = `;
  const [, of, by] = DERIVATIVE.exec(equation) ?? [];
  if (of === undefined || by === undefined) return '';
  const variables = by.split(',').slice(1).map((name) => variable(name.trim()));
  if (variables.includes(null)) return '';
  const powers = new Map<string | null, number>();
  for (const one of variables) powers.set(one, (powers.get(one) ?? 0) + 1);
  const power = (times: number) => (times === 1 ? '' : `^{${times}}`);
  const below = [...powers].map(([one, times]) => `\\partial ${times === 1 ? one : `{${one}}${power(times)}`}`).join(' \\, ');
  return `\\frac{\\partial${power(variables.length)} ${spelled(of)}}{${below}} = `;
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
