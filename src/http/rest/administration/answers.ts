import type { z } from 'zod';
import type {
  AdminConnection,
  AdminRefusal,
  AdminSource,
  SubscriptionVerdict,
  TokenVerdict,
} from './administration.js';
import type {
  connectionSchema,
  refusalSchema,
  sourceSchema,
  subscriptionVerdictSchema,
  tokenVerdictSchema,
} from './schemas.js';

/** A connection as it is answered. */
export function connectionAnswer(one: AdminConnection): z.output<typeof connectionSchema> {
  return {
    Id: one.connectionId,
    UserId: one.userId,
    UserName: one.userName,
    DisplayName: one.displayName,
    Role: one.role,
    Transport: one.transport,
    Protocol: one.protocol,
    ProtocolVersion: one.protocolVersion,
    IsStateful: one.isStateful,
    Since: isoTime(one.connectedAt),
    LastReceived: isoTime(one.lastReceivedAt),
    RemoteAddress: one.remoteAddress,
    UserAgent: one.userAgent ?? null,
    WaitingBytes: one.outboundBytes,
    WaitingMessages: one.outboundMessages,
    SentMessages: one.messagesSent,
    DroppedMessages: one.messagesDropped,
    ConflatedMessages: one.messagesConflated,
    Subscriptions: one.subscriptions,
  };
}

/** A source as it is answered. */
export function sourceAnswer(one: AdminSource): z.output<typeof sourceSchema> {
  const { delays, lastError } = one;
  return {
    Name: one.name,
    State: one.state,
    Since: isoTime(one.since),
    Reason: one.reason,
    Detail: one.detail,
    LastEvent: one.lastEventAt === null ? null : isoTime(one.lastEventAt),
    Lag: delays && {
      Events: delays.events,
      MedianMs: delays.median,
      P95Ms: delays.p95,
      MaxMs: delays.max,
    },
    Reconnects: one.reconnects,
    LastError: lastError && {
      At: isoTime(lastError.at),
      Part: lastError.part,
      Reason: lastError.reason,
      Detail: lastError.detail,
    },
    IsShared: one.isShared,
    EventsPerSecond: one.eventsPerSecond,
    Outcomes: one.outcomes && { ...one.outcomes },
  };
}

/** A refusal as it is answered. */
export function refusalAnswer(one: AdminRefusal): z.output<typeof refusalSchema> {
  return {
    Kind: one.kind,
    Reason: one.reason,
    Detail: one.detail,
    UserId: one.userId,
    UserName: one.userName,
    IsClaimed: one.isClaimed,
    RemoteAddress: one.remoteAddress,
    ConnectionId: one.connectionId,
    EntityId: one.entityId,
    EventName: one.eventName,
    First: isoTime(one.firstAt),
    Last: isoTime(one.lastAt),
    Count: one.count,
  };
}

/** What is said of a token. */
export function tokenAnswer(verdict: TokenVerdict): z.output<typeof tokenVerdictSchema> {
  const { accepted, reason, detail, steps, content } = verdict;
  return {
    Accepted: accepted,
    Reason: reason,
    Detail: detail,
    Steps: steps.map(({ name, result }) => ({ Name: name, Result: result })),
    Header: content && { ...content.header },
    Claims: content && { ...content.payload },
  };
}

/** What is said of a subscription. */
export function subscriptionAnswer(
  { id, userName }: { readonly id: string; readonly userName: string },
  { granted, message, isAskedLater, events }: SubscriptionVerdict,
): z.output<typeof subscriptionVerdictSchema> {
  return {
    UserId: id,
    UserName: userName,
    Granted: granted,
    Message: message,
    IsAskedLater: isAskedLater,
    Events: events.map(({ eventName, refusal, rows }) => ({
      EventName: eventName,
      Granted: refusal === null,
      Reason: refusal?.reason ?? null,
      Detail: refusal?.detail ?? null,
      Rows: rows.map(({ roles, relation, reason }) => ({
        Roles: [...roles],
        Relation: relation,
        Reason: reason,
      })),
    })),
  };
}

/** @param time epoch ms */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}
