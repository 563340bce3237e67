import { randomUUID } from 'node:crypto';
import { e2eDirectory, IDS, PASSWORD } from '../../support/e2e-directory.js';
import { type Agent, agentStatus, queueMembers } from '../../support/wazo-events.js';
import type { BusEvent } from '../../support/wazo-bus.js';

const AGENTS = 500;
const QUEUES = 20;

/** Who looks at the board. */
export const VIEWER = { userName: 'admin', password: PASSWORD } as const;

const admin = e2eDirectory.users.find(({ id }) => id === IDS.admin);

/** Agents who serve two queues each. */
export const agents: readonly Agent[] = Array.from({ length: AGENTS }, (_, index) => ({
  agentId: index + 1,
  userUuid: randomUUID(),
  queues: [queueName(index % QUEUES), queueName((index + 7) % QUEUES)],
}));

/** The directory of a center with 500 agents and 20 queues. */
export const largeDirectory = {
  organizations: [{ id: IDS.acme, name: 'Acme' }],
  users: [
    admin,
    ...agents.map(({ agentId, userUuid }) => ({
      id: userUuid,
      organizationId: IDS.acme,
      userName: `agent${String(agentId)}`,
      displayName: `Agent number ${String(agentId)}`,
      role: 'agent',
      wazo: { agentIds: [agentId] },
    })),
  ],
  queues: Array.from({ length: QUEUES }, (_, index) => ({
    id: randomUUID(),
    organizationId: IDS.acme,
    name: `Queue ${String(index + 1)}`,
    number: String(3000 + index),
    members: agents
      .filter(({ queues }) => queues.includes(queueName(index)))
      .map(({ userUuid }) => userUuid),
    supervisors: [],
    wazo: { queueId: index + 1, queueName: queueName(index), wrapUpSeconds: 10 },
  })),
};

/** All agents log in. */
export const allLogIn: readonly BusEvent[] = agents.flatMap((agent) => [
  ...queueMembers('QueueMemberAdded', agent),
  agentStatus(agent, 'logged_in'),
]);

/** One agent after the other pauses, and in the next round goes on: each is one change of status. */
export function pauseOf(step: number): readonly BusEvent[] {
  const agent = agents[step % AGENTS];
  if (agent === undefined) return [];
  const Paused = Math.floor(step / AGENTS) % 2 === 0 ? '1' : '0';
  return queueMembers('QueueMemberPause', agent, { Paused });
}

function queueName(index: number): string {
  return `queue${String(index + 1)}`;
}
