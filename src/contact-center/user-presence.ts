import type {
  Availability,
  AvailabilitySet,
  PhoneState,
  UserEvent,
  UserSettingSaid,
} from './events.js';

/** What is known of a person apart from calls. */
export interface UserPresence {
  /** What was set in the hub; wins over what the presence service says. */
  readonly chosen?: AvailabilitySet;
  /** As the presence service says; do-not-disturb stands beside it and wins. */
  readonly availability?: Availability;
  readonly note: string;
  readonly source: string;
  /** By which its service names that presence, a guid; null for services without. */
  readonly profileId: string | null;
  /** Since when the effective availability holds, epoch ms. */
  readonly since?: number;
  readonly doNotDisturb: boolean;
  /** Whether each terminal is registered, told all at once or one by one. */
  readonly terminals: Readonly<Record<string, boolean>>;
  /** What the telephone does, as far as is told without a call. */
  readonly phone: PhoneState;
  /** Settings as they were told last, by their names. */
  readonly settings: Readonly<Partial<Record<SettingName, Setting>>>;
}

type SettingName = UserSettingSaid['setting'];

interface Setting {
  readonly enabled: boolean;
  readonly destination: string;
}

export const UNKNOWN_PRESENCE: UserPresence = {
  note: '',
  source: '',
  profileId: null,
  doNotDisturb: false,
  terminals: {},
  phone: 'idle',
  settings: {},
};

/** A user has a handful of terminals; more are a fault of the source and not kept. */
const MAX_TERMINALS = 16;

/** The presence after `event`. `since` moves only when the effective availability does. */
export function applyToPresence(presence: UserPresence, event: UserEvent): UserPresence {
  const next = withEvent(presence, event);
  if (!ABOUT_AVAILABILITY.has(event.kind)) return next;
  const changed = effectiveAvailability(next) !== effectiveAvailability(presence);
  return changed || presence.since === undefined ? { ...next, since: event.at } : next;
}

const ABOUT_AVAILABILITY: ReadonlySet<UserEvent['kind']> = new Set([
  'presence-changed',
  'do-not-disturb-changed',
  'availability-set',
  'availability-ended',
]);

function withEvent(presence: UserPresence, event: UserEvent): UserPresence {
  switch (event.kind) {
    case 'presence-changed': {
      const { availability, note, source, profileId = null, terminals, doNotDisturb } = event;
      return {
        ...presence,
        availability,
        note,
        source,
        profileId,
        doNotDisturb: doNotDisturb ?? presence.doNotDisturb,
        terminals: terminals === undefined ? presence.terminals : firstTerminals(terminals),
      };
    }
    case 'do-not-disturb-changed':
      return { ...presence, doNotDisturb: event.enabled, source: event.source };
    case 'terminal-changed':
      return withTerminal(presence, event.terminalId, event.registered);
    case 'phone-changed':
      return { ...presence, phone: event.phone };
    case 'setting-changed': {
      const { setting, enabled, destination } = event;
      const settings = { ...presence.settings, [setting]: { enabled, destination } };
      return { ...presence, settings };
    }
    case 'availability-set':
      return { ...presence, chosen: event };
    case 'availability-ended':
      return isChosen(presence, event) ? withoutChosen(presence) : presence;
  }
}

/** Whether the entry is the one that was set last, and has not ended. */
export function isChosen(
  { chosen }: UserPresence,
  { availabilityId }: Pick<AvailabilitySet, 'availabilityId'>,
): boolean {
  return chosen?.availabilityId === availabilityId;
}

function withoutChosen({ chosen: _, ...rest }: UserPresence): UserPresence {
  return rest;
}

function withTerminal(presence: UserPresence, id: string, registered: boolean): UserPresence {
  const { terminals } = presence;
  if (!Object.hasOwn(terminals, id) && Object.keys(terminals).length >= MAX_TERMINALS) {
    return presence;
  }
  return { ...presence, terminals: { ...terminals, [id]: registered } };
}

function firstTerminals(terminals: UserPresence['terminals']): UserPresence['terminals'] {
  return Object.fromEntries(Object.entries(terminals).slice(0, MAX_TERMINALS));
}

/** RTE has no "unknown": a user without an entry counts as available. */
export function effectiveAvailability(presence: UserPresence): Availability {
  return (
    prevailingChoice(presence)?.availability ??
    (presence.doNotDisturb ? 'DoNotDisturb' : (presence.availability ?? 'Available'))
  );
}

/**
 * What was set in the hub, where it is what counts. A phone on do-not-disturb does not ring,
 * whatever was set: only an availability that lets no calls through anyway stands above it.
 */
export function prevailingChoice({
  chosen,
  doNotDisturb,
}: UserPresence): AvailabilitySet | undefined {
  if (chosen === undefined || !doNotDisturb) return chosen;
  const refusesCalls = chosen.availability === 'DoNotDisturb' || chosen.availability === 'OffWork';
  return refusesCalls ? chosen : undefined;
}

/** Whether the person asked for no calls at all, by the service or by the presence chosen. */
export function isDoNotDisturb(presence: UserPresence): boolean {
  return effectiveAvailability(presence) === 'DoNotDisturb';
}

/** Whether calls are welcome: available by presence, or nothing known, and no do-not-disturb. */
export function wantsCalls(presence: UserPresence): boolean {
  return effectiveAvailability(presence) === 'Available';
}

/** Whether no terminal is known to be registered. */
export function isUnreachable(presence: UserPresence): boolean {
  return terminalCount(presence) === 0;
}

/** How many terminals can be reached; 0 when nothing was told. */
export function terminalCount(presence: UserPresence): number {
  return Object.values(presence.terminals).filter(Boolean).length;
}

/** Where all calls to the user go; empty when they go nowhere else. */
export function transferNumber({ settings }: UserPresence): string {
  const forward = settings['forwards.unconditional'];
  return forward?.enabled === true ? forward.destination : '';
}
