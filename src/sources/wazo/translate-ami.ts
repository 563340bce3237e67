import type { DomainEvent, MemberFacts } from '../../contact-center/index.js';
import {
  queueAgentEvent,
  type QueueAgentEvent,
  queueCallerEvent,
  queueMemberEvent,
  type QueueMemberBlock,
  queueUserEvent,
  userEvent,
} from './ami-event.js';
import { type BusEnvelope, MalformedBusMessage } from './bus-envelope.js';
import type { AmiEventName } from './event-names.js';
import { MARKER_EVENT } from './notices.js';
import { callerFields, eventTime } from './queue-caller.js';
import { asteriskBooted, markerSeen, moduleReloaded } from './translate-asterisk.js';
import { channelEnded, hangupRequested } from './translate-channel.js';
import { translateAmiParking } from './translate-parking.js';
import {
  applied,
  IRRELEVANT,
  readData,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';
import type { WazoIndex } from './wazo-index.js';

/** The name that wazo-agentd gives members of queues, with the agent's number. */
const AGENT_NAME = /^Agent\/(\S+)$/;

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
    case 'UserEvent':
      return userEventRaised(envelope, context);
    case 'QueueCallerJoin':
      return caller('queue-call-joined', envelope, context);
    case 'QueueCallerLeave':
      return caller('queue-call-left', envelope, context);
    case 'QueueCallerAbandon':
      return caller('queue-call-abandoned', envelope, context);
    case 'AgentCalled':
      return agent('queue-call-offered', envelope, context);
    case 'AgentRingNoAnswer':
    case 'AgentDump':
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
    case 'ParkedCall':
    case 'ParkedCallSwap':
    case 'UnParkedCall':
    case 'ParkedCallGiveUp':
    case 'ParkedCallTimeOut':
      return translateAmiParking(name, envelope, context);
    case 'HangupRequest':
      return hangupRequested(envelope, context);
    case 'Hangup':
      return channelEnded(envelope, context);
    case 'FullyBooted':
      return asteriskBooted(envelope, context);
    case 'Reload':
      return moduleReloaded(envelope, context);
  }
}

/** Of all that is said by UserEvent two concern us: a caller is sent to a queue, and our own mark. */
function userEventRaised(envelope: BusEnvelope, context: TranslationContext): Translation {
  switch (readData(envelope, userEvent).UserEvent) {
    case 'Queue':
      return callerAnnounced(envelope, context);
    case MARKER_EVENT:
      return markerSeen(envelope, context);
    default:
      return IRRELEVANT;
  }
}

function callerAnnounced(envelope: BusEnvelope, context: TranslationContext): Translation {
  const data = readData(envelope, queueUserEvent);
  const queueId = data.WAZO_DSTID ?? data.XIVO_DSTID;
  const queue = queueId === undefined ? undefined : context.index.queueOfId(queueId);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const sentCaller = {
    ...data,
    Queue: queue.wazo.queueName,
    CallerIDNum: data.XIVO_CALLERIDNUMBER ?? data.CallerIDNum,
    CallerIDName: data.XIVO_CALLERIDNAME ?? data.CallerIDName,
  };
  const fields = callerFields(sentCaller, queue, envelope, context);
  return applied({ kind: 'queue-call-announced', ...fields });
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
    memberNumber: AGENT_NAME.exec(data.MemberName)?.[1] ?? '',
  };
  const { wrapUpSeconds } = queue.wazo;
  switch (kind) {
    case 'queue-call-offered':
    case 'queue-call-offer-ended':
      return applied({ kind, ...fields });
    case 'queue-call-connected':
      return applied({ kind, ...fields, wrapUpSeconds });
    case 'queue-call-completed': {
      // An agent who transfers the call ends their own part in it, as one who hangs up does.
      const endedBy = data.Reason === 'agent' || data.Reason === 'transfer' ? 'local' : 'remote';
      return applied({ kind, ...fields, wrapUpSeconds, endedBy });
    }
  }
}

/** Events without the rung channel (Asterisk before 13) can still tell one member from another. */
function offerId(data: QueueAgentEvent): string {
  return data.DestUniqueid ?? `${data.Uniqueid} ${data.Interface}`;
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
