import { randomUUID } from 'node:crypto';
import type { DirectoryFileInput, DirectoryOptions } from '../../../src/directory/index.js';

export const ids = {
  acme: 'aaaaaaaa-0000-4000-8000-000000000001',
  other: 'bbbbbbbb-0000-4000-8000-000000000001',
  anna: 'aaaaaaaa-0000-4000-8000-000000000011',
  ben: 'aaaaaaaa-0000-4000-8000-000000000012',
  olga: 'bbbbbbbb-0000-4000-8000-000000000011',
  sales: 'aaaaaaaa-0000-4000-8000-000000000021',
  callbacks: 'aaaaaaaa-0000-4000-8000-000000000031',
};

/** Two organizations; the first has two users, a queue and a call list. */
export function smallDirectory() {
  return {
    organizations: [
      { id: ids.acme, name: 'Acme' },
      { id: ids.other, name: 'Other' },
    ],
    users: [
      user(ids.anna, ids.acme, 'Anna'),
      user(ids.ben, ids.acme, 'Ben'),
      user(ids.olga, ids.other, 'Olga'),
    ],
    queues: [
      {
        id: ids.sales,
        organizationId: ids.acme,
        name: 'Sales',
        number: '3001',
        members: [ids.anna],
        supervisors: [ids.ben],
      },
    ],
    callLists: [
      {
        id: ids.callbacks,
        organizationId: ids.acme,
        name: 'Callbacks',
        queueIds: [ids.sales],
        collect: ['abandoned'],
      },
    ],
  } satisfies DirectoryFileInput;
}

function user(id: string, organizationId: string, name: string) {
  return {
    id,
    organizationId,
    userName: name.toLowerCase(),
    displayName: name,
    role: 'agent' as const,
  };
}

/** Password hashing that is quick and can be looked through. */
export const testOptions: DirectoryOptions = {
  production: false,
  passwords: {
    hash: (password) => Promise.resolve(`hashed ${password} ${randomUUID()}`),
    isHash: (text) => text.startsWith('hashed '),
  },
};
