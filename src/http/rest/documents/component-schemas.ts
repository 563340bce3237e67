import { z } from 'zod';
import { eventFieldsSchema } from '../event-fields.js';
import { answerSchemas, bodySchemas } from '../schemas.js';
import type { EventCatalogue, JsonSchema } from '../services.js';

const converted = z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** The pattern says no more than the format, and people can read that; nor do the bounds of a double. */
const plain = {
  override({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) {
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
} as const;

/** Where a named schema is found in the OpenAPI document. */
export function refTo(name: string): JsonSchema {
  return { $ref: pathTo(name) };
}

function pathTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** The name under which a schema of an answer was registered. */
export function nameOf(schema: z.ZodType): string {
  const id = answerSchemas.get(schema)?.id ?? bodySchemas.get(schema)?.id;
  if (id === undefined) throw new Error('a schema of the REST interface has no name');
  return id;
}

/**
 * All schemas of the OpenAPI document by their names: those of answers as they are sent, those of
 * bodies as clients may send them, and the states of the events named.
 */
export function componentSchemas(
  catalogue: EventCatalogue,
  eventNames: Iterable<string>,
): Readonly<Record<string, JsonSchema>> {
  const states = [...eventNames].map((name): [string, JsonSchema] => [
    name,
    eventFieldsSchema(catalogue.find(name)?.schema ?? {}),
  ]);
  return {
    ...schemasOf(answerSchemas, 'output'),
    ...Object.fromEntries(states),
    ...schemasOf(bodySchemas, 'input'),
  };
}

/** A schema that has no name of its own. */
export function inlineSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', ...plain });
  return rest;
}

function schemasOf(
  registry: typeof answerSchemas,
  io: 'input' | 'output',
): Readonly<Record<string, JsonSchema>> {
  const { schemas } = converted.parse(z.toJSONSchema(registry, { uri: pathTo, io, ...plain }));
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}
