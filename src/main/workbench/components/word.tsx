import { asWord, wordIn, type Feature } from '../api/features.js';
import { SelectField } from './field.js';

/** One of the words of a column; `onChange` is told all inputs that it has. */
export function WordField({ feature, values, onChange }: {
  feature: Feature;
  values: Readonly<Record<string, number | null | undefined>>;
  onChange: (inputs: Record<string, number>) => void;
}) {
  return (
    <SelectField label={feature.name} value={wordIn(feature, values) ?? ''} onChange={(word) => onChange(asWord(feature, word))}
      options={feature.words.map((word) => ({ value: word, label: word }))} />
  );
}
