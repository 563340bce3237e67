import { randomBytes, randomUUID } from 'node:crypto';
import type { DirectoryFileInput } from '../../directory/index.js';
import { hashPassword } from '../../identity/index.js';
import type { InitSource } from './first-environment.js';

/** As hard to guess as a key. */
const PASSWORD_BYTES = 16;

const WRAP_UP_SECONDS = 15;

/** The directory that an installation begins with, and the login of its administrator. */
export async function firstDirectory(source: InitSource): Promise<{
  readonly directory: DirectoryFileInput;
  readonly login: { readonly userName: string; readonly password: string };
}> {
  const login = {
    userName: 'admin',
    password: randomBytes(PASSWORD_BYTES).toString('base64url'),
  };
  const [organizationId, agentId] = [randomUUID(), randomUUID()];
  const directory: DirectoryFileInput = {
    organizations: [{ id: organizationId, name: 'My organization', ...organizationIn(source) }],
    users: [
      {
        id: randomUUID(),
        organizationId,
        userName: login.userName,
        displayName: 'Administrator',
        role: 'admin',
        passwordHash: await hashPassword(login.password),
      },
      {
        id: agentId,
        organizationId,
        userName: 'ann',
        displayName: 'Ann Example',
        role: 'agent',
        ...agentIn(source),
      },
    ],
    queues: [
      {
        id: randomUUID(),
        organizationId,
        name: 'Sales',
        number: '3001',
        members: [agentId],
        supervisors: [],
        ...queueIn(source),
      },
    ],
    callLists: [],
  };
  return { directory, login };
}

/** What each system calls them; examples, to be replaced. */
function organizationIn(source: InitSource) {
  return source === 'wazo' ? {} : { portsip: { tenantId: '1' } };
}

function agentIn(source: InitSource) {
  return source === 'wazo'
    ? { wazo: { agentIds: [1], interfaces: ['PJSIP/abcd1234'] } }
    : { portsip: { extension: '101' } };
}

function queueIn(source: InitSource) {
  return source === 'wazo'
    ? { wazo: { queueId: 1, queueName: 'sales', wrapUpSeconds: WRAP_UP_SECONDS } }
    : { portsip: { queueNumber: '8000', wrapUpSeconds: WRAP_UP_SECONDS } };
}
