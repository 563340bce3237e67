import type { MemberActivity } from './events.js';
import { type QueueMember, runningWrapUp } from './queue-member.js';

/**
 * - `free`: would get a call at once
 * - `short-term-away`: takes calls, but is busy with one, rings or wraps up
 * - `long-term-away`: paused, do-not-disturb, or its device is not there
 */
export type MemberState = 'free' | 'short-term-away' | 'long-term-away';

/** Whether the member is logged in to its queue; those who are not are its members still. */
export function isCheckedIn({ activity }: QueueMember): boolean {
  return activity !== 'logged-out';
}

/** Whether the member is logged in and takes calls, now or after what it does. */
export function isActive({ activity, paused }: QueueMember): boolean {
  return activity === undefined ? !paused : activity !== 'not-ready' && activity !== 'logged-out';
}

/**
 * Whether the member makes its users serve. Where a pause is all that is known, they serve in it,
 * too; a system that says what members do calls only those not ready who accept nothing.
 */
export function countsAsServing(member: QueueMember): boolean {
  return member.activity === undefined || isActive(member);
}

/** Whether the queue is one of its users' active ones: by the same difference as serving. */
export function countsAsActiveQueue(member: QueueMember): boolean {
  return member.activity === undefined ? !member.paused : isCheckedIn(member);
}

/** Whether the device can be reached at all. */
function hasDevice(member: QueueMember): boolean {
  return member.device !== 'invalid' && member.device !== 'unavailable';
}

/** What of a member is known by others than its queue. */
export interface MemberCircumstances {
  /** A call rings or talks at the member, whether or not its device said so yet. */
  readonly busy: boolean;
  /** The users behind it do not want calls. */
  readonly doNotDisturb: boolean;
  /** None of the users behind it has a terminal that can be reached. */
  readonly unreachable: boolean;
}

/** Whether the member is logged in and would take calls, if not just now. */
export function isServing(
  member: QueueMember,
  { doNotDisturb, unreachable }: MemberCircumstances,
): boolean {
  if (member.activity === undefined) return !member.paused && hasDevice(member);
  return isActive(member) && !doNotDisturb && !unreachable;
}

/** What a queue may expect of the member at `now`. */
export function memberState(
  member: QueueMember,
  now: number,
  circumstances: MemberCircumstances,
): MemberState {
  if (member.activity !== undefined) return stateByActivity(member.activity, circumstances);
  const { busy, doNotDisturb } = circumstances;
  if (member.paused || doNotDisturb || !hasDevice(member)) return 'long-term-away';
  if (runningWrapUp(member, now) !== undefined) return 'short-term-away';
  return isCallable(member, busy) ? 'free' : 'short-term-away';
}

/** Whoever has a call is away for that only, wanted or not. */
function stateByActivity(
  activity: MemberActivity,
  { busy, doNotDisturb, unreachable }: MemberCircumstances,
): MemberState {
  switch (activity) {
    case 'queue-call':
    case 'other-call':
    case 'wrap-up':
      return 'short-term-away';
    case 'ready':
      if (busy) return 'short-term-away';
      return doNotDisturb || unreachable ? 'long-term-away' : 'free';
    case 'not-ready':
    case 'logged-out':
      return busy ? 'short-term-away' : 'long-term-away';
  }
}

function isCallable(member: QueueMember, busy: boolean): boolean {
  switch (member.device) {
    case 'idle':
    case 'unknown':
      return !busy || member.ringInUse;
    case 'in-use':
      return member.ringInUse;
    case 'busy':
    case 'ringing':
    case 'ringing-in-use':
    case 'on-hold':
    case 'invalid':
    case 'unavailable':
      return false;
  }
}
