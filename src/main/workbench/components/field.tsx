import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { onEscape } from './escape.js';
import { isSecond, useOnce } from './once.js';
import { useUnreadableField } from './unreadable.js';

/** What every field has: a label, help below it, and what is wrong with it. */
export interface FieldProps {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  /** The JSON Pointer of what it holds in the request, so that a summary of problems leads to it. */
  pointer?: string | undefined;
}

/** What an input needs to be tied to its label, help and error. */
interface Tied {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
  'data-pointer': string | undefined;
}

/** A field around any input: `<Field label="Units">{(tied) => <input {...tied} />}</Field>`. */
export function Field({ label, help, error, pointer, children }: FieldProps & { children: (tied: Tied) => ComponentChildren }) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? 'true' : undefined,
        'data-pointer': pointer,
      })}
      {help && <p id={`${id}-help`} class="help">{help}</p>}
      {error && <p id={`${id}-error`} class="error">{error}</p>}
    </div>
  );
}

/** Leads to a field, which may lie in details that are closed. */
export function focusOn(field: HTMLElement | null): void {
  for (let at = field; at !== null; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
  field?.focus();
}

export function TextField({ value, onInput, type = 'text', onEnter, hasFocus = false, ...field }: FieldProps & {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password' | 'search';
  /** What Enter does, in place of what the form around it is for. */
  onEnter?: () => void;
  /** Whether one begins here when it comes into the page. */
  hasFocus?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { if (hasFocus) input.current?.focus(); }, []);
  return (
    <Field {...field}>
      {(tied) => (
        <input {...tied} ref={input} type={type} value={value} autocomplete="off" spellcheck={false}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onEnter && ((event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            onEnter();
          })} />
      )}
    </Field>
  );
}

const Busy = createContext(false);

/** Fields with something that is done with what they hold; nothing is while one of them holds what is no number, or no JSON. */
export function Form({ act, leave, children, className }: {
  act: () => Promise<void>;
  /** What Escape does. */
  leave?: () => void;
  children: ComponentChildren;
  className?: string;
}) {
  const [isBusy, run] = useOnce(act);
  return (
    <form noValidate class={className} onKeyDown={leave && onEscape(leave)} onSubmit={(event) => {
      event.preventDefault();
      const inputs = [...event.currentTarget.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
      const wrong = inputs.find(({ validity }) => validity.badInput || validity.customError);
      if (wrong === undefined) run();
      else focusOn(wrong);
    }}>
      <Busy.Provider value={isBusy}>{children}</Busy.Provider>
    </form>
  );
}

/** The button that does what a form is for. */
export function Submit({ children }: { children: ComponentChildren }) {
  return (
    <button type="submit" class="primary" aria-disabled={useContext(Busy)}
      onClick={(event) => { if (isSecond(event)) event.preventDefault(); }}>{children}</button>
  );
}

/**
 * A number as it was typed: null while it is empty, and while it is no number, which is told at the field: what could be read before, such
 * as the beginning of it, is not kept as if it were meant. What is typed stays as it is while it means the same, or nothing yet; a field
 * that was left empty shows what holds then.
 */
export function NumberField({ value = null, isWhole = false, onInput, placeholder, ...field }: FieldProps & {
  value: number | null | undefined;
  /** Whether it is to be a whole number, which only what is told of other texts depends on. */
  isWhole?: boolean;
  onInput: (value: number | null) => void;
  /** What holds while it is empty. */
  placeholder?: string | undefined;
}) {
  const written = value === null ? '' : String(value);
  const [text, setText] = useState(written);
  const [isOver, setIsOver] = useState(false);
  const shown = readOf(text, isWhole);
  const isWrong = typeof shown === 'string';
  useUnreadableField(field.label, isWrong);
  useLayoutEffect(() => {
    if (!isWrong && shown !== value && !(isOver && text.trim() === '')) setText(written);
  }, [written, isOver]);
  return (
    <Field {...field} error={isWrong ? shown : field.error}>
      {(tied) => (
        <input {...tied} type="text" class="numeral" inputMode="decimal" autocomplete="off" spellcheck={false} placeholder={placeholder}
          value={text} onFocus={() => setIsOver(true)} onBlur={() => setIsOver(false)} onInput={({ currentTarget }) => {
            const typed = readOf(currentTarget.value, isWhole);
            setText(currentTarget.value);
            currentTarget.setCustomValidity(typeof typed === 'string' ? typed : '');
            onInput(typeof typed === 'string' ? null : typed);
          }} />
      )}
    </Field>
  );
}

/** Null for nothing, a sentence for what cannot be read; a comma is read before decimals where it cannot be one between thousands. */
function readOf(text: string, isWhole: boolean): number | null | string {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(trimmed))
    return `Its comma may stand before decimals or between thousands. Write ${trimmed.replace(',', '.')} or ${trimmed.replace(',', '')}.`;
  const plain = /^[^.,]*,[^.,]*$/.test(trimmed) ? trimmed.replace(',', '.') : trimmed;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return `This is no number. Write it as ${isWhole ? '100' : '0.001 or 1e-3'}.`;
  const value = Number(plain);
  if (!Number.isFinite(value)) return 'This is too large: the largest number is about 1.8e308.';
  if (value === 0 && /^[^e]*[1-9]/i.test(plain)) return 'This is too near to 0. Write 0 if that is meant.';
  return /^[+-]?\d+$/.test(plain) && !Number.isSafeInteger(value)
    ? `Has more digits than can be kept here: at most ${Number.MAX_SAFE_INTEGER}.` : value;
}

/** Whole numbers with commas between; where something is none that is told at the field, and there are none. */
export function CountsField({ value, onInput, ...field }: FieldProps & {
  value: readonly number[];
  onInput: (value: number[]) => void;
}) {
  const written = value.join(', ');
  const [text, setText] = useState(written);
  const shown = countsOf(text);
  useUnreadableField(field.label, shown === undefined);
  useLayoutEffect(() => {
    if (shown !== undefined && shown.join(', ') !== written) setText(written);
  }, [written]);
  return (
    <Field {...field} error={shown === undefined ? 'These are no whole numbers with commas between, as 8, 4, 1.' : field.error}>
      {(tied) => (
        <input {...tied} type="text" autocomplete="off" spellcheck={false} value={text} onInput={({ currentTarget }) => {
          const typed = countsOf(currentTarget.value);
          setText(currentTarget.value);
          currentTarget.setCustomValidity(typed === undefined ? 'no whole numbers' : '');
          onInput(typed ?? []);
        }} />
      )}
    </Field>
  );
}

function countsOf(text: string): number[] | undefined {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : undefined;
}

/** An object as JSON: null while it is empty, and while it is none, which is told at the field. */
export function JsonField({ value, onInput, ...field }: FieldProps & {
  value: object | null | undefined;
  onInput: (value: Record<string, unknown> | null) => void;
}) {
  const written = value === null || value === undefined ? '' : JSON.stringify(value);
  const [text, setText] = useState(written);
  const [isWrong, setIsWrong] = useState(false);
  useUnreadableField(field.label, isWrong);
  useLayoutEffect(() => {
    const shown = objectOf(text);
    if (shown !== undefined && JSON.stringify(shown ?? '') !== JSON.stringify(value ?? '')) setText(written);
  }, [written]);
  return (
    <Field {...field} error={isWrong ? 'This is no object in JSON.' : field.error}>
      {(tied) => (
        <textarea {...tied} class="code" rows={2} spellcheck={false} autocomplete="off" value={text} onInput={({ currentTarget }) => {
          const typed = objectOf(currentTarget.value);
          setText(currentTarget.value);
          setIsWrong(typed === undefined);
          currentTarget.setCustomValidity(typed === undefined ? 'no JSON' : '');
          onInput(typed ?? null);
        }} />
      )}
    </Field>
  );
}

/** Null for nothing, undefined for what is no object. */
function objectOf(text: string): Record<string, unknown> | null | undefined {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

export function SelectField<V extends string>({ value, onChange, options, ...field }: FieldProps & {
  value: V;
  onChange: (value: V) => void;
  options: readonly { value: V; label: string }[];
}) {
  return (
    <Field {...field}>
      {(tied) => (
        <select {...tied} value={value} onChange={(event) => onChange(event.currentTarget.value as V)}>
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, value, onChange, pointer }: {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
  pointer?: string;
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={value} data-pointer={pointer}
        onChange={(event) => onChange(event.currentTarget.checked)} /> {label}
    </label>
  );
}
