/**
 * Times and bounds of the projections, each with its reason. Times in milliseconds.
 */

/** Wazo runs a script between leaving the queue and the connect; tens of ms, 2 s is generous. */
export const LEAVE_GRACE_MS = 2_000;

/** An abandon without a hangup within this time was a time-out or overflow, not the caller. */
export const ABANDON_GRACE_MS = 1_500;

/** A caller announced to a queue joins it at once, or the queue turned them away. */
export const JOIN_GRACE_MS = 1_500;

/** A queue says that it rings an agent within this time of the agent's phone saying so. */
export const LEG_HOLD_MS = 100;

/** wazo-calld tells of a transfer before it calls the target, and the target's phone soon after. */
export const TRANSFER_TARGET_MS = 500;

/** How long what is gone is remembered, so that late or repeated events do not revive it. */
export const TOMBSTONE_MS = 10 * 60_000;

/** Events this close belong to one burst, inside which their order says nothing. */
export const BURST_MS = 100;

/** A call offered to a member this long after its removal proves that it is back. */
export const REMOVED_MEMBER_MS = 5_000;

/** A call whose end was never told is forgotten after this: hardly one lasts a day. */
export const MAX_CALL_MS = 24 * 3_600_000;

/** The longest wrap-up: past a day it is a mistyped figure, and past an age no date can say it. */
export const MAX_WRAP_UP_SECONDS = 24 * 3600;

/** A system that tells of the end of a wrap-up rounds to seconds; this near its time it ran out. */
export const TOLD_WRAP_UP_SLACK_MS = 1_000;

/** Offers remembered per stay; more members than this never ring for one caller at once. */
export const MAX_OFFERS = 250;

/** States hold for 60 s (messageTTLSeconds): what happened longer before a backlog is in no client's. */
export const STALE_MS = 60_000;

/** How long after a backlog graces may still end that began in it: longer than each of them. */
export const STALE_OCCURRENCES_MS = 5_000;

/** Calls of which something was told: ten times as many as live in the largest installation known. */
export const MAX_TOLD_CALLS = 20_000;

/** Snapshots tell times in whole seconds of the telephony system's clock. */
export const SNAPSHOT_SLACK_MS = 2_000;

/** Snapshots being fetched at once: each source has one or two. */
export const MAX_OPEN_SNAPSHOTS = 16;

/** A snapshot that has not come within this time after its beginning is given up. */
export const OPEN_SNAPSHOT_MS = 10 * 60_000;

/** What is noted while one snapshot is fetched: a minute of 2,000 events a second, mostly repeated. */
export const MAX_RECENT_SUBJECTS = 100_000;

/** Entries per table; ten times the largest installation known (1,600 calls, 3,000 agents). */
export const MAX_VISITS = 20_000;
export const MAX_TRANSFERS = 20_000;
export const MAX_LEGS = 40_000;
export const MAX_ENDED_CHANNELS = 100_000;
export const MAX_MEMBERS = 40_000;
export const MAX_PRESENCES = 40_000;

/** The bounds of the tables in ContactCenter.sizes(), for the figures; the others sum several. */
export const TABLE_LIMITS = {
  visits: MAX_VISITS,
  members: MAX_MEMBERS,
  legs: MAX_LEGS,
  userCalls: MAX_LEGS,
  transfers: MAX_TRANSFERS,
  supervisions: MAX_LEGS,
  queueExits: MAX_VISITS,
  missedCalls: MAX_LEGS,
  parkedCalls: MAX_LEGS,
  presences: MAX_PRESENCES,
  agentLogins: MAX_PRESENCES,
  talkingTimes: MAX_PRESENCES,
  knownQueues: MAX_PRESENCES,
} as const;
