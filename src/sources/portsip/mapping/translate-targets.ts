import type { DomainEvent, MissReason } from '../../../contact-center/index.js';
import type { EndReason } from '../wsi/words.js';
import { enderOf, legEnds } from './call-end.js';
import { advanceLeg, calledOf, userAt } from './call-parties.js';
import { legIdOf, type PortsipCall, type PortsipLeg, withLeg } from './call-table.js';
import { memberOf, wrapUpSecondsOf } from './members.js';
import { queueCall } from './queue-caller.js';
import {
  applied,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

type TargetMessage = MessageOf<'cdr_target'>;

/** A step of one endpoint that a call is offered to. */
interface Target {
  readonly message: TargetMessage;
  readonly call: PortsipCall;
  readonly number: string;
  readonly leg: PortsipLeg;
}

/** cdr_target_*: what became of one endpoint that a call was offered to, by a queue or directly. */
export function translateTarget(message: TargetMessage, context: TranslationContext): Translation {
  const { tenantId, sessionId, destination, callee } = message;
  if (!context.index.hasTenant(tenantId)) return UNKNOWN_ENTITY;
  if (context.calls.get(sessionId)?.endedAt !== undefined) return applied([]);
  const number = destination.number === '' ? callee.number : destination.number;
  const call = { ...calledOf(message, context), tellsTargets: true };
  const isQueue = context.findQueue({ tenantId, queueId: undefined, queueNumber: number });
  if (number === '' || isQueue !== undefined) {
    context.calls.put(call);
    return applied([]);
  }
  const target = { message, call, number, leg: legOf(number, call, context) };
  return applied(stepEvents(target, context));
}

/** The endpoint as it was, or as it is when it is called first. */
function legOf(number: string, call: PortsipCall, context: TranslationContext): PortsipLeg {
  const known = call.legs.get(number);
  if (known !== undefined && known.state !== 'over') return known;
  const queueId = call.queueId ?? known?.queueId;
  const user = userAt(number, call.tenantId, context);
  return {
    role: 'callee',
    userId: user?.id,
    state: 'called',
    since: context.receivedAt,
    ...(queueId === undefined ? {} : { queueId }),
  };
}

function stepEvents(target: Target, context: TranslationContext): readonly DomainEvent[] {
  switch (target.message.step) {
    case 'add':
      return added(target, context);
    case 'ringing':
      return [...missedBefore(target, context), ...rings(target, context)];
    case 'answer':
      return answers(target, context);
    case 'noanswer':
    case 'fail':
      return ringsInVain(target, context);
    case 'end':
      return ends(target, context);
  }
}

function added(target: Target, context: TranslationContext): readonly DomainEvent[] {
  const { call, number, leg } = target;
  const events = missedBefore(target, context);
  const isNew = leg.state === 'called';
  const next = isNew ? withLeg(call, number, { ...leg, ringsSoon: true }) : call;
  context.calls.put(withoutMissed(next));
  return events;
}

/** The endpoint rings: it was said so, or it was added a while ago. */
export function rings(
  { call, number, leg }: Omit<Target, 'message'>,
  context: TranslationContext,
): readonly DomainEvent[] {
  if (leg.state === 'up') return [];
  const { ringsSoon: _ringsSoon, ...rest } = leg;
  const ringing = { ...rest, state: 'ringing' as const };
  if (leg.queueId === undefined) {
    const next = advanceLeg(withoutMissed(call), number, ringing, context);
    context.calls.put(next.call);
    return next.events;
  }
  context.calls.put(withLeg(call, number, ringing));
  const offer = offerOf(call, number, leg.queueId, context);
  return [{ kind: 'queue-call-offered', at: context.receivedAt, ...offer }];
}

function answers(target: Target, context: TranslationContext): readonly DomainEvent[] {
  const { call, number, leg } = target;
  const up = { ...leg, state: 'up' as const };
  const queueId = leg.queueId ?? (call.legs.has(number) ? undefined : call.answered?.queueId);
  if (queueId === undefined) {
    const next = advanceLeg(call, number, up, context);
    context.calls.put(next.call);
    return next.events;
  }
  const offer = offerOf(call, number, queueId, context);
  const { queueId: _queueId, ...talking } = withLeg(call, number, { ...up, queueId });
  const agent = { queueId, member: offer.member, extensionNumber: number };
  context.calls.put({ ...talking, agent });
  const queue = context.index.queueById(queueId);
  const wrapUpSeconds = queue === undefined ? 0 : wrapUpSecondsOf(queue);
  return [{ kind: 'queue-call-connected', at: context.receivedAt, ...offer, wrapUpSeconds }];
}

function ringsInVain(target: Target, context: TranslationContext): readonly DomainEvent[] {
  const { call, number, leg, message } = target;
  const { receivedAt: at, calls } = context;
  const after = withLeg(call, number, { ...leg, state: 'over' });
  // Whoever hangs up does not leave it to the one who is called to miss the call.
  const unanswered = enderOf('callee', message) === 'local';
  if (leg.queueId !== undefined) {
    calls.put(after);
    const offer = offerOf(call, number, leg.queueId, context);
    return unanswered
      ? [{ kind: 'queue-call-offer-ended', at, ...offer }]
      : [{ kind: 'channel-ended', at, legId: offer.offerId }];
  }
  const { statusCode } = message;
  const isMissed = leg.userId !== undefined && unanswered;
  calls.put(isMissed ? { ...after, missed: { number, statusCode } } : after);
  return legEnds(call.sessionId, number, leg, { ...message, unanswered }, at);
}

function ends(target: Target, context: TranslationContext): readonly DomainEvent[] {
  const { call, number, leg, message } = target;
  const { receivedAt: at, calls } = context;
  calls.put(withLeg(call, number, { ...leg, state: 'over' }));
  const events = transferred(target, context);
  if (leg.queueId === undefined) {
    return [
      ...events,
      ...legEnds(call.sessionId, number, leg, { ...message, unanswered: false }, at),
    ];
  }
  if (events.length === 0) return [];
  const offer = offerOf(call, number, leg.queueId, context);
  return [
    ...events,
    {
      kind: 'queue-call-completed',
      at,
      ...offer,
      wrapUpSeconds: 0,
      endedBy: 'local',
      cause: message.endReason ?? '',
    },
  ];
}

/** The endpoint sent the call on; to whom shows by who is called next. */
function transferred(
  { call, number, leg, message }: Target,
  { receivedAt: at }: TranslationContext,
): DomainEvent[] {
  const flow = transferFlow(message.endReason);
  if (flow === undefined || leg.userId === undefined || leg.state !== 'up') return [];
  return [
    {
      kind: 'call-transfer',
      at,
      teller: 'portsip',
      transferId: `${call.sessionId} ${number} ${String(leg.since)}`,
      step: 'handed-over',
      flow,
      userId: leg.userId,
      transferrerLegIds: [legIdOf(call.sessionId, number)],
      transferredLegId: call.sessionId,
      targetNumber: '',
      cause: message.endReason ?? '',
    },
  ];
}

function transferFlow(endReason: EndReason | undefined): 'blind' | 'attended' | undefined {
  switch (endReason) {
    case 'referred':
    case 'blind_transfer_complete':
      return 'blind';
    case 'attended_transfer_complete':
    case 'replaced':
      return 'attended';
    case 'none':
    case 'caller_disconnected':
    case 'callee_disconnected':
    case 'redirected':
    case 'cancelled':
    case 'unrecognized':
    case undefined:
      return undefined;
  }
}

/** Whoever did not take the call is told that it went on to the one who is called now. */
function missedBefore(
  { call, number, leg }: Target,
  context: TranslationContext,
): readonly DomainEvent[] {
  const { missed, sessionId, callerNumber, targetNumber } = call;
  if (missed === undefined || missed.number === number || leg.userId === undefined) return [];
  const former = call.legs.get(missed.number)?.userId;
  if (former === undefined) return [];
  const reason = missReason(missed.statusCode);
  return [
    {
      kind: 'call-missed',
      at: context.receivedAt,
      userId: former,
      callId: context.ids.call(sessionId),
      legId: legIdOf(sessionId, missed.number),
      callerNumber,
      targetNumber,
      reason,
      target: number,
    },
  ];
}

/** By the codes of SIP (RFC 3261 21). */
function missReason(statusCode: number | undefined): MissReason {
  switch (statusCode) {
    case 486:
    case 600:
    case 603:
      return 'busy';
    case 404:
    case 480:
    case 503:
      return 'unreachable';
    case undefined:
    default:
      return 'no-answer';
  }
}

function withoutMissed({ missed: _missed, ...call }: PortsipCall): PortsipCall {
  return call;
}

function offerOf(call: PortsipCall, number: string, queueId: string, context: TranslationContext) {
  return {
    ...queueCall(call, { id: queueId }, context),
    offerId: legIdOf(call.sessionId, number),
    member: memberOf(call.tenantId, number, context.index),
    memberNumber: number,
  };
}
