import { agentPauseEvent, agentQueueEvent, agentStatusEvent } from '../bus-event.js';
import { agentInQueue, agentPause, agentStatus } from '../translate-agent.js';
import { changesState } from './event-row.js';

const publisher = 'wazo-agentd';

/** Agents log in, off, and pause. Asterisk tells the same of the members of its queues. */
export const agentEvents = {
  agent_status_update: changesState({
    publisher,
    routingKeys: ['status.agent'],
    schema: agentStatusEvent,
    translate: agentStatus,
    rteEvents: ['UserStatus', 'QueueStatus', 'UserWrapUpTerminated'],
  }),
  agent_paused: changesState({
    publisher,
    routingKeys: ['status.agent.pause'],
    schema: agentPauseEvent,
    translate: agentPause,
    rteEvents: ['UserStatus', 'QueueStatus'],
  }),
  agent_unpaused: changesState({
    publisher,
    routingKeys: ['status.agent.unpause'],
    schema: agentPauseEvent,
    translate: agentPause,
    rteEvents: ['UserStatus', 'QueueStatus'],
  }),
  user_agent_queue_logged_in: changesState({
    publisher,
    routingKeys: ['agentd.agents.*.queues.*.login.updated'],
    schema: agentQueueEvent,
    translate: agentInQueue('queue-member-added'),
    rteEvents: ['UserStatus', 'QueueStatus'],
  }),
  user_agent_queue_logged_off: changesState({
    publisher,
    routingKeys: ['agentd.agents.*.queues.*.logoff.updated'],
    schema: agentQueueEvent,
    translate: agentInQueue('queue-member-removed'),
    rteEvents: ['UserStatus', 'QueueStatus', 'UserWrapUpTerminated'],
  }),
} as const;
