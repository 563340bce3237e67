import type {
  Availability,
  DomainEvent,
  ExistingUserSnapshot,
  PhoneState,
} from '../../../contact-center/index.js';
import type { User } from '../../../directory/types.js';
import type { CallStatus, Presence } from '../wsi/words.js';
import {
  applied,
  type MappingRules,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

/** As RTE's eventSource. */
const EVENT_SOURCE = 'PortSIP';
/** The PBX tells whether any of an extension's phones is there, not which: they count as one. */
const TERMINAL = 'extension';

type StatusMessage = MessageOf<'extension_status'>;
type StatusEntry = StatusMessage['status'][number];

/** extension_status: presence, note, call and whether a phone can be reached, of each extension. */
export function translateStatus(message: StatusMessage, context: TranslationContext): Translation {
  const known = message.status.flatMap((entry) => {
    const user = context.index.userOf(message.tenantId, entry);
    return user === undefined ? [] : [{ user, entry }];
  });
  if (known.length === 0 && message.status.length > 0) return UNKNOWN_ENTITY;
  if (context.occasion !== undefined) return applied(usersSnapshot(known, context));
  return applied(known.flatMap(({ user, entry }) => statusEvents(user, entry, context)));
}

/** extension_presence: what a user chose. */
export function translatePresence(
  message: MessageOf<'extension_presence'>,
  context: TranslationContext,
): Translation {
  const { index, receivedAt } = context;
  const user = index.userOf(message.tenantId, message);
  if (user === undefined) return UNKNOWN_ENTITY;
  const about = { userId: user.id, at: message.at ?? receivedAt };
  return applied(presenceChanged(about, message.presence, message.presenceNote, context));
}

/** What the telephone of a user does; undefined for a word that nobody knows. */
export function phoneOf(status: CallStatus | undefined): PhoneState | undefined {
  switch (status) {
    case 'IDLE':
      return 'idle';
    case 'RINGING':
      return 'ringing';
    case 'ON_CALL':
      return 'on-call';
    case 'unrecognized':
    case undefined:
      return undefined;
  }
}

function statusEvents(user: User, entry: StatusEntry, context: TranslationContext): DomainEvent[] {
  const { receivedAt: at } = context;
  const events: DomainEvent[] = [];
  const userId = user.id;
  if (entry.presence !== undefined) {
    const about = { userId, at: entry.at ?? at };
    events.push(...presenceChanged(about, entry.presence, entry.presenceNote ?? '', context));
  }
  const registered = isRegistered(entry);
  if (registered !== undefined) {
    events.push({ kind: 'terminal-changed', at, userId, terminalId: TERMINAL, registered });
  }
  const phone = phoneOf(entry.callStatus);
  if (phone !== undefined) events.push({ kind: 'phone-changed', at, userId, phone });
  return events;
}

interface Known {
  readonly user: User;
  readonly entry: StatusEntry;
}

/** The state of everybody listed. Who has no call is in none of those that were told of. */
function usersSnapshot(known: readonly Known[], context: TranslationContext): DomainEvent[] {
  const { receivedAt: at, occasion } = context;
  const inCalls = usersInCalls(context);
  const idle = known.filter(({ entry }) => entry.callStatus === 'IDLE').map(({ user }) => user.id);
  const userIds = idle.filter((userId) => inCalls.has(userId));
  const snapshot = {
    kind: 'snapshot' as const,
    at,
    snapshotId: 'portsip extensions',
    ...(occasion === undefined ? {} : { occasion }),
    users: known.map(({ user, entry }) => userSnapshot(user, entry, context)),
    ...(userIds.length === 0
      ? {}
      : { calls: { userIds, queueIds: [], legs: [], otherLegIds: [] } }),
  };
  return [snapshot, ...terminalsWithoutPresence(known, context)];
}

/** Users of whose calls this PBX told; another system's calls of them are not its business. */
function usersInCalls({ calls }: TranslationContext): ReadonlySet<string> {
  const legs = calls.allOpen().flatMap((call) => [...call.legs.values()]);
  return new Set(legs.flatMap(({ userId }) => userId ?? []));
}

function userSnapshot(
  user: User,
  entry: StatusEntry,
  { rules, ids }: TranslationContext,
): ExistingUserSnapshot {
  const availability = availabilityOf(entry.presence, rules);
  const registered = isRegistered(entry);
  const phone = phoneOf(entry.callStatus);
  const terminals = registered === undefined ? {} : { terminals: { [TERMINAL]: registered } };
  const { presence = '', presenceNote: note = '' } = entry;
  return {
    userId: user.id,
    exists: true,
    ...(phone === undefined ? {} : { phone }),
    ...(availability === undefined
      ? {}
      : {
          presence: {
            availability,
            note,
            source: EVENT_SOURCE,
            profileId: ids.presence(presence),
            ...terminals,
          },
        }),
  };
}

/** A snapshot has terminals with a presence only. */
function terminalsWithoutPresence(
  known: readonly Known[],
  { receivedAt: at, rules }: TranslationContext,
): DomainEvent[] {
  return known.flatMap(({ user: { id: userId }, entry }) => {
    const registered = isRegistered(entry);
    if (registered === undefined || availabilityOf(entry.presence, rules) !== undefined) return [];
    return [{ kind: 'terminal-changed', at, userId, terminalId: TERMINAL, registered }];
  });
}

function isRegistered({ online, pushOnline }: StatusEntry): boolean | undefined {
  return online === undefined ? undefined : online || pushOnline === true;
}

function presenceChanged(
  about: { readonly userId: string; readonly at: number },
  presence: Presence,
  note: string,
  { rules, ids }: TranslationContext,
): DomainEvent[] {
  const availability = availabilityOf(presence, rules);
  if (availability === undefined) return [];
  const profileId = ids.presence(presence);
  return [
    { kind: 'presence-changed', ...about, availability, note, source: EVENT_SOURCE, profileId },
  ];
}

/** portsip/wsi.md C.2; undefined for what RTE has no word for: it shows in the terminals. */
function availabilityOf(
  presence: Presence | undefined,
  { businessTrip }: MappingRules,
): Availability | undefined {
  switch (presence) {
    case 'ONLINE':
      return 'Available';
    case 'DO_NOT_DISTURB':
      return 'DoNotDisturb';
    case 'AWAY':
      return 'Away';
    case 'BUSINESS_TRIP':
      return businessTrip;
    case 'LUNCH':
      return 'BRB';
    case 'OFFLINE':
    case 'unrecognized':
    case undefined:
      return undefined;
  }
}
