/** The words of the equation language, which are no names of columns; `VocabularyTest` looks whether these are all. */
const WORDS = new Set(`D abs acos acosh asin asinh at atan atan2 atanh clip cos cosh det dot erf erfc exp expm1 field gelu inputs integral
  ln log log1p logaddexp logsumexp loss max mean min nonzero norm normcdf normpdf ones outer outputs parameters relu sech sigmoid sign silu
  sin sinh softmax softplus solve sqrt step sum swish tan tanh targets trace transpose where xlogy zeros`.split(/\s+/));
const MOST = 64;

/**
 * What the columns of a file are called in the dataset, by the rule of the service: as somebody renamed them, as their headers where these
 * are names that are free, and else like their headers, with a number behind what is there already.
 */
export function namesOf(columns: readonly { header: string; renamed: string }[]): string[] {
  const taken = new Set(columns.flatMap(({ renamed }) => (renamed === '' ? [] : [renamed])));
  const take = (name: string) => {
    const isFree = !taken.has(name);
    taken.add(name);
    return isFree;
  };
  const known = columns.map(({ header, renamed }) =>
    (renamed !== '' ? renamed : isName(header) && !WORDS.has(header) && take(header) ? header : null));
  const numbers = new Map<string, number>();
  return columns.map(({ header }, at) => {
    if (known[at] != null) return known[at];
    const like = nameOf(header, `c${at + 1}`);
    let name = like;
    while (!take(name)) {
      const number = (numbers.get(like) ?? 1) + 1;
      numbers.set(like, number);
      name = `${like.slice(0, MOST - `_${number}`.length)}_${number}`;
    }
    return name;
  });
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
