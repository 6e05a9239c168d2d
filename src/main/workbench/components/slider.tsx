import { Field } from './field.js';
import { number } from './numbers.js';

const STEPS = 200;

/** A number between two others, moved by pointer or by arrows, with its value beside it. */
export function Slider({ label, value, from, to, onInput, step = (to - from) / STEPS, text = number(value) }: {
  label: string;
  value: number;
  from: number;
  to: number;
  onInput: (value: number) => void;
  step?: number;
  text?: string;
}) {
  return (
    <Field label={label}>
      {(tied) => (
        <span class="slider">
          <input {...tied} type="range" min={from} max={to} step={step} value={value} aria-valuetext={text}
            onInput={(event) => onInput(event.currentTarget.valueAsNumber)} />
          <output for={tied.id}>{text}</output>
        </span>
      )}
    </Field>
  );
}
