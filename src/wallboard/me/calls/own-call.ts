import { timeOf } from '../times.js';
import type { CallEvent } from './call-event.js';

/** How a call came to its end, as the user sees it. */
export type CallResult =
  /** The user spoke with the other party, who or which of them hung up. */
  | 'over-by-us'
  | 'over-by-them'
  /** The user sent it on to somebody else. */
  | 'sent-on'
  /** It rang here and nobody answered. */
  | 'not-answered'
  /** It rang here and the caller gave up. */
  | 'caller-gone'
  /** It rang here and somebody else answered. */
  | 'answered-elsewhere'
  /** The own number sent it elsewhere. */
  | 'diverted'
  /** The end was not told: it came while there was no connection. */
  | 'not-seen';

/** Where the user sent the call. */
export interface Transfer {
  readonly step: 'started' | 'connected' | 'cancelled';
  readonly isBlind: boolean;
  /** The id of a user or a queue, or a number; empty when it is not known. */
  readonly target: string;
}

/** One call of the user's as its events tell it; times in epoch ms, null for not (yet). */
export interface OwnCall {
  readonly callId: string;
  readonly direction: 'in' | 'out';
  /** `coming`: it is the user's, but does not ring (yet), so that it is not shown. */
  readonly phase: 'coming' | 'ringing' | 'connected' | 'ended';
  /** The other party's number; empty when it is withheld. */
  readonly otherNumber: string;
  /** The number that was called. */
  readonly calledNumber: string;
  /** The queue that offered it; null for a direct call, or while that is not known. */
  readonly queueId: string | null;
  /** Whether a queue offered it to the user; null while that is not known. */
  readonly isOfQueue: boolean | null;
  readonly rangAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly result: CallResult | null;
  readonly transfer: Transfer | null;
}

/**
 * The call that its steps tell of, in whatever order they came: the ids of events are in the order
 * in which they were made (UUIDv7). The same call may come more than once; then it is as it was the
 * last time.
 * @param steps all of one call, each once
 * @param before how it was before them
 * @returns undefined while no step says that it was offered to the user or connected
 */
export function callOf(steps: readonly CallEvent[], before?: OwnCall): OwnCall | undefined {
  const inOrder = [...steps].sort((a, b) => (a.id < b.id ? -1 : 1));
  return inOrder.reduce<OwnCall | undefined>(withStep, before);
}

/** The call, of whose end no step tells. `at` is epoch ms, null when that is not known either. */
export function endedUnseen(call: OwnCall, at: number | null): OwnCall {
  return { ...call, phase: 'ended', endedAt: at, result: 'not-seen' };
}

function withStep(call: OwnCall | undefined, step: CallEvent): OwnCall | undefined {
  switch (step.eventType) {
    case 'UserCallInComing':
    case 'UserCallInArrived':
      return call ?? begun(step);
    case 'UserCallInUserAllocated':
      return call?.phase === 'connected' ? call : ringing(call, step);
    case 'UserCallInUserConnected':
    case 'UserCallOutConnected':
      return connected(call, step);
    case 'UserCallInUserCancelled':
      return call?.phase === 'connected'
        ? call
        : ended(call ?? begun(step), step, CANCEL_RESULTS.get(step.reason ?? '') ?? 'not-answered');
    case 'UserCallInUserOverflow':
      return call?.phase === 'connected'
        ? call
        : { ...ended(call ?? begun(step), step, 'diverted'), isOfQueue: false };
    case 'UserCallInDisconnected':
      return disconnected(call, step, step.techQueueId);
    case 'UserCallOutDisconnected':
      return disconnected(call, step, null);
    case 'UserCallInOverflow':
      return call && { ...ended(call, step, 'sent-on'), transfer: sentOn(call, step) };
    case 'UserCallInTransferStarted':
      return call && withTransfer(call, step, 'started', step.transferTarget);
    case 'UserCallInTransferConnected':
      return call && withTransfer(call, step, 'connected', step.connectedTarget);
    case 'UserCallInTransferCancelled':
      return call && withTransfer(call, step, 'cancelled', null);
    case 'UserWrapUpEnabled':
    case 'UserWrapUpStarted':
      return call && { ...call, queueId: step.queueId, isOfQueue: true };
  }
}

type PartyStep = Extract<CallEvent, { readonly callerNumber: string | null }>;

/** The call as the first step that is known of it has it. */
function begun(step: PartyStep): OwnCall {
  const isOut =
    step.eventType === 'UserCallOutConnected' || step.eventType === 'UserCallOutDisconnected';
  return {
    callId: step.callId,
    direction: isOut ? 'out' : 'in',
    phase: 'coming',
    otherNumber: (isOut ? step.targetNumber : step.callerNumber) ?? '',
    calledNumber: step.targetNumber ?? '',
    queueId: null,
    isOfQueue: isOut ? false : null,
    rangAt: null,
    answeredAt: null,
    endedAt: null,
    result: null,
    transfer: null,
  };
}

function ringing(
  call: OwnCall | undefined,
  step: Extract<CallEvent, { readonly eventType: 'UserCallInUserAllocated' }>,
): OwnCall {
  return {
    ...begun(step),
    phase: 'ringing',
    queueId: call?.queueId ?? null,
    isOfQueue: step.detailedReason === 'queue',
    rangAt: timeOf(step.timestamp),
  };
}

function connected(call: OwnCall | undefined, step: PartyStep): OwnCall {
  if (call?.phase === 'connected') return call;
  const before = call?.phase === 'ringing' || call?.phase === 'coming' ? call : begun(step);
  return { ...before, phase: 'connected', answeredAt: timeOf(step.timestamp) };
}

/** What has ended stays as it ended: a call that was refused is disconnected, too. */
function disconnected(
  before: OwnCall | undefined,
  step: Extract<
    CallEvent,
    { readonly eventType: 'UserCallInDisconnected' | 'UserCallOutDisconnected' }
  >,
  queueId: string | null,
): OwnCall {
  const call = before ?? begun(step);
  const known = queueId === null ? call : { ...call, queueId, isOfQueue: true };
  if (isOver(call)) return known;
  if (before !== undefined && call.answeredAt === null) return ended(known, step, 'caller-gone');
  // Of a call of which nothing else is known, the user may have been in the middle.
  return ended(known, step, step.reason === 'local' ? 'over-by-us' : 'over-by-them');
}

/** The first end counts for the time; that the call was sent on says more than that it is over. */
function ended(call: OwnCall, step: CallEvent, result: CallResult): OwnCall {
  if (isOver(call) && result !== 'sent-on') return call;
  const endedAt = isOver(call) ? call.endedAt : timeOf(step.timestamp);
  return { ...call, phase: 'ended', endedAt, result };
}

/** An end that nobody told of gives way to one that is told. */
function isOver({ phase, result }: OwnCall): boolean {
  return phase === 'ended' && result !== 'not-seen';
}

type TransferStep = Extract<CallEvent, { readonly transferApplet: string | null }>;

function withTransfer(
  call: OwnCall,
  { transferApplet }: TransferStep,
  step: Transfer['step'],
  target: string | null,
): OwnCall {
  const known = target ?? call.transfer?.target ?? '';
  return {
    ...call,
    transfer: { step, isBlind: transferApplet === 'BlindTransfer', target: known },
  };
}

/** A call may be sent on without a word of a transfer. */
function sentOn(
  { transfer }: OwnCall,
  { connectedTarget }: Extract<CallEvent, { readonly eventType: 'UserCallInOverflow' }>,
): Transfer {
  if (transfer !== null) return transfer;
  return { step: 'connected', isBlind: true, target: connectedTarget ?? '' };
}

const CANCEL_RESULTS: ReadonlyMap<string, CallResult> = new Map([
  ['NoAnswer', 'not-answered'],
  ['ConnectedElsewhere', 'answered-elsewhere'],
  ['remote', 'caller-gone'],
]);
