import type { CallEnder, ChannelEnded, LegCall, LegEvent } from './call-events.js';

/**
 * One user's part in one call, over all phones of the user that ring for it, kept as facts.
 * `caller` made the call, `callee` is called.
 */
export interface UserCall {
  readonly userId: string;
  readonly callId: string;
  readonly role: LegCall['role'];
  readonly callerNumber: string;
  readonly targetNumber: string;
  readonly userNumber: string;
  readonly legs: readonly UserLeg[];
  /** When it was first told of, epoch ms; 0 for one that a snapshot found. */
  readonly since: number;
  /** It came to the user's number, though no phone may ring; absent when that is not told. */
  readonly arrivedAt?: number;
  /** A phone of the user rings, or has answered; epoch ms. */
  readonly rangAt?: number;
  /** When the user, or for a caller the other party, answered. */
  readonly answeredAt?: number;
  /** The leg that answered; the one that is told of until then is the first. */
  readonly answeredLegId?: string;
  /** When the last leg ended. */
  readonly endedAt?: number;
  readonly endedBy: CallEnder;
  readonly causeCode?: number;
  /** The technical cause in the telephony system's words. */
  readonly cause?: string;
  /** Its phones rang in vain, as far as that is told without a cause of Q.850. */
  readonly unanswered?: boolean;
  /** A queue offered it: then it is told as the queue's call. */
  readonly isQueueCall: boolean;
  /** Not told before, since a queue may yet turn out to offer it. */
  readonly heldUntil: number;
  readonly told: UserCallTold;
  /** It came with a snapshot, and nothing of it has been told since. */
  readonly isSilent: boolean;
  /** A snapshot no longer had it, which is an end without a known cause. */
  readonly isLost: boolean;
}

interface UserLeg {
  readonly legId: string;
  readonly ended: boolean;
}

/** The steps of a call, which are told in this order only. */
export const USER_CALL_TOLD = {
  nothing: 0,
  arrived: 1,
  allocated: 2,
  connected: 3,
  over: 4,
} as const;
export type UserCallTold = (typeof USER_CALL_TOLD)[keyof typeof USER_CALL_TOLD];

/** A user has a handful of phones; more legs in one call are a fault of the source. */
const MAX_LEGS_OF_CALL = 16;

export type LegReport = Extract<LegEvent, { kind: 'leg-changed' }>;

type LegState = Pick<LegReport, 'legId' | 'at' | 'state'>;

/** A call of which nothing is known yet but who the user is in it. */
export function openUserCall(
  userId: string,
  call: LegCall,
  { since, heldUntil }: Pick<UserCall, 'since' | 'heldUntil'>,
): UserCall {
  return {
    userId,
    callId: call.callId,
    role: call.role,
    callerNumber: '',
    targetNumber: '',
    userNumber: '',
    legs: [],
    since,
    endedBy: 'remote',
    isQueueCall: false,
    heldUntil,
    told: USER_CALL_TOLD.nothing,
    isSilent: false,
    isLost: false,
  };
}

/** The call after a report of one of the user's legs. */
export function applyLegReport(call: UserCall, report: LegState, said: LegCall): UserCall {
  const { legId, at } = report;
  const isKnown = call.legs.some((leg) => leg.legId === legId);
  const hasRoom = call.legs.length < MAX_LEGS_OF_CALL;
  const next = {
    ...call,
    callerNumber: call.callerNumber === '' ? said.callerNumber : call.callerNumber,
    targetNumber: call.targetNumber === '' ? said.targetNumber : call.targetNumber,
    userNumber: call.userNumber === '' ? said.userNumber : call.userNumber,
    legs: isKnown || !hasRoom ? call.legs : [...call.legs, { legId, ended: false }],
  };
  if (call.role === 'caller') return next;
  const answered = report.state === 'up' ? answerUserCall(next, at, legId) : next;
  const rings = said.rings || report.state === 'up';
  return rings && call.rangAt === undefined ? { ...answered, rangAt: at } : answered;
}

/** The call after it came to the user's number. */
export function arriveUserCall(call: UserCall, at: number): UserCall {
  return call.arrivedAt === undefined ? { ...call, arrivedAt: at } : call;
}

/** The call after it was answered: by the user, or for a caller by the other party. */
export function answerUserCall(call: UserCall, at: number, legId?: string): UserCall {
  if (call.answeredAt !== undefined) return call;
  const answered = { ...call, answeredAt: at };
  return legId === undefined ? answered : { ...answered, answeredLegId: legId };
}

/** The call after one of the user's phones asked to hang up. */
export function hangUpUserCall(call: UserCall): UserCall {
  return call.endedBy === 'local' ? call : { ...call, endedBy: 'local' };
}

/** The call after one of its legs is gone; it is over for the user with the last of them. */
export function endUserLeg(
  call: UserCall,
  legId: string,
  at: number,
  { causeCode, cause, unanswered }: Pick<ChannelEnded, 'causeCode' | 'cause' | 'unanswered'> = {},
): UserCall {
  const legs = call.legs.map((leg) => (leg.legId === legId ? { ...leg, ended: true } : leg));
  const isOver = legs.every((leg) => leg.ended);
  if (!isOver || call.endedAt !== undefined) return { ...call, legs };
  return {
    ...call,
    legs,
    endedAt: at,
    ...(causeCode === undefined ? {} : { causeCode }),
    ...(cause === undefined ? {} : { cause }),
    ...(unanswered === undefined ? {} : { unanswered }),
  };
}

/**
 * The call with a leg that a snapshot has, as far on as the snapshot says. What that skips is not
 * told: how it came about was missed, and when.
 */
export function findUserLeg(
  call: UserCall,
  { call: said, ...leg }: LegState & { readonly call: LegCall & { readonly answered: boolean } },
): UserCall {
  const reported = applyLegReport(call, leg, said);
  const found = said.answered ? answerUserCall(reported, leg.at) : reported;
  const told = stepOf(found);
  if (told <= call.told) return found;
  return { ...found, told, isSilent: call.isSilent || call.told === USER_CALL_TOLD.nothing };
}

function stepOf(call: UserCall): UserCallTold {
  if (call.answeredAt !== undefined) return USER_CALL_TOLD.connected;
  return call.rangAt === undefined ? USER_CALL_TOLD.nothing : USER_CALL_TOLD.allocated;
}

/** The call after a snapshot no longer had one of its legs; its end is told if its beginning was. */
export function loseUserLeg(call: UserCall, legId: string, at: number): UserCall {
  const ended = endUserLeg(call, legId, at);
  if (ended.endedAt === undefined || call.endedAt !== undefined) return ended;
  const wasTold = call.told !== USER_CALL_TOLD.nothing && !call.isSilent;
  return { ...ended, isLost: true, told: wasTold ? call.told : USER_CALL_TOLD.over };
}
