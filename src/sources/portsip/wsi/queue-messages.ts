import { z } from 'zod';
import {
  count,
  id,
  listOf,
  optionalId,
  optionalSessionId,
  optionalText,
  text,
  time,
  word,
} from './fields.js';
import { agentStateOf, callerReasonOf, callerTypeOf, UNRECOGNIZED } from './words.js';

/** Which queue a message is about: one of id and number is told. */
const queue = z.object({ tenant_id: optionalId, queue_id: optionalId, queue_number: optionalId });

function readQueue(raw: z.infer<typeof queue>) {
  return { tenantId: raw.tenant_id, queueId: raw.queue_id, queueNumber: raw.queue_number };
}

function namesQueue(raw: z.infer<typeof queue>): boolean {
  return raw.queue_id !== undefined || raw.queue_number !== undefined;
}

const NO_QUEUE = 'it names no queue';

const caller = z.object({
  session_id: id,
  position: count,
  caller_number: text,
  caller_name: text,
  timestamp: time,
  type: word(callerTypeOf),
});

function readCaller(raw: z.infer<typeof caller>) {
  return {
    sessionId: raw.session_id,
    position: raw.position,
    callerNumber: raw.caller_number,
    callerName: raw.caller_name,
    /** Since when the caller waits. */
    at: raw.timestamp,
    callerType: raw.type ?? ('normal' as const),
  };
}

const waitingCaller = caller.transform(readCaller);

/** An agent of the queue; session and caller are those of the queue's call, if it has one. */
const agent = z
  .object({
    agent_extension_number: id,
    state: word(agentStateOf),
    session_id: optionalSessionId,
    caller_number: text,
    caller_name: text,
    timestamp: time,
  })
  .refine(({ state }) => state !== undefined, 'it has no state')
  .transform((raw) => ({
    extensionNumber: raw.agent_extension_number,
    state: raw.state ?? UNRECOGNIZED,
    sessionId: raw.session_id,
    callerNumber: raw.caller_number,
    callerName: raw.caller_name,
    at: raw.timestamp,
  }));

/**
 * queue_status: all callers and agents of a queue. A list that is not there is undefined: nothing is
 * known of it, which is not the same as empty.
 */
export const queueStatus = z
  .preprocess(
    withAgentsBesideCallers,
    queue.extend({
      queue_name: optionalText,
      waiting_list: listOf(waitingCaller),
      agents: listOf(agent),
    }),
  )
  .refine(namesQueue, NO_QUEUE)
  .transform((raw) => ({
    kind: 'queue_status' as const,
    ...readQueue(raw),
    queueName: raw.queue_name,
    waitingList: raw.waiting_list?.read,
    agents: raw.agents?.read,
    unreadable: (raw.waiting_list?.unreadable ?? 0) + (raw.agents?.unreadable ?? 0),
  }));

const nested = z.looseObject({ agents: z.array(z.unknown()) });
const withWaitingList = z.looseObject({ waiting_list: z.array(z.unknown()) });

/** The vendor's sample has the agents within the waiting list: they are put beside it. */
function withAgentsBesideCallers(raw: unknown): unknown {
  const message = withWaitingList.safeParse(raw);
  if (!message.success || message.data['agents'] !== undefined) return raw;
  const parts = message.data.waiting_list.map((entry) => nested.safeParse(entry));
  const agents = parts.flatMap((part) => (part.success ? part.data.agents : []));
  if (agents.length === 0) return raw;
  const callers = message.data.waiting_list.filter((entry) => !holdsAgentsOnly(entry));
  return { ...message.data, waiting_list: callers, agents };
}

function holdsAgentsOnly(entry: unknown): boolean {
  return z.strictObject({ agents: z.array(z.unknown()) }).safeParse(entry).success;
}

const updatedCaller = caller
  .extend({ reason: word(callerReasonOf) })
  .refine(({ reason }) => reason !== undefined, 'it has no reason')
  .transform((raw) => ({ ...readCaller(raw), reason: raw.reason ?? UNRECOGNIZED }));

/** queue_caller_status: who came to or left the waiting list, and why. */
export const queueCallerStatus = queue
  .extend({ updated_callers: listOf(updatedCaller) })
  .refine(namesQueue, NO_QUEUE)
  .refine((raw) => raw.updated_callers !== undefined, 'it has no updated_callers list')
  .transform((raw) => ({
    kind: 'queue_caller_status' as const,
    ...readQueue(raw),
    updatedCallers: raw.updated_callers?.read ?? [],
    unreadable: raw.updated_callers?.unreadable ?? 0,
  }));

const removedAgent = z.union([
  z.object({ agent_extension_number: id }).transform((raw) => raw.agent_extension_number),
  id,
]);

/** queue_agent_status: agents whose state changed or who were added, and numbers of those removed. */
export const queueAgentStatus = queue
  .extend({ updated_agents: listOf(agent), removed_agents: listOf(removedAgent) })
  .refine(namesQueue, NO_QUEUE)
  .refine(
    (raw) => raw.updated_agents !== undefined || raw.removed_agents !== undefined,
    'it has neither updated_agents nor removed_agents',
  )
  .transform((raw) => ({
    kind: 'queue_agent_status' as const,
    ...readQueue(raw),
    updatedAgents: raw.updated_agents?.read ?? [],
    removedAgents: raw.removed_agents?.read ?? [],
    unreadable: (raw.updated_agents?.unreadable ?? 0) + (raw.removed_agents?.unreadable ?? 0),
  }));

/** queue_sla_breached: a caller waited longer than the queue's service level allows. */
export const queueSlaBreached = queue
  .extend({
    caller: text,
    total_callers_breached: count,
    sla_time_secs: count,
    waiting_callers: count,
    timestamp: time,
  })
  .refine(namesQueue, NO_QUEUE)
  .transform((raw) => ({
    kind: 'queue_sla_breached' as const,
    ...readQueue(raw),
    callerNumber: raw.caller,
    totalCallersBreached: raw.total_callers_breached,
    slaTimeSeconds: raw.sla_time_secs,
    waitingCallers: raw.waiting_callers,
    at: raw.timestamp,
  }));
