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

const objectSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()),
});

/** The state that an event tells, in the REST interface's PascalCase. */
export function eventFields(data: EventData): EventData {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => !ENVELOPE.has(name))
      .map(([name, value]) => [pascalCase(name), value]),
  );
}

/** The JSON Schema of what `eventFields` gives of such an event. */
export function eventFieldsSchema(event: JsonSchema): JsonSchema {
  const { $schema: _, title: __, properties, required, ...rest } = objectSchema.parse(event);
  return {
    ...rest,
    properties: eventFields(properties),
    required: required.filter((name) => !ENVELOPE.has(name)).map(pascalCase),
  };
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
