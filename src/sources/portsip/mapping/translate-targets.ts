import type { DomainEvent } from '../../../contact-center/index.js';
import { enderOf, legEnds } from './call-end.js';
import { advanceLeg, calledOf, userAt } from './call-parties.js';
import { type PortsipCall, type PortsipLeg, withLeg } from './call-table.js';
import { wrapUpSecondsOf } from './members.js';
import { missedBefore, withoutMissed } from './missed-target.js';
import { offerOf, type Target } from './target.js';
import { rings } from './target-rings.js';
import { transferred } from './target-transfer.js';
import {
  applied,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

/** cdr_target_*: what became of one endpoint that a call was offered to, by a queue or directly. */
export function translateTarget(
  message: MessageOf<'cdr_target'>,
  context: TranslationContext,
): Translation {
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
  const wrapUpSeconds = queue === undefined ? 0 : wrapUpSecondsOf(queue, context);
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
