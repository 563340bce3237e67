import { z } from 'zod';

/** One item of Subscribe or Unsubscribe, in lower case; null where there was no text. */
export interface EntitySubscription {
  readonly entityId: string | null;
  readonly eventName: string | null;
}

const members = z.record(z.string(), z.unknown());

/**
 * Reads an item that a client sent. Members are found in any letter case (`EntityId`, `entityId`),
 * as .NET reads them. Never throws: what isn't an item has neither member.
 */
export function parseEntitySubscription(item: unknown): EntitySubscription {
  const { data = {} } = members.safeParse(item);
  return { entityId: textMember(data, 'entityid'), eventName: textMember(data, 'eventname') };
}

function textMember(item: Readonly<Record<string, unknown>>, lowerCaseName: string): string | null {
  const member = Object.entries(item).find(([name]) => name.toLowerCase() === lowerCaseName);
  return typeof member?.[1] === 'string' ? member[1].toLowerCase() : null;
}
