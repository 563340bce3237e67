import type { z } from 'zod';
import type { agentPauseEvent, agentQueueEvent, agentStatusEvent } from './bus-event.js';
import { applied, noSuchQueue, type Translator, UNKNOWN_ENTITY } from './translation.js';

/** An agent logs in to all their queues, or off from them. */
export const agentStatus: Translator<z.infer<typeof agentStatusEvent>> = (data, context) => {
  const member = context.index.agent(data.agent_id);
  if (member.userIds.length === 0) return UNKNOWN_ENTITY;
  const loggedIn = data.status === 'logged_in';
  return applied({ kind: 'agent-login-changed', at: context.receivedAt, member, loggedIn });
};

/** An agent is paused in one queue, or not any more. */
export const agentPause: Translator<z.infer<typeof agentPauseEvent>> = (data, context) => {
  const queue = context.index.queue(data.queue);
  if (queue === undefined) return noSuchQueue(data.queue);
  return applied({
    kind: 'queue-member-changed',
    at: context.receivedAt,
    queueId: queue.id,
    member: context.index.agent(data.agent_id),
    facts: { paused: data.paused },
  });
};

/** An agent logs in to one queue, or off from it; Asterisk tells the same with more detail. */
export function agentInQueue(
  kind: 'queue-member-added' | 'queue-member-removed',
): Translator<z.infer<typeof agentQueueEvent>> {
  return (data, { index, receivedAt: at }) => {
    const queue = index.queueOfId(data.queue_id);
    if (queue === undefined) return UNKNOWN_ENTITY;
    const about = { at, queueId: queue.id, member: index.agent(data.agent_id) };
    return kind === 'queue-member-added'
      ? applied({ kind, ...about, facts: {} })
      : applied({ kind, ...about });
  };
}
