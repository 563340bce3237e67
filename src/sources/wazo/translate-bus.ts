import type { Availability, DomainEvent } from '../../contact-center/index.js';
import type { User } from '../../directory/types.js';
import type { BusEnvelope } from './bus-envelope.js';
import {
  agentPauseEvent,
  agentStatusEvent,
  legacyEndpointEvent,
  legacyPresenceEvent,
  presenceEvent,
} from './bus-event.js';
import type { BusEventName } from './event-names.js';
import { availabilityOfChatd, availabilityOfLegacy } from './presence-words.js';
import { reloadProgressed } from './translate-asterisk.js';
import { translateCall } from './translate-call.js';
import { translateConfig } from './translate-config.js';
import { translateParking } from './translate-parking.js';
import { translateSetting } from './translate-setting.js';
import {
  applied,
  IRRELEVANT,
  readData,
  type Translation,
  type BusContext,
  UNKNOWN_ENTITY,
} from './translation.js';

/** Extension states of Asterisk that mean: no phone is there. */
const EXTENSION_REMOVED = -2;
const EXTENSION_DEACTIVATED = -1;
const EXTENSION_UNAVAILABLE = 4;

/**
 * Translates an event of a Wazo service.
 * @throws MalformedBusMessage when a field is missing or is not what the service writes
 */
export function translateBus(
  name: BusEventName,
  envelope: BusEnvelope,
  context: BusContext,
): Translation {
  switch (name) {
    case 'call_created':
    case 'call_updated':
    case 'call_answered':
    case 'call_ended':
    case 'call_held':
    case 'call_resumed':
    case 'user_missed_call':
      return translateCall(name, envelope, context);
    case 'call_parked':
    case 'call_unparked':
    case 'parked_call_hungup':
    case 'parked_call_timed_out':
      return translateParking(name, envelope, context);
    case 'agent_status_update':
      return agentStatus(envelope, context);
    case 'agent_paused':
    case 'agent_unpaused':
      return agentPause(envelope, context);
    case 'users_services_dnd_updated':
    case 'users_services_incallfilter_updated':
    case 'users_forwards_busy_updated':
    case 'users_forwards_noanswer_updated':
    case 'users_forwards_unconditional_updated':
      return translateSetting(name, envelope, context);
    case 'chatd_presence_updated':
      return presence(envelope, context);
    case 'user_status_update':
      return legacyPresence(envelope, context);
    case 'endpoint_status_update':
      return legacyEndpoint(envelope, context);
    case 'asterisk_reload_progress':
      return reloadProgressed(envelope, context);
    case 'auth_tenant_added':
    case 'auth_tenant_updated':
    case 'auth_tenant_deleted':
    case 'user_created':
    case 'user_edited':
    case 'user_deleted':
    case 'user_line_associated':
    case 'user_line_dissociated':
    case 'agent_created':
    case 'agent_edited':
    case 'agent_deleted':
    case 'user_agent_associated':
    case 'user_agent_dissociated':
    case 'queue_created':
    case 'queue_edited':
    case 'queue_deleted':
    case 'queue_extension_associated':
    case 'queue_extension_dissociated':
    case 'queue_schedule_associated':
    case 'queue_schedule_dissociated':
    case 'queue_member_agent_associated':
    case 'queue_member_agent_dissociated':
    case 'queue_member_user_associated':
    case 'queue_member_user_dissociated':
    case 'schedule_created':
    case 'schedule_edited':
    case 'schedule_deleted':
      return translateConfig(name, envelope);
  }
}

function agentStatus(envelope: BusEnvelope, context: BusContext): Translation {
  const data = readData(envelope, agentStatusEvent);
  const member = context.index.agent(data.agent_id);
  if (member.userIds.length === 0) return UNKNOWN_ENTITY;
  const loggedIn = data.status === 'logged_in';
  return applied({ kind: 'agent-login-changed', at: context.receivedAt, member, loggedIn });
}

function agentPause(envelope: BusEnvelope, context: BusContext): Translation {
  const data = readData(envelope, agentPauseEvent);
  const queue = context.index.queue(data.queue);
  if (queue === undefined) return UNKNOWN_ENTITY;
  return applied({
    kind: 'queue-member-changed',
    at: context.receivedAt,
    queueId: queue.id,
    member: context.index.agent(data.agent_id),
    facts: { paused: data.paused },
  });
}

function presence(envelope: BusEnvelope, context: BusContext): Translation {
  const data = readData(envelope, presenceEvent);
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
}

/** A line's terminal has the line's id here and in endpoint_status_update alike. */
function terminalsOf(
  lines: readonly { readonly id: number; readonly state: string }[],
): Readonly<Record<string, boolean>> {
  return Object.fromEntries(lines.map(({ id, state }) => [id, state !== 'unavailable']));
}

function legacyPresence(envelope: BusEnvelope, context: BusContext): Translation {
  const data = readData(envelope, legacyPresenceEvent);
  const availability = availabilityOfLegacy(data.status);
  if (availability === undefined) return IRRELEVANT;
  return about(context.index.user(data.user_uuid), (user) =>
    presenceChanged(user, availability, context),
  );
}

function presenceChanged(
  user: User,
  availability: Availability,
  context: BusContext,
): Extract<DomainEvent, { kind: 'presence-changed' }> {
  const { receivedAt: at } = context;
  return {
    kind: 'presence-changed',
    at,
    userId: user.id,
    availability,
    note: '',
    source: 'xivo-ctid',
  };
}

function legacyEndpoint(envelope: BusEnvelope, context: BusContext): Translation {
  const data = readData(envelope, legacyEndpointEvent);
  const userId =
    context.index.userOfLine(data.endpoint_id)?.id ?? context.lines.owner(data.endpoint_id);
  if (userId === undefined) return UNKNOWN_ENTITY;
  return applied({
    kind: 'terminal-changed',
    at: context.receivedAt,
    userId,
    terminalId: String(data.endpoint_id),
    registered: isRegistered(data.status),
  });
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

function about(user: User | undefined, say: (user: User) => DomainEvent): Translation {
  return user === undefined ? UNKNOWN_ENTITY : applied(say(user));
}
