import { z } from 'zod';
import type { EventData, JsonSchema } from './services.js';

/** Fields that say how an event was sent, not how things are. `timestamp` stays: when they were so. */
const ENVELOPE: ReadonlySet<string> = new Set([
  'rootEntityType',
  'rootEntityId',
  'eventType',
  'entityType',
  'entityId',
  'id',
  'messageTTLSeconds',
]);

/** The state that an event tells, in the REST interface's PascalCase, that of its parts included. */
export function eventFields(data: EventData): EventData {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => isOwn(name))
      .map(([name, value]) => [pascalCase(name), withPascalCase(value)]),
  );
}

function withPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPascalCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [pascalCase(name), withPascalCase(part)]),
  );
}

/** The JSON Schema of what `eventFields` gives of such an event. */
export function eventFieldsSchema(event: JsonSchema): JsonSchema {
  const { $schema: _, title: __, properties = {}, required = [], ...rest } = parse(event);
  const own = Object.entries(properties).filter(([name]) => isOwn(name));
  return schemaInPascalCase({
    ...rest,
    properties: Object.fromEntries(own),
    required: required.filter(isOwn),
  });
}

/** The parts of a JSON Schema that hold names of properties, or schemas that may. */
const schemaParts = z.looseObject({
  properties: z.record(z.string(), z.looseObject({})).optional(),
  required: z.array(z.string()).optional(),
  items: z.looseObject({}).optional(),
  anyOf: z.array(z.looseObject({})).optional(),
});

const parse = (schema: JsonSchema) => schemaParts.parse(schema);

function schemaInPascalCase(schema: JsonSchema): JsonSchema {
  const { properties, required, items, anyOf, ...rest } = parse(schema);
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: propertiesInPascalCase(properties) }),
    ...(required === undefined ? {} : { required: required.map(pascalCase) }),
    ...(items === undefined ? {} : { items: schemaInPascalCase(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(schemaInPascalCase) }),
  };
}

function propertiesInPascalCase(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      pascalCase(name),
      schemaInPascalCase(schema),
    ]),
  );
}

function isOwn(name: string): boolean {
  return !ENVELOPE.has(name);
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
