import type { Availability, UserEvent } from './events.js';

/** What is known of a person apart from calls. */
export interface UserPresence {
  /** As the presence service says; do-not-disturb stands beside it and wins. */
  readonly availability?: Availability;
  readonly note: string;
  readonly source: string;
  /** Since when the effective availability holds, epoch ms. */
  readonly since?: number;
  readonly doNotDisturb: boolean;
  /** Count of registered terminals, when the presence service tells it. */
  readonly terminals?: number;
  /** Terminals told of one by one (older systems). */
  readonly terminalStates: Readonly<Record<string, boolean>>;
}

export const UNKNOWN_PRESENCE: UserPresence = {
  note: '',
  source: '',
  doNotDisturb: false,
  terminalStates: {},
};

/** A user has a handful of terminals; more are a fault of the source and not kept. */
const MAX_TERMINALS = 16;

/** The presence after `event`. `since` moves only when the effective availability does. */
export function applyToPresence(presence: UserPresence, event: UserEvent): UserPresence {
  const next = withEvent(presence, event);
  if (event.kind === 'terminal-changed') return next;
  const changed = effectiveAvailability(next) !== effectiveAvailability(presence);
  return changed || presence.since === undefined ? { ...next, since: event.at } : next;
}

function withEvent(presence: UserPresence, event: UserEvent): UserPresence {
  switch (event.kind) {
    case 'presence-changed': {
      const { availability, note, source, terminals, doNotDisturb } = event;
      return {
        ...presence,
        availability,
        note,
        source,
        doNotDisturb: doNotDisturb ?? presence.doNotDisturb,
        ...(terminals === undefined ? {} : { terminals }),
      };
    }
    case 'do-not-disturb-changed':
      return { ...presence, doNotDisturb: event.enabled, source: event.source };
    case 'terminal-changed':
      return withTerminal(presence, event.terminalId, event.registered);
  }
}

function withTerminal(presence: UserPresence, id: string, registered: boolean): UserPresence {
  const states = presence.terminalStates;
  if (!Object.hasOwn(states, id) && Object.keys(states).length >= MAX_TERMINALS) return presence;
  return { ...presence, terminalStates: { ...states, [id]: registered } };
}

/** RTE has no "unknown": a user without an entry counts as available. */
export function effectiveAvailability(presence: UserPresence): Availability {
  return presence.doNotDisturb ? 'DoNotDisturb' : (presence.availability ?? 'Available');
}

/** Whether the person asked for no calls at all, by the service or by the presence chosen. */
export function isDoNotDisturb(presence: UserPresence): boolean {
  return effectiveAvailability(presence) === 'DoNotDisturb';
}

/** Whether calls are welcome: available by presence, or nothing known, and no do-not-disturb. */
export function wantsCalls(presence: UserPresence): boolean {
  return effectiveAvailability(presence) === 'Available';
}

/** How many terminals can be reached; 0 when nothing was told. */
export function terminalCount(presence: UserPresence): number {
  if (presence.terminals !== undefined) return presence.terminals;
  return Object.values(presence.terminalStates).filter(Boolean).length;
}
