import type { Availability } from './events.js';
import {
  effectiveAvailability,
  prevailingChoice,
  transferNumber,
  type UserPresence,
} from './user-presence.js';

/** A user's availability entry; times in epoch ms. */
export interface UserAvailability {
  readonly userId: string;
  readonly availability: Availability;
  /** Names what was set in the hub, also while a phone's do-not-disturb wins; null for nothing. */
  readonly availabilityId: string | null;
  readonly startTime: number;
  /** Null until further notice. */
  readonly endTime: number | null;
  readonly note: string;
  readonly eventSource: string;
  /** Names the presence that holds among those of its service, a guid; null for what has no name. */
  readonly profileId: string | null;
  /** Where all calls go meanwhile; empty when nowhere else. */
  readonly transferNumber: string;
}

/** The availability that follows from what was said of it; undefined before anything was. */
export function userAvailability(
  userId: string,
  presence: UserPresence,
): UserAvailability | undefined {
  if (presence.since === undefined) return undefined;
  const chosen = prevailingChoice(presence);
  return {
    userId,
    availability: effectiveAvailability(presence),
    availabilityId: presence.chosen?.availabilityId ?? null,
    startTime: chosen?.at ?? presence.since,
    endTime: chosen?.until ?? null,
    note: chosen?.note ?? presence.note,
    eventSource: chosen?.source ?? presence.source,
    profileId: chosen === undefined && !presence.doNotDisturb ? presence.profileId : null,
    transferNumber: transferNumber(presence),
  };
}
