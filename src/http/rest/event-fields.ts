import type { EventData } from './services.js';

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

/** The state that an event tells, in the REST interface's PascalCase. */
export function eventFields(data: EventData): EventData {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => !ENVELOPE.has(name))
      .map(([name, value]) => [pascalCase(name), value]),
  );
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
