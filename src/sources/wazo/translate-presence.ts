import type { z } from 'zod';
import type { Availability, DomainEvent } from '../../contact-center/index.js';
import type { User } from '../../directory/types.js';
import type {
  legacyEndpointEvent,
  legacyPresenceEvent,
  lineStatusEvent,
  presenceEvent,
} from './bus-event.js';
import { availabilityOfChatd, availabilityOfLegacy } from './presence-words.js';
import {
  applied,
  IRRELEVANT,
  type Translation,
  type TranslationContext,
  type Translator,
  UNKNOWN_ENTITY,
} from './translation.js';

/** Extension states of Asterisk that mean: no phone is there. */
const EXTENSION_REMOVED = -2;
const EXTENSION_DEACTIVATED = -1;
const EXTENSION_UNAVAILABLE = 4;

/** wazo-chatd reports a person: presence, do-not-disturb and lines. */
export const presenceReported: Translator<z.infer<typeof presenceEvent>> = (data, context) => {
  const availability = availabilityOfChatd(data.state);
  if (availability === undefined) return IRRELEVANT;
  return about(context.index.user(data.uuid), (user) => {
    for (const line of data.lines ?? []) context.lines.learn(line.id, user.id);
    return {
      ...presenceChanged(user, availability, context),
      note: data.status ?? '',
      source: 'wazo-chatd',
      ...(data.lines ? { terminals: terminalsOf(data.lines) } : {}),
      ...(typeof data.do_not_disturb === 'boolean' ? { doNotDisturb: data.do_not_disturb } : {}),
    };
  });
};

/** A line's terminal has the line's id here and where a line alone is reported. */
function terminalsOf(
  lines: readonly { readonly id: number; readonly state: string }[],
): Readonly<Record<string, boolean>> {
  return Object.fromEntries(lines.map(({ id, state }) => [id, state !== 'unavailable']));
}

/** A user of a system before 19.05 chose a presence. */
export const presenceChosen: Translator<z.infer<typeof legacyPresenceEvent>> = (data, context) => {
  const availability = availabilityOfLegacy(data.status);
  if (availability === undefined) return IRRELEVANT;
  return about(context.index.user(data.user_uuid), (user) =>
    presenceChanged(user, availability, context),
  );
};

function presenceChanged(
  user: User,
  availability: Availability,
  { receivedAt: at }: TranslationContext,
): Extract<DomainEvent, { kind: 'presence-changed' }> {
  const { id: userId } = user;
  return { kind: 'presence-changed', at, userId, availability, note: '', source: 'xivo-ctid' };
}

function about(user: User | undefined, say: (user: User) => DomainEvent): Translation {
  return user === undefined ? UNKNOWN_ENTITY : applied(say(user));
}

/** wazo-calld reports a line; without `registered` it is about its calls only. */
export const lineReported: Translator<z.infer<typeof lineStatusEvent>> = (
  { id, registered },
  context,
) => {
  if (typeof registered !== 'boolean') return IRRELEVANT;
  return terminalChanged(id, registered, context);
};

/** A system before 19.05 reports the extension state of a line. */
export const endpointReported: Translator<z.infer<typeof legacyEndpointEvent>> = (
  { endpoint_id: lineId, status },
  context,
) => terminalChanged(lineId, isRegistered(status), context);

function terminalChanged(
  lineId: number,
  registered: boolean,
  { index, lines, receivedAt: at }: TranslationContext,
): Translation {
  const userId = index.userOfLine(lineId)?.id ?? lines.owner(lineId);
  if (userId === undefined) return UNKNOWN_ENTITY;
  const terminalId = String(lineId);
  return applied({ kind: 'terminal-changed', at, userId, terminalId, registered });
}

function isRegistered(extensionState: number): boolean {
  switch (extensionState) {
    case EXTENSION_REMOVED:
    case EXTENSION_DEACTIVATED:
    case EXTENSION_UNAVAILABLE:
      return false;
    default:
      return true;
  }
}
