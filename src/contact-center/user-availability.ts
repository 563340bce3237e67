import type { Availability } from './events.js';
import { effectiveAvailability, transferNumber, type UserPresence } from './user-presence.js';

/** A user's availability entry, open-ended; `startTime` in epoch ms. */
export interface UserAvailability {
  readonly userId: string;
  readonly availability: Availability;
  readonly startTime: number;
  readonly note: string;
  readonly eventSource: string;
  /** Where all calls go meanwhile; empty when nowhere else. */
  readonly transferNumber: string;
}

/** The availability that follows from what presence services said; undefined before they did. */
export function userAvailability(
  userId: string,
  presence: UserPresence,
): UserAvailability | undefined {
  if (presence.since === undefined) return undefined;
  return {
    userId,
    availability: effectiveAvailability(presence),
    startTime: presence.since,
    note: presence.note,
    eventSource: presence.source,
    transferNumber: transferNumber(presence),
  };
}
