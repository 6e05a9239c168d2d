import { CreateDatasetFromCsvDecimalEnum as Decimal, CreateDatasetFromCsvDelimiterEnum as Delimiter } from 'client';
import { count, counted } from '../../components/numbers.js';

export const CHARACTERS: Record<Delimiter, string> = { ',': ',', ';': ';', '|': '|', tab: '\t' };

/** The fields of the first lines of a CSV. */
interface Lines {
  lines: string[][];
  /** The number of each of these lines in the file, from 1 on. */
  numbers: number[];
  /** Why it is no CSV, in a sentence, if it is none. */
  broken: string | null;
}

/** The fields of the first lines of a CSV (RFC 4180), empty lines left out. */
export function linesOf(text: string, delimiter: Delimiter, mostLines = Infinity): Lines {
  const separator = CHARACTERS[delimiter];
  const read: Lines = { lines: [], numbers: [], broken: null };
  const { lines, numbers } = read;
  let line: string[] = [];
  let field = '';
  let quotes: 'none' | 'open' | 'closed' = 'none';
  let [begun, reached, opened] = [1, 1, 1];
  const endField = () => {
    line.push(field);
    field = '';
    quotes = 'none';
  };
  const endLine = () => {
    endField();
    if (line.length > 1 || line[0] !== '') {
      lines.push(line);
      numbers.push(begun);
    }
    begun = reached;
    line = [];
  };
  for (let at = 0; at < text.length && lines.length < mostLines; at++) {
    const character = text[at]!;
    if (character === '\n') reached++;
    if (quotes === 'open') {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') { field += '"'; at++; } else quotes = 'closed';
    } else if (character === separator) endField(); else if (character === '\n') endLine();
    else if (quotes === 'none' && character === '"' && field.trim() === '') [field, quotes, opened] = ['', 'open', reached];
    else if (quotes === 'none' ? character !== '\r' : character.trim() !== '') {
      field += character;
      if (quotes === 'closed') read.broken ??= `On line ${count(opened)} a field goes on behind its closing quotation mark.`;
    }
  }
  if (lines.length < mostLines) {
    if (quotes === 'open') read.broken ??= `A quotation mark on line ${count(opened)} is not closed, so that all behind it is one field.`;
    if (field !== '' || line.length > 0) endLine();
  }
  return read;
}

/** The fields alone. */
export function parsed(text: string, delimiter: Delimiter, mostLines = Infinity): string[][] {
  return linesOf(text, delimiter, mostLines).lines;
}

/**
 * The cells of what was copied: tabs are between those of a spreadsheet, whatever marks are in them, and decimals with commas
 * alone on their lines are one column.
 */
export function cellsOf(pasted: string): string[][] {
  return parsed(pasted, pasted.includes('\t') || isColumnOfCommas(pasted) ? Delimiter.Tab : likelyDelimiter(pasted));
}

/** Whether every line but a header is one number with a comma in it. */
export function isColumnOfCommas(text: string): boolean {
  const [first = '', ...others] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return others.every(hasDecimalComma) && (hasDecimalComma(first) || (others.length > 0 && !/[,;|\t]/.test(first)));
}

/**
 * The delimiter by which the first line has several fields, and most of the others as many: one that is missing in a line, or
 * too many, makes no other one likely.
 */
export function likelyDelimiter(text: string): Delimiter {
  const steady = (delimiter: Delimiter) => {
    const lines = parsed(text, delimiter, 50);
    const first = lines[0]?.length ?? 0;
    return first < 2 ? 0 : lines.filter((line) => line.length === first).length * 1000 + first;
  };
  if (steady(Delimiter.Tab) > 0) return Delimiter.Tab;
  const marks = Object.values(Delimiter).map((delimiter) => ({ delimiter, size: steady(delimiter) }));
  const best = marks.reduce((a, b) => (b.size > a.size ? b : a));
  return best.size === 0 ? Delimiter.Comma : best.delimiter;
}

/**
 * How decimals are written: with commas where some field shows that, and none a point; where a comma can be nothing else, points with
 * three digits behind them are of thousands.
 */
export function likelyDecimal(text: string, delimiter: Delimiter): Decimal {
  const fields = delimiter === Delimiter.Comma ? [] : parsed(text, delimiter, 1000).flat();
  const commas = fields.filter(hasDecimalComma);
  const isCertain = commas.some((field) => !/,\d{3}\s*$/.test(field));
  const isPoint = (field: string) => /^\s*[+-]?\d*\.\d+\s*$/.test(field)
    && !(isCertain && /^\s*[+-]?\d{1,3}\.\d{3}\s*$/.test(field));
  return commas.length > 0 && !fields.some(isPoint) ? Decimal.Comma : Decimal.Period;
}

/** The most lines of a file that the page looks at; the service reads all of them. */
export const MOST_LINES = 20_000;

/** Whether a file has more lines than are looked at. */
export function isLonger(text: string, delimiter: Delimiter): boolean {
  return parsed(text, delimiter, MOST_LINES + 1).length > MOST_LINES;
}

/** What is wrong with the lines looked at, in a sentence: quotation marks, or the first that has not as many fields as the first. */
export function whyUneven(text: string, delimiter: Delimiter): string | null {
  const { lines, numbers, broken } = linesOf(text, delimiter, MOST_LINES);
  const first = lines[0]?.length ?? 0;
  const at = lines.findIndex((line) => line.length !== first);
  return broken ?? (at < 0 ? null : `Line ${count(numbers[at]!)} has ${counted(lines[at]!.length, 'field')}, the first line has ${count(first)}.`);
}

/** A field as a number; null where it is empty or means that one is missing, undefined where it is neither. */
export function numberOf(field: string, decimal: '.' | ',', na: readonly string[]): number | null | undefined {
  const text = field.trim();
  if (text === '' || na.includes(text)) return null;
  // Beside decimal commas a point may separate thousands.
  if (decimal === ',' && text.includes('.')) return undefined;
  const plain = decimal === ',' ? text.replace(',', '.') : text;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}

/** Whether a field looks like a number with a decimal comma: 6,53. */
export function hasDecimalComma(field: string): boolean {
  return /^\s*[+-]?\d+,\d+\s*$/.test(field);
}

const THOUSANDS = /^[+-]?\d{1,3}([.,\s'’]\d{3})+([.,]\d+)?\s*%?$/;
const PERCENT = /^[+-]?\d[\d.,\s'’]*%$/;
const MONEY = /^[+-]?(\p{Sc}\s?\d[\d.,\s'’]*|\d[\d.,\s'’]*\s?\p{Sc})$/u;

/** Whether a field that is no number here is one to people: 1.234,5, 10% or €5. */
export function isDressedNumber(field: string): boolean {
  const text = field.trim();
  return THOUSANDS.test(text) || PERCENT.test(text) || MONEY.test(text);
}

/** Whether a field begins with a day of a year. */
export function isDate(field: string): boolean {
  return /^\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(\D|$)/.test(field);
}

/** Whether a field is a time of a day: 08:15. */
export function isTime(field: string): boolean {
  return /^\s*\d{1,2}:\d{2}(:\d{2})?\s*$/.test(field);
}

/** Why a file is no CSV, in a sentence, whatever is chosen of how it is read; null where it may be one. */
export function whyNoCsv(text: string): string | null {
  if (text.trim() === '') return 'This file is empty.';
  // A ZIP with the parts of a workbook, or what Excel wrote before there were such.
  const isExcel = (text.startsWith('PK\x03\x04') && text.includes('xl/')) || text.startsWith('ÐÏ\x11à');
  if (isExcel) return 'This is an Excel file: save it as CSV, or paste the cells.';
  return text.startsWith('PK\x03\x04') || text.includes('\0')
    ? 'This is no text: save it as CSV, or paste the cells.' : null;
}

/** A file's text: UTF-8 or, with its mark, UTF-16; else as Windows writes western languages. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
