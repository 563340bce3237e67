import type { DeviceState, MemberActivity, MemberFacts, MemberRef } from './events.js';
import { MAX_WRAP_UP_SECONDS } from './limits.js';

/** A member that is logged in to a queue, as far as has been told. */
export interface QueueMember {
  readonly queueId: string;
  readonly member: MemberRef;
  readonly paused: boolean;
  readonly lastPause: number;
  readonly device: DeviceState;
  readonly ringInUse: boolean;
  readonly wrapUpSeconds: number;
  readonly loginTime: number;
  /** What its system says that it does; absent where that follows from the rest. */
  readonly activity?: MemberActivity;
  readonly wrapUp?: WrapUp;
}

/** The time after a call in which a member gets no other; epoch ms. */
export interface WrapUp {
  readonly start: number;
  readonly end: number;
  /** The call that it follows. */
  readonly callId: string;
  /** The caller's leg of that call. */
  readonly legId: string;
  /** Its beginning has been told; that of one found in a snapshot, whose call is not known, is not. */
  readonly isTold: boolean;
  /** Its beginning is told after the end of its call, who ended which is not known yet. */
  readonly isDue?: boolean;
  /** Its system says when it is over; `end` is when it should be. */
  readonly untilTold?: boolean;
}

/** A member just come to light: logged in and not paused, unless `facts` say otherwise. */
export function newMember(queueId: string, member: MemberRef, facts: MemberFacts): QueueMember {
  const unknown: QueueMember = {
    queueId,
    member,
    paused: false,
    lastPause: 0,
    device: 'unknown',
    ringInUse: false,
    wrapUpSeconds: 0,
    loginTime: 0,
  };
  return applyFacts(unknown, facts);
}

/** The member after `facts`; those of an earlier pause or login are out of date and left out. */
export function applyFacts(known: QueueMember, facts: MemberFacts): QueueMember {
  if (isOlder(facts.loginTime, known.loginTime)) return known;
  const stalePause = isOlder(facts.lastPause, known.lastPause);
  return {
    ...known,
    ...(facts.activity === undefined ? {} : { activity: facts.activity }),
    paused: stalePause ? known.paused : (facts.paused ?? known.paused),
    lastPause: Math.max(known.lastPause, facts.lastPause ?? 0),
    device: facts.device ?? known.device,
    ringInUse: facts.ringInUse ?? known.ringInUse,
    wrapUpSeconds: facts.wrapUpSeconds ?? known.wrapUpSeconds,
    loginTime: Math.max(known.loginTime, facts.loginTime ?? 0),
  };
}

/** Asterisk writes 0 where it has no time, and leaves the field out in older versions. */
function isOlder(told: number | undefined, known: number): boolean {
  return told !== undefined && told > 0 && told < known;
}

/**
 * How many seconds a wrap-up of the member lasts. Asterisk has no event for it: it is the member's
 * own time, or the queue's (`queueWrapUpSeconds`) when the member has none.
 */
export function wrapUpTime(member: QueueMember | undefined, queueWrapUpSeconds: number): number {
  const own = member?.wrapUpSeconds ?? 0;
  return Math.min(own > 0 ? own : queueWrapUpSeconds, MAX_WRAP_UP_SECONDS);
}

/** The member after it completed the call at `at`. */
export function startWrapUp(
  member: QueueMember,
  at: number,
  queueWrapUpSeconds: number,
  call: { readonly callId: string; readonly legId: string },
): QueueMember {
  const seconds = wrapUpTime(member, queueWrapUpSeconds);
  if (seconds <= 0) return member;
  const { callId, legId } = call;
  return {
    ...member,
    wrapUp: { start: at, end: at + seconds * 1000, callId, legId, isTold: true },
  };
}

/** The member without a wrap-up that began before `at`: a new call ends it. */
export function endWrapUp(member: QueueMember, at: number): QueueMember {
  if (member.wrapUp === undefined || member.wrapUp.start > at) return member;
  return member.wrapUp.untilTold === true ? member : withoutWrapUp(member);
}

/** The member after its wrap-up, whoever ends it. */
export function withoutWrapUp(member: QueueMember): QueueMember {
  const { wrapUp: _ended, ...rest } = member;
  return rest;
}

/** The wrap-up that runs at `now`. */
export function runningWrapUp(member: QueueMember, now: number): WrapUp | undefined {
  const { wrapUp } = member;
  if (wrapUp === undefined) return undefined;
  return wrapUp.untilTold === true || now < wrapUp.end ? wrapUp : undefined;
}
