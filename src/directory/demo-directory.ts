import type { DirectoryFileInput } from './file-schema.js';

/** Logs in as the supervisor of the demo directory. Known to everybody: for demonstrations only. */
export const DEMO_LOGIN = { userName: 'demo', password: 'demo' } as const;

/** User names of the demo directory to try, one of each role, all with the password of DEMO_LOGIN. */
export const DEMO_USER_NAMES = {
  supervisor: DEMO_LOGIN.userName,
  agent: 'agent01',
  admin: 'admin',
} as const;

const ORGANIZATION_ID = 'de300000-0000-4000-8000-000000000001';
const SUPERVISOR_ID = 'de300000-0000-4000-8000-0000000000a1';
const ADMIN_ID = 'de300000-0000-4000-8000-0000000000a2';
const SALES_ID = 'de300000-0000-4000-8000-000000000201';
const SUPPORT_ID = 'de300000-0000-4000-8000-000000000202';

const HOUR_SECONDS = 3600;
const WRAP_UP_SECONDS = 10;

const AGENT_NAMES = [
  'Aino Virtanen',
  'Bruno Keller',
  'Chloe Martin',
  'David Okoye',
  'Elena Rossi',
  'Farid Haddad',
  'Grace Miller',
  'Hugo Larsen',
];

const AGENTS = AGENT_NAMES.map((displayName, index) => demoAgent(displayName, index + 1));

/** Agents 4 and 5 serve both queues. */
const SALES_AGENTS = AGENTS.slice(0, 5);
const SUPPORT_AGENTS = AGENTS.slice(3);

/** The small contact center that the simulator plays: its ids never change. */
export const demoDirectoryFile: DirectoryFileInput = {
  organizations: [{ id: ORGANIZATION_ID, name: 'Demo contact center' }],
  users: [
    ...AGENTS,
    demoUser(SUPERVISOR_ID, DEMO_LOGIN.userName, 'Sam Supervisor', 'supervisor'),
    demoUser(ADMIN_ID, DEMO_USER_NAMES.admin, 'Alex Admin', 'admin'),
  ],
  queues: [
    demoQueue(SALES_ID, 1, 'Sales', SALES_AGENTS),
    demoQueue(SUPPORT_ID, 2, 'Support', SUPPORT_AGENTS),
  ],
  callLists: [
    demoCallList('de300000-0000-4000-8000-000000000301', 'Sales callbacks', SALES_ID),
    demoCallList('de300000-0000-4000-8000-000000000302', 'Support callbacks', SUPPORT_ID),
  ],
};

type UserInput = DirectoryFileInput['users'][number];

function demoAgent(displayName: string, number: number): UserInput {
  const twoDigits = String(number).padStart(2, '0');
  const id = `de300000-0000-4000-8000-0000000001${twoDigits}`;
  return {
    ...demoUser(id, `agent${twoDigits}`, displayName, 'agent'),
    wazo: { agentIds: [number], interfaces: [`PJSIP/demo${twoDigits}`], lineIds: [number] },
  };
}

function demoUser(
  id: string,
  userName: string,
  displayName: string,
  role: UserInput['role'],
): UserInput {
  const { password } = DEMO_LOGIN;
  return { id, organizationId: ORGANIZATION_ID, userName, displayName, role, password };
}

function demoQueue(id: string, queueId: number, name: string, agents: readonly UserInput[]) {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    name,
    number: String(3000 + queueId),
    members: agents.map((agent) => agent.id),
    supervisors: [SUPERVISOR_ID],
    alerts: [
      { measure: 'queueLength' as const, above: 2 },
      { measure: 'longestWait' as const, above: 20 },
    ],
    wazo: { queueId, queueName: name.toLowerCase(), wrapUpSeconds: WRAP_UP_SECONDS },
  };
}

function demoCallList(
  id: string,
  name: string,
  queueId: string,
): NonNullable<DirectoryFileInput['callLists']>[number] {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    name,
    queueIds: [queueId],
    collect: ['abandoned', 'overflow'],
    dueAfterSeconds: HOUR_SECONDS,
    expiresAfterSeconds: 48 * HOUR_SECONDS,
  };
}
