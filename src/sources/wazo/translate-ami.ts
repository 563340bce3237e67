import {
  callGuid,
  type DomainEvent,
  isGuid,
  type MemberFacts,
} from '../../contact-center/index.js';
import type { Queue } from '../../directory/types.js';
import {
  hangupEvent,
  queueAgentEvent,
  type QueueAgentEvent,
  queueCallerEvent,
  type QueueCallerEvent,
  queueMemberEvent,
  type QueueMemberBlock,
} from './ami-event.js';
import { type BusEnvelope, MalformedBusMessage } from './bus-envelope.js';
import type { AmiEventName } from './event-names.js';
import { applied, readData, type Translation, UNKNOWN_ENTITY } from './translation.js';
import type { WazoIndex } from './wazo-index.js';

/** What translating needs beside the message: who exists, and when it came (epoch ms). */
export interface TranslationContext {
  readonly index: WazoIndex;
  readonly receivedAt: number;
}

/**
 * Translates an Asterisk manager event. AMI events name no tenant: the queue's name decides whose
 * they are, and what the directory does not know is dropped.
 * @throws MalformedBusMessage when a field is missing or is not what Asterisk writes
 */
export function translateAmi(
  name: AmiEventName,
  envelope: BusEnvelope,
  context: TranslationContext,
): Translation {
  switch (name) {
    case 'QueueCallerJoin':
      return caller('queue-call-joined', envelope, context);
    case 'QueueCallerLeave':
      return caller('queue-call-left', envelope, context);
    case 'QueueCallerAbandon':
      return caller('queue-call-abandoned', envelope, context);
    case 'AgentCalled':
      return agent('queue-call-offered', envelope, context);
    case 'AgentRingNoAnswer':
      return agent('queue-call-offer-ended', envelope, context);
    case 'AgentConnect':
      return agent('queue-call-connected', envelope, context);
    case 'AgentComplete':
      return agent('queue-call-completed', envelope, context);
    case 'QueueMemberAdded':
      return member('queue-member-added', envelope, context, allFacts);
    case 'QueueMemberStatus':
    case 'QueueMemberPenalty':
    case 'QueueMemberRinginuse':
      return member('queue-member-changed', envelope, context, allFacts);
    case 'QueueMemberPause':
      return member('queue-member-changed', envelope, context, pauseFacts);
    case 'QueueMemberRemoved':
      return member('queue-member-removed', envelope, context, allFacts);
    case 'Hangup': {
      const data = readData(envelope, hangupEvent);
      const at = eventTime(data.Timestamp, context.receivedAt);
      return applied({ kind: 'channel-ended', at, legId: data.Uniqueid });
    }
  }
}

type CallerKind = 'queue-call-joined' | 'queue-call-left' | 'queue-call-abandoned';
type AgentKind =
  'queue-call-offered' | 'queue-call-offer-ended' | 'queue-call-connected' | 'queue-call-completed';
type MemberKind = 'queue-member-added' | 'queue-member-changed' | 'queue-member-removed';

function caller(kind: CallerKind, envelope: BusEnvelope, context: TranslationContext): Translation {
  const data = readData(envelope, queueCallerEvent);
  const queue = context.index.queue(data.Queue);
  if (queue === undefined) return UNKNOWN_ENTITY;
  return applied({ kind, ...callerFields(data, queue, envelope, context) });
}

function agent(kind: AgentKind, envelope: BusEnvelope, context: TranslationContext): Translation {
  const data = readData(envelope, queueAgentEvent);
  const queue = context.index.queue(data.Queue);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const fields = {
    ...callerFields(data, queue, envelope, context),
    offerId: offerId(data),
    member: context.index.member(data.Interface),
  };
  return applied(
    kind === 'queue-call-completed'
      ? { kind, ...fields, wrapUpSeconds: queue.wazo.wrapUpSeconds }
      : { kind, ...fields },
  );
}

/** Events without the rung channel (Asterisk before 13) can still tell one member from another. */
function offerId(data: QueueAgentEvent): string {
  return data.DestUniqueid ?? `${data.Uniqueid} ${data.Interface}`;
}

function callerFields(
  data: QueueCallerEvent,
  queue: Queue,
  envelope: BusEnvelope,
  context: TranslationContext,
): {
  at: number;
  queueId: string;
  legId: string;
  callId: string;
  callerNumber: string;
  callerName: string;
} {
  const origin = isGuid(envelope.originUuid) ? envelope.originUuid : queue.organizationId;
  return {
    at: eventTime(data.Timestamp, context.receivedAt),
    queueId: queue.id,
    legId: data.Uniqueid,
    callId: callGuid(origin, data.Linkedid ?? data.Uniqueid),
    callerNumber: known(data.CallerIDNum),
    callerName: known(data.CallerIDName),
  };
}

function member(
  kind: MemberKind,
  envelope: BusEnvelope,
  context: TranslationContext,
  factsOf: (block: QueueMemberBlock) => MemberFacts,
): Translation {
  const data = readData(envelope, queueMemberEvent);
  const name = data.Interface ?? data.Location;
  if (name === undefined) {
    throw new MalformedBusMessage(envelope.name, 'neither Interface nor Location is there');
  }
  const queue = context.index.queue(data.Queue);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const about = {
    at: eventTime(data.Timestamp, context.receivedAt),
    queueId: queue.id,
    member: context.index.member(name),
  };
  return applied(memberEvent(kind, about, factsOf(data)));
}

function memberEvent(
  kind: MemberKind,
  about: { at: number; queueId: string; member: ReturnType<WazoIndex['member']> },
  facts: MemberFacts,
): DomainEvent {
  if (kind !== 'queue-member-removed') return { kind, ...about, facts };
  const { loginTime } = facts;
  return loginTime === undefined ? { kind, ...about } : { kind, ...about, loginTime };
}

function allFacts(block: QueueMemberBlock): MemberFacts {
  return {
    ...pauseFacts(block),
    ...(block.Status === undefined ? {} : { device: block.Status }),
    ...(block.Ringinuse === undefined ? {} : { ringInUse: block.Ringinuse }),
    ...(block.Wrapuptime === undefined ? {} : { wrapUpSeconds: block.Wrapuptime }),
  };
}

/** A pause says nothing new of the device, and may overtake the event that does. */
function pauseFacts(block: QueueMemberBlock): MemberFacts {
  return {
    ...(block.Paused === undefined ? {} : { paused: block.Paused }),
    ...(block.LastPause === undefined ? {} : { lastPause: block.LastPause }),
    ...(block.LoginTime === undefined ? {} : { loginTime: block.LoginTime }),
  };
}

/** Asterisk's time where it writes one, never one ahead of ours; else the time of receipt. */
function eventTime(timestamp: number | undefined, receivedAt: number): number {
  return timestamp === undefined ? receivedAt : Math.min(Math.floor(timestamp), receivedAt);
}

/** Asterisk writes `<unknown>` for what it does not know, and some trunks write `anonymous`. */
function known(text: string): string {
  return text === '<unknown>' || text.toLowerCase() === 'anonymous' ? '' : text;
}
