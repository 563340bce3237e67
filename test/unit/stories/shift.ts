import type { BusEvent } from '../../support/wazo-bus.js';
import { type Agent, agentStatus, queueMembers } from '../../support/wazo-events.js';
import { presenceOf } from './queue-call.js';
import type { Turn } from './story.js';

/** Epoch seconds; Asterisk keeps the time of the last pause when it is over. */
const LAST_PAUSE = '1763719260';

/** The agents log in: the beginning of every story of a queue. */
export function shiftBegins(...agents: readonly Agent[]): Turn {
  return {
    after: 1000,
    what: 'the agents log in',
    events: agents.flatMap((agent) => [
      ...queueMembers('QueueMemberAdded', agent),
      agentStatus(agent, 'logged_in'),
      presenceOf(agent, 'available'),
    ]),
  };
}

/** The agent pauses in all queues; Asterisk and wazo-agentd say so for each. */
export function pauses(agent: Agent, reason: string): BusEvent[] {
  return pauseChanges(agent, pausedBlock(reason), 'agent_paused');
}

/** What Asterisk says of a member for as long as the pause lasts. */
export function pausedBlock(reason: string) {
  return { Paused: '1', PausedReason: reason, LastPause: LAST_PAUSE } as const;
}

/** The agent is back from the pause. */
export function resumes(agent: Agent): BusEvent[] {
  return pauseChanges(agent, { Paused: '0', LastPause: LAST_PAUSE }, 'agent_unpaused');
}

/** The agent logs off from all queues. */
export function logsOff(agent: Agent): BusEvent[] {
  return [...queueMembers('QueueMemberRemoved', agent), agentStatus(agent, 'logged_out')];
}

function pauseChanges(
  agent: Agent,
  block: { readonly Paused: '0' | '1'; readonly PausedReason?: string; readonly LastPause: string },
  name: 'agent_paused' | 'agent_unpaused',
): BusEvent[] {
  return [
    ...queueMembers('QueueMemberPause', agent, block),
    ...agent.queues.map((queue) => ({
      name,
      data: {
        agent_id: agent.agentId,
        agent_number: String(1000 + agent.agentId),
        paused: block.Paused === '1',
        paused_reason: block.PausedReason ?? '',
        queue,
      },
    })),
  ];
}
