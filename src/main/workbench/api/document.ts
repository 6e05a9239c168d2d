/** A schema of the OpenAPI document, as far as forms are made of it. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  default?: unknown;
  description?: string;
  example?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
  $ref?: string;
}

let schemas: Promise<Record<string, Schema>> | null = null;

/** The schemas of the service, by name; asked for once. */
export function documentSchemas(): Promise<Record<string, Schema>> {
  schemas ??= fetch('/v3/api-docs').then(async (response) => {
    const document = (await response.json()) as { components: { schemas: Record<string, Schema> } };
    return document.components.schemas;
  }).catch((thrown: unknown) => {
    schemas = null;
    throw thrown;
  });
  return schemas;
}

/** The schema that a reference names. */
export function resolved(schemas: Record<string, Schema>, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : schemas[schema.$ref.split('/').at(-1)!] ?? {};
}

/** The choices of a union by the value of their field `type`. */
export function choices(schemas: Record<string, Schema>, union: string): Map<string, Schema> {
  return new Map((schemas[union]?.oneOf ?? []).map((choice) => resolved(schemas, choice))
    .flatMap((choice) => (choice.properties?.['type']?.enum ?? []).map((name) => [String(name), choice] as const)));
}
