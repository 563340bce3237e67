import type { MemberTable } from './member-table.js';
import {
  countsAsActiveQueue,
  countsAsServing,
  isActive,
  isCheckedIn,
  type MemberState,
} from './member-state.js';
import { type QueueMember, runningWrapUp, type WrapUp } from './queue-member.js';
import type { QueueVisit } from './queue-visit.js';
import { effectiveAvailability, terminalCount, wantsCalls } from './user-presence.js';
import type { UserPresence } from './user-presence.js';

/** The contact-center view of one user; times in epoch ms, null for "not now". */
export interface UserStatus {
  readonly userId: string;
  readonly canBeAllocatedTo: boolean;
  readonly talking: boolean;
  readonly talkingStatusChanged: number | null;
  readonly activeQueueId: string | null;
  readonly available: boolean;
  readonly schedule: boolean;
  readonly serving: boolean;
  readonly serviceTerminals: number;
  readonly activeQueues: number;
  readonly parkedCalls: number;
  readonly wrapUpStart: number | null;
  readonly wrapUpEnd: number | null;
}

/** What the status of a user is derived from. */
export interface UserFacts {
  readonly userId: string;
  readonly presence: UserPresence;
  readonly memberships: ReturnType<MemberTable['ofUser']>;
  /** Open stays that ring or talk at the user. */
  readonly visits: readonly QueueVisit[];
  /** Callers whom the user has parked. */
  readonly parkedCalls: number;
  /** The agent of the user has logged in, though no queue has been named yet. */
  readonly agentLoggedIn: boolean;
  readonly talking: boolean;
  readonly talkingSince: number | null;
  /** What a queue may expect of a member now, who is this user. */
  stateOf(member: QueueMember): MemberState;
}

/**
 * Derives a user's status at `now` (epoch ms). Which logins make the user serve, and are active
 * queues, `queue-member.ts` says; allocation needs a member that its queue could call at once.
 */
export function userStatus(facts: UserFacts, now: number): UserStatus {
  const { presence } = facts;
  const memberships = facts.memberships.filter(isCheckedIn);
  const active = memberships.filter(isActive);
  const wrapUp = longestWrapUp(memberships, now);
  const schedule = effectiveAvailability(presence) !== 'OffWork';
  const available = wantsCalls(presence);
  return {
    userId: facts.userId,
    canBeAllocatedTo:
      available &&
      schedule &&
      wrapUp === undefined &&
      active.some((one) => facts.stateOf(one) === 'free'),
    talking: facts.talking,
    talkingStatusChanged: facts.talkingSince,
    activeQueueId: activeQueue(facts),
    available,
    schedule,
    serving: memberships.some(countsAsServing) || facts.agentLoggedIn,
    serviceTerminals: terminalCount(presence),
    activeQueues: new Set(memberships.filter(countsAsActiveQueue).map(({ queueId }) => queueId))
      .size,
    parkedCalls: facts.parkedCalls,
    wrapUpStart: wrapUp?.start ?? null,
    wrapUpEnd: wrapUp?.end ?? null,
  };
}

/** Asterisk keeps wrap-up per queue; for the user the one that ends last counts. */
function longestWrapUp(memberships: readonly QueueMember[], now: number): WrapUp | undefined {
  let longest: WrapUp | undefined;
  for (const membership of memberships) {
    const wrapUp = runningWrapUp(membership, now);
    if (wrapUp !== undefined && (longest === undefined || wrapUp.end > longest.end)) {
      longest = wrapUp;
    }
  }
  return longest;
}

/**
 * The queue of the call that the user was connected to last; of a call that is not known, the one
 * whose system says that the user has one.
 */
function activeQueue(facts: UserFacts): string | null {
  let latest: QueueVisit | undefined;
  for (const visit of facts.visits) {
    if (visit.connected?.member.userIds.includes(facts.userId) !== true) continue;
    if (latest?.connected === undefined || visit.connected.at > latest.connected.at) latest = visit;
  }
  const told = facts.memberships.find(({ activity }) => activity === 'queue-call');
  return latest?.queueId ?? told?.queueId ?? null;
}
