/** How a language writes what JSON has words for. */
export interface Words {
  true: string;
  false: string;
  null: string;
}

export const JSON_WORDS: Words = { true: 'true', false: 'false', null: 'null' };
export const PYTHON_WORDS: Words = { true: 'True', false: 'False', null: 'None' };

const WIDTH = 110;

/** A value as a literal: on one line where it fits, else an entry on each line, those of numbers as many as fit. */
export function literal(value: unknown, words: Words = JSON_WORDS, indent = 0, before = 0): string {
  const flat = onOneLine(value, words);
  if (indent + before + flat.length <= WIDTH || value === null || typeof value !== 'object') return flat;
  const inner = indent + 2;
  const pad = '\n' + ' '.repeat(inner);
  if (Array.isArray(value)) {
    const isOfNumbers = value.flat(9).every((entry) => typeof entry === 'number');
    const entries = value.map((entry) => literal(entry, words, inner));
    return `[${pad}${isOfNumbers ? filled(entries, inner) : entries.join(`,${pad}`)}\n${' '.repeat(indent)}]`;
  }
  const fields = Object.entries(value).map(([name, field]) =>
    `${JSON.stringify(name)}: ${literal(field, words, inner, name.length + 4)}`);
  return `{${pad}${fields.join(`,${pad}`)}\n${' '.repeat(indent)}}`;
}

function filled(entries: readonly string[], indent: number): string {
  const lines: string[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last === undefined || indent + last.length + entry.length + 2 > WIDTH) {
      lines.push(entry);
    } else {
      lines[lines.length - 1] = `${last}, ${entry}`;
    }
  }
  return lines.join(`,\n${' '.repeat(indent)}`);
}

function onOneLine(value: unknown, words: Words): string {
  if (value === null) return words.null;
  if (typeof value === 'boolean') return value ? words.true : words.false;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry) => onOneLine(entry, words)).join(', ')}]`;
  return `{${Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${onOneLine(field, words)}`).join(', ')}}`;
}
