import { resolved, type Schema } from '../api/document.js';
import { problemAt, type Refusal } from '../api/problems.js';
import { CheckField, NumberField, SelectField, TextField } from './field.js';
import { asLabelled, labelOf } from './words.js';

/** Fields for what an object of a schema has of numbers, texts, choices and yes or no; its `type` is not asked for. */
export function SchemaFields({ schemas, schema, value, onChange, pointer, refusal, labels = {} }: {
  schemas: Record<string, Schema>;
  schema: Schema;
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
  pointer: string;
  refusal: Refusal | null;
  /** By name, where it would not be told from others. */
  labels?: Record<string, string>;
}) {
  const set = (name: string, part: unknown) => {
    const { [name]: _, ...others } = value;
    onChange(part === null || part === '' ? others : { ...value, [name]: part });
  };
  return (
    <>
      {Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'type').map(([name, stated]) => {
        const part = resolved(schemas, stated);
        const types = [part.type ?? []].flat();
        const at = `${pointer}/${name}`;
        const field = {
          label: labels[name] ?? labelOf(name), pointer: at, error: problemAt(refusal, at)?.detail,
          help: withDefault(part.description ?? stated.description, part.default, (other) => other in (schema.properties ?? {})),
        };
        const given = value[name] ?? part.default;
        if (types.includes('boolean')) {
          return <CheckField key={name} label={field.label} pointer={at} value={given === true} onChange={(next) => set(name, next)} />;
        }
        if (types.includes('integer') || types.includes('number')) {
          return (
            <NumberField key={name} {...field} isWhole={!types.includes('number')} placeholder={/(\d[\d.]*) if left out/.exec(field.help ?? '')?.[1]} value={typeof given === 'number' ? given : null} onInput={(next) => set(name, next)} />
          );
        }
        if (part.enum !== undefined) {
          const options = part.enum.filter((choice) => choice !== null).map((choice) => ({ value: String(choice), label: String(choice) }));
          return (
            <SelectField key={name} {...field} value={typeof given === 'string' ? given : ''} onChange={(next) => set(name, next)}
              options={given === undefined ? [{ value: '', label: 'As the service chooses' }, ...options] : options} />
          );
        }
        return types.includes('string')
          ? <TextField key={name} {...field} value={typeof given === 'string' ? given : ''} onInput={(next) => set(name, next)} /> : null;
      })}
    </>
  );
}

/** What a field means, with the number that holds where it is left out, unless that is told already. */
function withDefault(description: string | undefined, value: unknown, isField: (name: string) => boolean): string | undefined {
  const help = description && asLabelled(description, isField);
  return typeof value !== 'number' || help === undefined || help.includes('left out') ? help
    : `${help.replace(/\.$/, '')}; ${value} if left out.`;
}

/** What an object of a schema needs, by its examples. */
export function startOf(schema: Schema): Record<string, unknown> {
  return Object.fromEntries((schema.required ?? []).map((name) => {
    const part = schema.properties?.[name] ?? {};
    return [name, part.enum?.[0] ?? part.example ?? part.default ?? part.minimum ?? 1];
  }));
}
