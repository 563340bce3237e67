import type { MemberRef } from '../../contact-center/index.js';
import type { BusEnvelope } from './bus-envelope.js';
import { findEvent } from './events/event-table.js';
import type { WazoIndex } from './wazo-index.js';

/** Where Asterisk names channels and calls: `Uniqueid`, `DestLinkedid`, `ParkeeUniqueid` and others. */
const ASTERISK_CALL = /(?:uniqueid|linkedid)$/iu;

/** Where wazo-calld does; its ids are Asterisk's. */
const CALLD_CALLS: ReadonlySet<string> = new Set([
  'call_id',
  'conversation_id',
  'transferred_call',
  'initiator_call',
  'recipient_call',
]);

/** What Asterisk before 12 calls `Location`. */
const MEMBERS: ReadonlySet<string> = new Set(['Interface', 'Location']);
const USERS: ReadonlySet<string> = new Set(['user_uuid', 'initiator_uuid', 'uuid']);
const NUMBERS: ReadonlySet<string> = new Set(['id', 'line_id', 'endpoint_id']);

/**
 * The calls, members and users that a message is about. Which of two messages goes first matters
 * only when they have a subject in common, themselves or by way of others; a member of queues is
 * the same as its users, so that nobody's call is told without what their phone does.
 * @returns nothing for a message that concerns all: how far the bus, or Asterisk, has come
 */
export function subjectsOf({ name, data }: BusEnvelope, index: WazoIndex): readonly string[] {
  if (findEvent(name)?.row.outcome === 'calls for a resynchronisation') return [];
  const subjects = new Set<string>();
  for (const [field, value] of Object.entries(data)) {
    for (const subject of subjectsIn(name, field, value, index)) subjects.add(subject);
  }
  return [...subjects];
}

function subjectsIn(
  name: string,
  field: string,
  value: unknown,
  index: WazoIndex,
): readonly string[] {
  if (typeof value === 'number') {
    if (field === 'agent_id') return subjectsOfMember(index.agent(value));
    return NUMBERS.has(field) ? [`${name} ${String(value)}`] : [];
  }
  if (typeof value !== 'string' || value === '') return [];
  if (MEMBERS.has(field)) return subjectsOfMember(index.member(value));
  if (USERS.has(field)) {
    const uuid = value.toLowerCase();
    return [`user ${index.user(uuid)?.id ?? uuid}`];
  }
  return CALLD_CALLS.has(field) || ASTERISK_CALL.test(field) ? [`call ${value}`] : [];
}

function subjectsOfMember({ memberId, userIds }: MemberRef): readonly string[] {
  return [`member ${memberId}`, ...userIds.map((userId) => `user ${userId}`)];
}
