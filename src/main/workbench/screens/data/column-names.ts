/** The words of the equation language, which are no names of columns; `VocabularyTest` looks whether these are all. */
const WORDS = new Set(`D abs acos acosh asin asinh at atan atan2 atanh clip cos cosh det dot erf erfc exp expm1 field gelu inputs integral
  ln log log1p logaddexp logsumexp loss max mean min nonzero norm normcdf normpdf ones outer outputs parameters relu sech sigmoid sign silu
  sin sinh softmax softplus solve sqrt step sum swish tan tanh targets trace transpose where xlogy zeros`.split(/\s+/));
const MOST = 64;

/** Names that are taken one by one. */
class Names {
  private readonly taken: Set<string>;
  private readonly numbers = new Map<string, number>();

  constructor(taken: readonly string[]) {
    this.taken = new Set(taken);
  }

  /** Takes a name if it is free. */
  take(name: string): boolean {
    const isFree = !this.taken.has(name);
    this.taken.add(name);
    return isFree;
  }

  /** Takes a name like a text, with a number behind what is there already. */
  takeLike(text: string, otherwise: string): string {
    const like = nameOf(text, otherwise);
    let name = like;
    while (!this.take(name)) {
      const number = (this.numbers.get(like) ?? 1) + 1;
      this.numbers.set(like, number);
      name = `${like.slice(0, MOST - `_${number}`.length)}_${number}`;
    }
    return name;
  }
}

/** The headers that several columns have. */
export function sharedOf(headers: readonly string[]): ReadonlySet<string> {
  const seen = new Set(['']);
  return new Set(headers.filter((header) => {
    const isAgain = seen.has(header);
    seen.add(header);
    return isAgain && header !== '';
  }));
}

/**
 * What the columns of a file are called in the dataset, by the rule of the service: as somebody renamed them, as their headers where these
 * are names that are free, and else like their headers; that of several has behind it which of them it is.
 */
export function namesOf(headers: readonly string[], renamed: readonly string[] = []): string[] {
  const shared = sharedOf(headers);
  const names = new Names([...shared, ...renamed]);
  const known = headers.map((header, at) => renamed[at] || (isName(header) && !WORDS.has(header) && names.take(header) ? header : null));
  for (const header of shared) {
    placesOf(header, headers).forEach((at, i) => {
      known[at] ??= names.takeLike(numbered(header, i + 1), `c${at + 1}`);
    });
  }
  return headers.map((header, at) => known[at] ?? names.takeLike(header, `c${at + 1}`));
}

function placesOf(header: string, headers: readonly string[]): number[] {
  return headers.flatMap((other, at) => (other === header ? [at] : []));
}

function numbered(header: string, number: number): string {
  return `${header.slice(0, MOST - `_${number}`.length)}_${number}`;
}

/** Why columns of one header cannot be told apart by their numbers, or null. */
export function whyNotNumbered(headers: readonly string[]): string | null {
  const names = namesOf(headers);
  for (const header of sharedOf(headers)) {
    for (const [i, at] of placesOf(header, headers).entries()) {
      const name = nameOf(numbered(header, i + 1), `c${at + 1}`);
      if (names[at] !== name)
        return `Number ${i + 1} of the columns ${header} is called ${name}, as another column is: give them different headers.`;
    }
  }
  return null;
}

/** What the columns of 0 and 1 are called that become of columns of words, given in the order of the dataset. */
export function namesOfWords(headers: readonly string[], names: readonly string[],
  columns: readonly { name: string; words: readonly string[] }[]): string[][] {
  const all = new Names([...sharedOf(headers), ...names]);
  return columns.map(({ name, words }) => words.map((word) => all.takeLike(`${name}_${word}`, name)));
}

/** A name like a header; `otherwise` where nothing is left of that. */
export function nameOf(header: string, otherwise = 'c'): string {
  let safe = '';
  for (const letter of header.normalize('NFKC')) {
    if (safe.length >= MOST) break;
    for (const part of mayBeInside(letter) ? letter : letter.normalize('NFKD')) {
      if (mayBeInside(part) && part !== '_') safe += part;
      else if (!/\p{Mn}/u.test(part) && safe !== '' && !safe.endsWith('_')) safe += '_';
    }
  }
  const bare = safe.normalize('NFKC').replace(/_+$/, '');
  const name = bare === '' ? otherwise : isName(bare) ? bare : `c_${bare}`;
  return WORDS.has(name) ? `${name}_` : name.slice(0, MOST);
}

function isName(text: string): boolean {
  return text.length <= MOST && /^(?=\p{L})\p{ID_Start}/u.test(text) && [...text].every(mayBeInside) && text.normalize('NFKC') === text;
}

function mayBeInside(letter: string): boolean {
  return /^[A-Za-z0-9_\u00aa-\ud7ff\uf900-\uffdc]$/.test(letter) && /[\p{L}\p{M}0-9_]/u.test(letter) && /\p{ID_Continue}/u.test(letter)
    && `a${letter}`.normalize('NFKC') === `a${letter}`;
}
