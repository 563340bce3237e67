import {
  eventNames,
  extensionEventNames,
  findEventName,
  type RteEventName,
} from './events/event-catalogue.js';

/** In the place of an entity's id: every entity that the subscriber may see. */
export const EVERY_ENTITY = '*';

/** How events' names begin, and `*`: `UserCall*`; `*` alone is for all of them. */
export type EventPattern = `${string}*`;

const allNames: readonly RteEventName[] = [...eventNames, ...extensionEventNames];

/** Tells a pattern, of however many events, from the name of one. */
export function isEventPattern(text: string): text is EventPattern {
  return text.endsWith('*');
}

/**
 * Reads the name of an event, or a pattern, in any letter case; gives it in the catalogue's.
 * Undefined for what is no event's name, and for a pattern with which none begins.
 */
export function readEventName(text: string): RteEventName | EventPattern | undefined {
  if (!isEventPattern(text)) return findEventName(text);
  const length = text.length - 1;
  const first = namesMatching(text).at(0);
  return first && `${first.slice(0, length)}*`;
}

/** The events that a name or pattern is for, in the order of the catalogue. */
export function namesMatching(eventName: string): readonly RteEventName[] {
  if (!isEventPattern(eventName)) {
    const name = findEventName(eventName);
    return name === undefined ? [] : [name];
  }
  const beginning = eventName.slice(0, -1).toLowerCase();
  return allNames.filter((name) => name.toLowerCase().startsWith(beginning));
}
