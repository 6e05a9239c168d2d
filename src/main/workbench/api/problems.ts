import type { Problem, ProblemDocument } from 'client';
import { count } from '../components/numbers.js';
import { asCounted, asLabelled, asPlaced, asSentence } from '../components/words.js';

/** What the service refuses, or that it cannot be reached: always with a sentence for people. */
export class Refusal extends Error {
  /**
   * @param status 0 where there was no answer
   * @param isOlder whether it is what is left of one that was told already
   */
  constructor(readonly status: number, readonly title: string, detail: string, readonly problems: readonly Problem[] = [],
    readonly isOlder = false) {
    super(detail);
  }

  /** What is left when what a pointer names has been changed; null if that is nothing. */
  without(pointer: string): Refusal | null {
    const left = this.problems.filter((problem) => problem.pointer !== pointer && !problem.pointer.startsWith(`${pointer}/`));
    // What is said of how many more there were is of those that were left out of the list.
    if (left.every((problem) => problem.pointer === '' && /^and [\d,]+ more/.test(problem.detail))) return null;
    return left.length === this.problems.length ? this : new Refusal(this.status, this.title, this.message, left, true);
  }

  static async of(response: Response): Promise<Refusal> {
    try {
      const document = (await response.json()) as ProblemDocument;
      return new Refusal(response.status, document.title, asSentence(readable(document.detail)),
        (document.errors ?? []).map((problem) => ({ ...problem, detail: readable(problem.detail) })));
    } catch {
      return new Refusal(response.status, 'No answer that can be read', `The service answered with status ${response.status}.`);
    }
  }

  /** Whatever a call threw, as a refusal; the client wraps what the sending threw. */
  static from(thrown: unknown): Refusal {
    if (thrown instanceof Refusal) return thrown;
    return thrown instanceof Error && thrown.cause instanceof Refusal ? thrown.cause
      : new Refusal(0, 'No answer', 'The service cannot be reached. Look whether it runs, and try again.');
  }
}

/**
 * Large whole numbers as people read them: 84,000,000,042; as they count; fields that are on the page by their labels, and other
 * places by words. What is quoted stays.
 */
function readable(text: string): string {
  const isOnPage = (name: string) => document.querySelector(`[data-pointer$="/${name}"]`) !== null;
  return asLabelled(asPlaced(asCounted(text)), isOnPage).replace(/(?<![\w.'"/]|\w-)\d{5,}(?![\w'"/-]|\.\d)/g, (digits) => count(digits));
}

/** The first problem with what a pointer names, or with something in it. */
export function problemIn(refusal: Refusal | null, pointer: string): Problem | undefined {
  return refusal?.problems.find((problem) => problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`));
}

/** The problem with exactly what a pointer names, if there is one: `/layers/0/units`. */
export function problemAt(refusal: Refusal | null, pointer: string): Problem | undefined {
  return refusal?.problems.find((problem) => problem.pointer === pointer);
}

/** A name as a part of a JSON Pointer (RFC 6901). */
export function token(name: string | number): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1');
}
