import type {
  ConnectedCaller,
  MemberSnapshot,
  WaitingCaller,
} from '../../../contact-center/index.js';
import type { Queue } from '../../../directory/types.js';
import { legIdOf } from './call-table.js';
import { activityOf, memberOf, wrapUpSecondsOf } from './members.js';
import { callOf, queueCall } from './queue-caller.js';
import {
  applied,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

type QueueStatusMessage = MessageOf<'queue_status'>;
type Agent = NonNullable<QueueStatusMessage['agents']>[number];
type Caller = NonNullable<QueueStatusMessage['waitingList']>[number];

/**
 * queue_status: a queue as it is, which puts right whatever was missed. It comes in the order of the
 * other messages, so that it is older than none told before. One without a list of callers or of
 * agents is no picture of the queue, and is left out.
 */
export function translateQueueStatus(
  message: QueueStatusMessage,
  context: TranslationContext,
): Translation {
  const { queueId, queueNumber, tenantId, waitingList, agents } = message;
  if (queueId !== undefined && queueNumber !== undefined) {
    context.learned.learnQueue(tenantId, queueId, queueNumber);
  }
  const queue = context.findQueue(message);
  if (queue === undefined) return UNKNOWN_ENTITY;
  if (waitingList === undefined || agents === undefined) return { outcome: 'doubtful', events: [] };
  const members = agents.map((agent) => memberSnapshot(agent, queue, tenantId, context));
  const waiting = waitingCallers(waitingList, queue, tenantId, context);
  const connected = connectedCallers(agents, queue, tenantId, context);
  const { receivedAt: at, occasion } = context;
  const snapshotId = `portsip queue ${queue.id}`;
  const told = connected === undefined ? {} : { connected };
  const snapshot = { queueId: queue.id, exists: true as const, members, waiting, ...told };
  const why = occasion === undefined ? {} : { occasion };
  return applied([{ kind: 'snapshot', at, snapshotId, ...why, queues: [snapshot] }]);
}

function memberSnapshot(
  agent: Agent,
  queue: Queue,
  tenantId: string | undefined,
  context: TranslationContext,
): MemberSnapshot {
  const { agents, index, receivedAt } = context;
  const { extensionNumber, state } = agent;
  const member = memberOf(tenantId, extensionNumber, index);
  const before = agents.get(queue.id, member.memberId);
  const known = state === 'unrecognized' ? before?.state : state;
  // Nobody is to be called whose state nobody knows.
  const activity = (known && activityOf(known)) ?? 'not-ready';
  const sessionId = state === 'QUEUE_CALL' ? agent.sessionId : undefined;
  agents.set(queue.id, member.memberId, { state: known ?? 'NOT_READY', sessionId });
  const start = earlier(agent.at, receivedAt);
  const end = start + wrapUpSecondsOf(queue, context) * 1000;
  const wrapUp = activity === 'wrap-up' ? { start, end, untilTold: true } : null;
  return { member, facts: { activity }, wrapUp };
}

/** Who waits. Who is to be called back has a place, too, but does not wait. */
function waitingCallers(
  list: readonly Caller[],
  queue: Queue,
  tenantId: string | undefined,
  context: TranslationContext,
): WaitingCaller[] {
  const { calls, wishes, receivedAt } = context;
  const listed = new Set(list.map(({ sessionId }) => sessionId));
  for (const { queueId, ...call } of calls.open(tenantId)) {
    if (queueId === queue.id && !listed.has(call.sessionId)) calls.put(call);
  }
  return list.flatMap((caller) => {
    const { sessionId, callerNumber } = caller;
    if (caller.callerType === 'callback') {
      wishes.add(sessionId, { tenantId, queueId: queue.id, callerNumber });
      return [];
    }
    const call = { ...callOf(caller, tenantId, context), queueId: queue.id };
    calls.put(call);
    return [{ ...queueCall(call, queue, context), joinedAt: earlier(caller.at, receivedAt) }];
  });
}

/** Who talks to whom; undefined when an agent has a call and it is not said which. */
function connectedCallers(
  agents: readonly Agent[],
  queue: Queue,
  tenantId: string | undefined,
  context: TranslationContext,
): ConnectedCaller[] | undefined {
  const { calls, wishes, receivedAt } = context;
  const connected = new Map<string, ConnectedCaller>();
  for (const agent of agents) {
    const { state, sessionId, extensionNumber, callerNumber } = agent;
    if (state !== 'QUEUE_CALL') continue;
    if (sessionId === undefined) return undefined;
    if (wishes.find(sessionId, tenantId, [callerNumber]) !== undefined) continue;
    const member = memberOf(tenantId, extensionNumber, context.index);
    const { queueId: _queueId, ...call } = callOf({ ...agent, sessionId }, tenantId, context);
    calls.put({ ...call, agent: { queueId: queue.id, member, extensionNumber } });
    if (connected.has(sessionId)) continue;
    connected.set(sessionId, {
      ...queueCall(call, queue, context),
      offerId: legIdOf(sessionId, extensionNumber),
      member,
      memberNumber: extensionNumber,
      connectedAt: earlier(agent.at, receivedAt),
      wrapUpSeconds: wrapUpSecondsOf(queue, context),
    });
  }
  return [...connected.values()];
}

/** Since when by the PBX's clock, which may be ahead of ours. */
function earlier(told: number | undefined, now: number): number {
  return Math.min(told ?? now, now);
}
