import type { DomainEvent, MemberRef } from '../../../contact-center/index.js';
import type { Queue } from '../../../directory/types.js';
import type { AgentState } from '../wsi/words.js';
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

/** What a message says of an agent in a queue. Of the call extension_agent_status says nothing. */
interface AgentReport {
  readonly extensionNumber: string;
  readonly state: AgentState;
  readonly sessionId: string | undefined;
  readonly callerNumber: string;
  readonly callerName: string;
}

/** queue_agent_status: agents of a queue that do something else now, and those it lost. */
export function translateAgents(
  message: MessageOf<'queue_agent_status'>,
  context: TranslationContext,
): Translation {
  const queue = context.findQueue(message);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const { tenantId, updatedAgents, removedAgents } = message;
  return applied([
    ...updatedAgents.flatMap((agent) => agentEvents(agent, queue, tenantId, context)),
    ...removedAgents.flatMap((number) => agentRemoved(number, queue, tenantId, context)),
  ]);
}

/** extension_agent_status: what an agent does in each of its queues. */
export function translateAgentStatus(
  message: MessageOf<'extension_agent_status'>,
  context: TranslationContext,
): Translation {
  const { tenantId, agentStatus, number: extensionNumber } = message;
  const events: DomainEvent[] = [];
  let known = 0;
  for (const { queueNumber, state } of agentStatus) {
    const queue = context.findQueue({ tenantId, queueId: undefined, queueNumber });
    if (queue === undefined || extensionNumber === '') continue;
    known += 1;
    const report = { extensionNumber, state, ...NO_CALL };
    events.push(...agentEvents(report, queue, tenantId, context));
  }
  return known > 0 || agentStatus.length === 0 ? applied(events) : UNKNOWN_ENTITY;
}

const NO_CALL = { sessionId: undefined, callerNumber: '', callerName: '' } as const;

function agentEvents(
  report: AgentReport,
  queue: Queue,
  tenantId: string | undefined,
  context: TranslationContext,
): DomainEvent[] {
  const { agents, receivedAt: at } = context;
  const { state, extensionNumber } = report;
  const activity = activityOf(state);
  if (activity === undefined) return [];
  const member = memberOf(tenantId, extensionNumber, context.index);
  const before = agents.get(queue.id, member.memberId);
  const hadCall = before?.sessionId;
  // Of the two messages about one change only one names the call.
  const hasCall = state === 'QUEUE_CALL' ? (report.sessionId ?? hadCall) : undefined;
  agents.set(queue.id, member.memberId, { state, sessionId: hasCall });
  const events: DomainEvent[] = [];
  const about = { queue, member, tenantId, extensionNumber };
  if (hadCall !== undefined && hadCall !== hasCall) {
    events.push(...leaves({ ...report, sessionId: hadCall }, about, context));
  }
  if (hasCall !== undefined && hadCall !== hasCall) {
    events.push(...connects({ ...report, sessionId: hasCall }, about, context));
  }
  events.push({ kind: 'queue-member-added', at, queueId: queue.id, member, facts: { activity } });
  if (before?.state === state) return events;
  return [...events, ...wrapUpEvents(state, hadCall, about, context)];
}

interface About {
  readonly queue: Queue;
  readonly member: MemberRef;
  readonly tenantId: string | undefined;
  readonly extensionNumber: string;
}
type CallReport = AgentReport & { readonly sessionId: string };

/** The agent has a call of the queue. Who is called back by the queue has not come to it. */
function connects(
  report: CallReport,
  { queue, member, tenantId, extensionNumber }: About,
  context: TranslationContext,
): DomainEvent[] {
  const { calls, wishes, receivedAt: at } = context;
  if (wishes.find(report.sessionId, tenantId, [report.callerNumber]) !== undefined) return [];
  const { queueId: _queueId, ...call } = callOf(report, tenantId, context);
  calls.put({ ...call, agent: { queueId: queue.id, member, extensionNumber } });
  return [
    {
      kind: 'queue-call-connected',
      at,
      ...queueCall(call, queue, context),
      offerId: legIdOf(report.sessionId, extensionNumber),
      member,
      memberNumber: extensionNumber,
      wrapUpSeconds: wrapUpSecondsOf(queue, context),
    },
  ];
}

/** The agent has the call no more. Who ended it is told by the call's record. */
function leaves(
  report: CallReport,
  { queue, member, extensionNumber }: About,
  context: TranslationContext,
): DomainEvent[] {
  const call = context.calls.get(report.sessionId);
  if (call?.agent?.member.memberId !== member.memberId) return [];
  return [
    {
      kind: 'queue-call-completed',
      at: context.receivedAt,
      ...queueCall(call, queue, context),
      offerId: legIdOf(report.sessionId, extensionNumber),
      member,
      memberNumber: extensionNumber,
      wrapUpSeconds: 0,
    },
  ];
}

function wrapUpEvents(
  state: AgentState,
  sessionId: string | undefined,
  { queue, member }: About,
  context: TranslationContext,
): DomainEvent[] {
  const { ids, receivedAt: at } = context;
  const about = { at, queueId: queue.id, member };
  if (state !== 'WRAP_UP') return [{ kind: 'wrap-up-over', ...about }];
  const call =
    sessionId === undefined ? {} : { call: { callId: ids.call(sessionId), legId: sessionId } };
  return [{ kind: 'wrap-up-begun', ...about, ...call, seconds: wrapUpSecondsOf(queue, context) }];
}

function agentRemoved(
  extensionNumber: string,
  queue: Queue,
  tenantId: string | undefined,
  { agents, index, receivedAt: at }: TranslationContext,
): DomainEvent[] {
  const member = memberOf(tenantId, extensionNumber, index);
  agents.delete(queue.id, member.memberId);
  return [{ kind: 'queue-member-removed', at, queueId: queue.id, member }];
}
