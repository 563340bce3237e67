import { hashPassword } from '../../src/identity/index.js';
import type { Agent } from './wazo-events.js';

/** Two organizations: Acme with two agents and a supervisor, and a stranger's with an agent. */
export const IDS = {
  acme: 'aaaaaaaa-0000-4000-8000-000000000001',
  agent: 'aaaaaaaa-0000-4000-8000-000000000042',
  colleague: 'aaaaaaaa-0000-4000-8000-000000000043',
  supervisor: 'aaaaaaaa-0000-4000-8000-0000000000a1',
  admin: 'aaaaaaaa-0000-4000-8000-0000000000a2',
  sales: 'aaaaaaaa-0000-4000-8000-000000000201',
  support: 'aaaaaaaa-0000-4000-8000-000000000202',
  salesCallbacks: 'aaaaaaaa-0000-4000-8000-000000000301',
  other: 'bbbbbbbb-0000-4000-8000-000000000001',
  stranger: 'bbbbbbbb-0000-4000-8000-000000000044',
  strangersQueue: 'bbbbbbbb-0000-4000-8000-000000000201',
} as const;

export const AGENT: Agent = { agentId: 42, userUuid: IDS.agent, queues: ['sales'] };
export const COLLEAGUE: Agent = {
  agentId: 43,
  userUuid: IDS.colleague,
  queues: ['sales', 'support'],
};
export const STRANGER: Agent = { agentId: 44, userUuid: IDS.stranger, queues: ['strangers'] };

export const PASSWORD = 'correct horse';
/** Of PASSWORD, at the least cost that is accepted: a hundred logins would else take most of the time. */
export const PASSWORD_HASH = await hashPassword(PASSWORD, {
  logN: 10,
  blockSize: 1,
  parallelism: 1,
});
export const WRAP_UP_SECONDS = 30;

/** The directory file of the end-to-end tests. */
export const e2eDirectory = {
  organizations: [
    { id: IDS.acme, name: 'Acme' },
    { id: IDS.other, name: 'Other' },
  ],
  users: [
    user(IDS.agent, IDS.acme, 'agent', 'agent', 42),
    user(IDS.colleague, IDS.acme, 'colleague', 'agent', 43),
    user(IDS.supervisor, IDS.acme, 'supervisor', 'supervisor'),
    user(IDS.admin, IDS.acme, 'admin', 'admin'),
    user(IDS.stranger, IDS.other, 'stranger', 'agent', 44),
  ],
  queues: [
    {
      ...queue(IDS.sales, 7, IDS.acme, 'Sales', [IDS.agent, IDS.colleague], [IDS.supervisor]),
      alerts: [{ measure: 'queueLength', above: 0 }],
    },
    queue(IDS.support, 8, IDS.acme, 'Support', [IDS.colleague], []),
    queue(IDS.strangersQueue, 9, IDS.other, 'Strangers', [IDS.stranger], []),
  ],
  callLists: [
    {
      id: IDS.salesCallbacks,
      organizationId: IDS.acme,
      name: 'Sales callbacks',
      queueIds: [IDS.sales],
      collect: ['abandoned'],
      dueAfterSeconds: 3600,
    },
  ],
};

function user(
  id: string,
  organizationId: string,
  userName: string,
  role: string,
  agentId?: number,
) {
  return {
    id,
    organizationId,
    userName,
    displayName: `The ${userName}`,
    role,
    passwordHash: PASSWORD_HASH,
    ...(agentId === undefined ? {} : { wazo: { agentIds: [agentId] } }),
  };
}

function queue(
  id: string,
  queueId: number,
  organizationId: string,
  name: string,
  members: string[],
  supervisors: string[],
) {
  return {
    id,
    organizationId,
    name,
    number: '3000',
    members,
    supervisors,
    wazo: { queueId, queueName: name.toLowerCase(), wrapUpSeconds: WRAP_UP_SECONDS },
  };
}
