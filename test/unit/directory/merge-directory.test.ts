import { describe, expect, it } from 'vitest';
import {
  directoryFileSchema,
  type DirectoryFileInput,
} from '../../../src/directory/file-schema.js';
import { mergeDirectory } from '../../../src/directory/merge-directory.js';
import type { FoundDirectory } from '../../../src/directory/types.js';
import { ids, smallDirectory } from './directory-fixture.js';
import { foundDirectory, foundIds, foundQueue, foundUser } from './found-fixture.js';

const EMPTY: DirectoryFileInput = { organizations: [], users: [] };

function merge(found: Partial<FoundDirectory>, file: DirectoryFileInput = smallDirectory()) {
  return mergeDirectory(directoryFileSchema.parse(file), foundDirectory(found));
}

function leftOut(found: Partial<FoundDirectory>, file?: DirectoryFileInput) {
  return merge(found, file).leftOut.map(({ section, reason }) => `${section} ${reason}`);
}

function withQueue(changes: object): DirectoryFileInput {
  const file = smallDirectory();
  return { ...file, queues: file.queues.map((queue) => ({ ...queue, ...changes })) };
}

describe('what only the system has is added', () => {
  it('without a file: organizations, users as agents, queues with members, a list per queue', () => {
    const { file } = merge(
      {
        users: [foundUser(foundIds.user)],
        queues: [foundQueue(foundIds.queue, { members: [foundIds.user, ids.anna] })],
        callLists: [
          {
            id: foundIds.callList,
            organizationId: ids.acme,
            name: 'Found queue',
            queueId: foundIds.queue,
            collect: ['abandoned'],
          },
        ],
      },
      EMPTY,
    );
    expect(file).toEqual({
      organizations: [{ id: ids.acme, name: 'acme-tenant', wazo: { tenantUuid: ids.acme } }],
      users: [
        {
          id: foundIds.user,
          organizationId: ids.acme,
          userName: 'found',
          displayName: 'Found User',
          role: 'agent',
          wazo: foundUser(foundIds.user).wazo,
        },
      ],
      queues: [
        {
          id: foundIds.queue,
          organizationId: ids.acme,
          name: 'Found queue',
          number: '3999',
          members: [foundIds.user],
          supervisors: [],
          wazo: { queueId: 7, queueName: 'found', wrapUpSeconds: 15 },
        },
      ],
      callLists: [
        {
          id: foundIds.callList,
          organizationId: ids.acme,
          name: 'Found queue',
          queueIds: [foundIds.queue],
          collect: ['abandoned'],
        },
      ],
    });
  });

  it('a login name that somebody has, in any letter case, gives way to the next', () => {
    const users = [
      foundUser(foundIds.user, { userNames: ['ANNA', 'anna@acme.example'] }),
      foundUser(foundIds.queue, { userNames: ['anna@acme.example', 'anna2'] }),
    ];
    const { file } = merge({ users });
    expect(file.users.slice(3).map(({ userName }) => userName)).toEqual([
      'anna@acme.example',
      'anna2',
    ]);
  });
});

describe('what both have is joined, and the file wins', () => {
  it('a user: by the uuid, with what the file does not say', () => {
    const file = smallDirectory();
    const [anna, ...others] = file.users;
    if (anna === undefined) throw new Error('the small directory has no user');
    const said = { ...anna, wazo: { userUuid: foundIds.user, agentIds: [1] } };
    const merged = merge(
      { users: [foundUser(foundIds.user)] },
      { ...file, users: [said, ...others] },
    );
    expect(merged.leftOut).toEqual([]);
    expect(merged.file.users[0]).toEqual({
      ...anna,
      wazo: { userUuid: foundIds.user, agentIds: [1], interfaces: ['PJSIP/abcd'], lineIds: [5] },
    });
  });

  it('a user whom the file has in another organization stays there', () => {
    const { file } = merge({
      users: [foundUser(ids.olga)],
      queues: [foundQueue(foundIds.queue, { members: [ids.olga, ids.anna] })],
    });
    expect(file.users.find(({ id }) => id === ids.olga)?.organizationId).toBe(ids.other);
    expect(file.queues[1]?.members).toEqual([]);
  });

  it.each<[string, object, Parameters<typeof foundQueue>[1]]>([
    ['its number', { wazo: { queueId: 7 } }, {}],
    ["Asterisk's name", { wazo: { queueName: 'found' } }, {}],
    ['its name, where no other is given', { name: 'found' }, {}],
    ['its id', { id: foundIds.queue }, {}],
  ])('a queue: by %s', (_how, changes) => {
    const { file, leftOut: out } = merge(
      { users: [foundUser(ids.ben)], queues: [foundQueue(foundIds.queue, { members: [ids.ben] })] },
      { ...withQueue({ members: undefined, ...changes }), callLists: [] },
    );
    expect(out).toEqual([]);
    expect(file.queues).toHaveLength(1);
    expect(file.queues[0]).toMatchObject({
      number: '3001',
      members: [ids.ben],
      supervisors: [ids.ben],
      wazo: { queueId: 7, queueName: 'found', wrapUpSeconds: 15 },
    });
  });

  it('members and options that the file gives stay', () => {
    const file = withQueue({ members: [], wazo: { queueId: 7, wrapUpSeconds: 0 } });
    const { file: merged } = merge(
      { users: [foundUser(ids.ben)], queues: [foundQueue(foundIds.queue, { members: [ids.ben] })] },
      file,
    );
    expect(merged.queues[0]).toMatchObject({ members: [], wazo: { wrapUpSeconds: 0 } });
  });

  it('a found list gives way to a list of the file, and refers to the queue by our id', () => {
    const list = { id: foundIds.callList, organizationId: ids.acme, name: 'x', collect: [] };
    const found = {
      queues: [foundQueue(foundIds.queue)],
      callLists: [{ ...list, queueId: foundIds.queue }],
    };
    const file = withQueue({ wazo: { queueId: 7 } });
    expect(merge(found, file).file.callLists.map(({ id }) => id)).toEqual([ids.callbacks]);
    const without = merge(found, { ...file, callLists: [] });
    expect(without.file.callLists[0]?.queueIds).toEqual([ids.sales]);
  });
});

describe('what breaks a rule is left out and told', () => {
  it.each<[string, Partial<FoundDirectory>, string]>([
    [
      'a user of no known tenant',
      { organizations: [], users: [foundUser(foundIds.user)] },
      'users unknown-organization',
    ],
    [
      'a user twice',
      { users: [foundUser(foundIds.user), foundUser(foundIds.user)] },
      'users duplicate-id',
    ],
    [
      'a user of the file twice',
      { users: [foundUser(ids.anna), foundUser(ids.anna)] },
      'users duplicate-id',
    ],
    [
      'a user without a free name',
      { users: [foundUser(foundIds.user, { userNames: ['anna'] })] },
      'users duplicate-name',
    ],
    ['a user with the id of a queue', { users: [foundUser(ids.sales)] }, 'users duplicate-id'],
    [
      "a queue with another's name in Asterisk",
      {
        queues: [
          foundQueue(foundIds.queue),
          foundQueue(foundIds.user, { wazo: { queueId: 8, queueName: 'found', wrapUpSeconds: 0 } }),
        ],
      },
      'queues duplicate-name',
    ],
    [
      'a tenant twice',
      {
        organizations: [1, 2].map(() => ({
          id: foundIds.tenant,
          name: 'x',
          wazo: { tenantUuid: foundIds.tenant },
        })),
      },
      'organizations duplicate-id',
    ],
  ])('%s', (_name, found, expected) => {
    expect(leftOut(found)).toEqual([expected]);
  });

  it('a queue made anew under the name of one whose number the file gives', () => {
    const file = withQueue({ wazo: { queueId: 6, queueName: 'found' } });
    expect(leftOut({ queues: [foundQueue(foundIds.queue)] }, file)).toEqual([
      'queues duplicate-name',
    ]);
  });

  it('a queue whose name in Asterisk is that of another queue of the file', () => {
    const { queues, ...file } = smallDirectory();
    const twin = { id: foundIds.tenant, organizationId: ids.acme, name: 'found', number: '' };
    const two = {
      ...file,
      queues: [...queues.map((one) => ({ ...one, wazo: { queueId: 7 } })), twin],
    };
    expect(leftOut({ queues: [foundQueue(foundIds.queue)] }, two)).toEqual([
      'queues duplicate-name',
    ]);
  });
});
