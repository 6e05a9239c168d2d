/** The mean over the batches of an epoch, each before its update. */
export const TRAINING_LOSS = 'Training loss';
/** Of the validation rows, after the last update of an epoch. */
export const VALIDATION_LOSS = 'Validation loss';
/** Of what a training leaves, over the whole dataset. */
export const MODEL_LOSS = 'Model loss';

/** Within a sentence. */
export function inText(word: string): string {
  return /^[A-Z]-?[A-Z]/.test(word) ? word : word.charAt(0).toLowerCase() + word.slice(1);
}

const SPELLED: Record<string, string> = {
  adamw: 'AdamW', lbfgs: 'L-BFGS', ssbroyden: 'Self-scaled Broyden', newton: 'Newton', 'gauss-newton': 'Gauss–Newton', beta1: 'β₁', beta2: 'β₂', epsilon: 'ε', 'sympnet-la': 'SympNet (LA)', 'sympnet-g': 'SympNet (G)',
  resnet: 'ResNet', 'stoermer-verlet': 'Störmer–Verlet', 'dormand-prince': 'Dormand–Prince', 'generalized-hamiltonian': 'Generalized Hamiltonian',
};

/** `hiddenLayers` as a label: Hidden layers. */
export function labelOf(name: string): string {
  const known = SPELLED[name];
  if (known !== undefined) return known;
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What stands below these is called as somebody named it. */
const NAMED = new Set(['coefficients', 'parts', 'outputs', 'ranges', 'initialParameters', 'learningRateFactors', 'values', 'rename']);

/** One of a list: term, of terms. */
function oneOf(list: string): string {
  return list.replace(/s$/, '');
}

/** The parts of a place that a JSON Pointer leads to, in words: loss, term 1, weight. */
export function wordsOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.flatMap((part, at) => {
    const [before = '', next = ''] = [parts[at - 1], parts[at + 1]];
    // What a sweep varies is called by a pointer itself.
    if (part.startsWith('/')) return [wordsOf(part).join(', ')];
    if (/^\d+$/.test(part) && before !== '')
      return [`${before.startsWith('/') ? 'value' : oneOf(inText(labelOf(before)))} ${Number(part) + 1}`];
    // A list is told by which of it, values by what they are of.
    if (/^\d+$/.test(next) || next.startsWith('/')) return [];
    return [NAMED.has(before) || !/^[a-z][A-Za-z0-9-]*$/.test(part) ? part : inText(labelOf(part))];
  });
}

/** Words of a place as people read them: Loss, term 1, weight. */
export function placeOf(words: readonly string[]): string {
  const [first = '', ...others] = words;
  // Not of ε, which in capitals is E.
  return [/^[a-z]/.test(first) ? first.charAt(0).toUpperCase() + first.slice(1) : first, ...others].join(', ');
}

/** The last words of places that tell them from each other, by their JSON Pointers: Learning rate for /optimizer/learningRate. */
export function shortPlaces(pointers: readonly string[]): Map<string, string> {
  const words = pointers.map(wordsOf);
  const last = (of: readonly string[], parts: number) => of.slice(-parts).join('/');
  return new Map(pointers.map((pointer, at) => {
    const own = words[at]!;
    // What is called as somebody named it is told with what it is one of.
    let parts = NAMED.has(pointer.split('/').at(-2) ?? '') ? 2 : 1;
    while (parts < own.length && words.some((other, index) => index !== at && last(other, parts) === last(own, parts))) parts++;
    return [pointer, placeOf(own.slice(-parts))];
  }));
}

/** A sentence of the service, which counts as computers do, as people count: input 1 for item 0 of inputs. */
export function asCounted(text: string): string {
  return text.replace(/\brow (\d+) (has|add)\b/g, (_, at: string, then: string) => `row ${Number(at) + 1} ${then}`)
    .replace(/\bitem (\d+) of (\w+)/g, (_, at: string, list: string) => `${oneOf(inText(labelOf(list)))} ${Number(at) + 1}`);
}

/** A sentence of the service with its fields called as here, so far as they are those that `isField` knows: “Learning rate” for learningRate. */
export function asLabelled(text: string, isField: (name: string) => boolean): string {
  return text.replace(/(?<![\w.'"/])[a-z]+[A-Z][A-Za-z]*(?![\w'"/(])/g, (name) => (isField(name) ? `“${labelOf(name)}”` : name));
}

/** What begins in the middle of a sentence of the service as one of its own; names of inputs and what is quoted stay as they are. */
export function asSentence(text: string): string {
  return /^[a-z]{2,}[ ,]/.test(text) || /^a (?!must\b)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** A sentence of the service with places in it as people read them, not as JSON Pointers: “Epochs, value 1” for /values/~1epochs/0. */
export function asPlaced(text: string): string {
  return text.replace(/(?<=^|\s)(?:\/(?!v\d)[A-Za-z~][\w~.-]*|\/\d+){2,}/g, (pointer) => `“${placeOf(wordsOf(pointer))}”`);
}

/** A sentence of the service with settings in it as people say them, not as they are posted. */
export function asSetting(text: string): string {
  return text.replace(/"normalization": \{"(\w+)": "([\w-]+)"\}/g, (_, side: string, how: string) => `${how} normalization of its ${side}`);
}

/** An equation where there is little place for it. */
export function shortened(equation: string): string {
  return equation.length > 28 ? `${equation.slice(0, 27)}…` : equation;
}
