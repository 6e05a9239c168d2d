import { useEffect, useState } from 'preact/hooks';
import { TextField, type FieldProps } from './field.js';

function parsed(text: string): string[] | number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : text.split(/[\s,]+/).filter((name) => name !== '');
}

/** A field for names with commas between them, or for a count of what needs no names. */
export function NamesField({ value, onInput, ...field }: FieldProps & {
  value: readonly string[] | number;
  onInput: (value: string[] | number) => void;
}) {
  const written = typeof value === 'number' ? String(value) : value.join(', ');
  const [text, setText] = useState(written);
  useEffect(() => {
    if (JSON.stringify(parsed(text)) !== JSON.stringify(value)) setText(written);
  }, [written]);
  return <TextField {...field} value={text} onInput={(next) => { setText(next); onInput(parsed(next)); }} />;
}
