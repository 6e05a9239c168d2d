/** The key of this tab, kept as long as the tab is. */
const KEY = 'nabla.key';
const questions = new Set<(isWanted: boolean) => void>();
let answers: ((given: boolean) => void)[] = [];

export function key(): string | null {
  return sessionStorage.getItem(KEY);
}

/**
 * Asks the person for a key, since the one that was tried is not accepted.
 *
 * @returns whether there is another one now
 */
export function keyIsWanted(tried: string | null): Promise<boolean> {
  if (key() !== tried) return Promise.resolve(true);
  return new Promise((resolve) => {
    answers.push(resolve);
    questions.forEach((ask) => ask(true));
  });
}

/** Calls back with whether the person is to be asked; returns what ends that. */
export function onQuestion(ask: (isWanted: boolean) => void): () => void {
  questions.add(ask);
  if (answers.length > 0) ask(true);
  return () => questions.delete(ask);
}

/** What the person answered; null for nothing. */
export function answerKey(given: string | null): void {
  if (given !== null) sessionStorage.setItem(KEY, given);
  const waiting = answers;
  answers = [];
  questions.forEach((ask) => ask(false));
  waiting.forEach((resolve) => resolve(given !== null));
}
