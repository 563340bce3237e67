import type { z } from 'zod';
import type {
  CountedCallerEvent,
  QueueAgentEvent,
  QueueCallerEvent,
  QueueUserEvent,
  userEvent,
} from './ami-event.js';
import { callerFields } from './queue-caller.js';
import {
  applied,
  IRRELEVANT,
  noSuchQueue,
  resyncTriggered,
  type Translation,
  type TranslationContext,
  type Translator,
  UNKNOWN_ENTITY,
} from './translation.js';

/** The name that wazo-agentd gives members of queues, with the agent's number. */
const AGENT_NAME = /^Agent\/(\S+)$/;

/** The number of the agent behind a member's name; empty for members of other kinds. */
export function agentNumber(memberName: string): string {
  return AGENT_NAME.exec(memberName)?.[1] ?? '';
}

/** Of all that is said by UserEvent two concern us: a caller is sent to a queue, and our own mark. */
export const userEventRaised: Translator<z.infer<typeof userEvent>> = (data, context) => {
  switch (data.UserEvent) {
    case 'Queue':
      return callerAnnounced(data, context);
    case 'hub_sync':
      return resyncTriggered({
        kind: 'marker',
        at: context.receivedAt,
        nonce: data.Nonce,
        originUuid: context.originUuid,
        stampMs: context.stampMs,
      });
    case 'other':
      return IRRELEVANT;
  }
};

function callerAnnounced(data: QueueUserEvent, context: TranslationContext): Translation {
  const queueId = data.WAZO_DSTID ?? data.XIVO_DSTID;
  const queue = queueId === undefined ? undefined : context.index.queueOfId(queueId);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const sentCaller = {
    ...data,
    Queue: queue.wazo.queueName ?? '',
    CallerIDNum: data.XIVO_CALLERIDNUMBER ?? data.CallerIDNum,
    CallerIDName: data.XIVO_CALLERIDNAME ?? data.CallerIDName,
  };
  return applied({ kind: 'queue-call-announced', ...callerFields(sentCaller, queue, context) });
}

/** A caller joins a queue or leaves it. AMI events name no tenant: the queue decides whose they are. */
export function caller(
  kind: 'queue-call-joined' | 'queue-call-left' | 'queue-call-abandoned',
): Translator<QueueCallerEvent> {
  return (data, context) => {
    const queue = context.index.queue(data.Queue);
    if (queue === undefined) return noSuchQueue(data.Queue);
    return applied({ kind, ...callerFields(data, queue, context) });
  };
}

/** The same, where Asterisk tells how many callers there are then. */
export function countedCaller(
  kind: 'queue-call-joined' | 'queue-call-left',
): Translator<CountedCallerEvent> {
  const translate = caller(kind);
  return (data, context) => {
    const translation = translate(data, context);
    const { Queue: queueName, Count: count } = data;
    if (translation.outcome !== 'applied' || count === undefined) return translation;
    const change = kind === 'queue-call-joined' ? 1 : -1;
    const at = context.receivedAt;
    return { ...translation, resyncTrigger: { kind: 'queue-count', at, queueName, change, count } };
  };
}

/** A queue rings a member for a caller, in vain or not, or a member's call ends. */
export function offer(
  kind:
    | 'queue-call-offered'
    | 'queue-call-offer-ended'
    | 'queue-call-connected'
    | 'queue-call-completed',
): Translator<QueueAgentEvent> {
  return (data, context) => {
    const queue = context.index.queue(data.Queue);
    if (queue === undefined) return noSuchQueue(data.Queue);
    const fields = {
      ...callerFields(data, queue, context),
      offerId: offerId(data),
      member: context.index.member(data.Interface),
      memberNumber: agentNumber(data.MemberName),
    };
    const { wrapUpSeconds } = queue.wazo;
    switch (kind) {
      case 'queue-call-offered':
      case 'queue-call-offer-ended':
        return applied({ kind, ...fields });
      case 'queue-call-connected':
        return applied({ kind, ...fields, wrapUpSeconds });
      case 'queue-call-completed':
        return applied({ kind, ...fields, wrapUpSeconds, endedBy: enderOf(data) });
    }
  };
}

/** An agent who transfers the call ends their own part in it, as one who hangs up does. */
function enderOf({ Reason }: QueueAgentEvent): 'local' | 'remote' {
  return Reason === 'agent' || Reason === 'transfer' ? 'local' : 'remote';
}

/** Events without the rung channel (Asterisk before 13) can still tell one member from another. */
function offerId(data: QueueAgentEvent): string {
  return data.DestUniqueid ?? `${data.Uniqueid} ${data.Interface}`;
}
