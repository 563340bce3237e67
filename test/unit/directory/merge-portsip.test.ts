import { describe, expect, it } from 'vitest';
import {
  directoryFileSchema,
  type DirectoryFileInput,
} from '../../../src/directory/file-schema.js';
import { mergeDirectory } from '../../../src/directory/merge-directory.js';
import type { FoundDirectory } from '../../../src/directory/types.js';
import { ids, smallDirectory } from './directory-fixture.js';
import { foundDirectory, foundIds, foundQueue } from './found-fixture.js';

const WAZOS_QUEUE = 'cccccccc-0000-4000-8000-000000000022';
const TENANT = '612345678901234567';
const MARA = { extension: '201', extensionId: '812345678901234201' };
const SUPPORT = { queueNumber: '600', queueId: '712345678901234501', wrapUpSeconds: 15 };

/** What a PBX has: a tenant, Mara, and the queue Support that she serves. */
function pbx(changes: Partial<FoundDirectory> = {}): FoundDirectory {
  const organizationId = foundIds.tenant;
  return {
    system: 'portsip',
    organizations: [{ id: organizationId, name: 'Pbx', portsip: { tenantId: TENANT } }],
    users: [
      {
        id: foundIds.user,
        organizationId,
        userNames: ['mara', foundIds.user],
        displayName: 'Mara',
        portsip: MARA,
      },
    ],
    queues: [
      {
        id: foundIds.queue,
        organizationId,
        name: 'Support',
        number: '600',
        members: [foundIds.user],
        portsip: SUPPORT,
      },
    ],
    callLists: [],
    leftOut: [],
    ...changes,
  };
}

function merge(file: DirectoryFileInput, found = pbx()) {
  return mergeDirectory(directoryFileSchema.parse(file), found);
}

/** The small directory with Acme on a PBX. */
function onPbx(changes: {
  readonly anna?: { readonly extension?: string; readonly extensionId?: string };
  readonly queue?: object;
}): DirectoryFileInput {
  const file = smallDirectory();
  return {
    ...file,
    organizations: file.organizations.map((one) =>
      one.id === ids.acme ? { ...one, portsip: { tenantId: TENANT } } : one,
    ),
    users: file.users.map((one) =>
      one.id === ids.anna && changes.anna ? { ...one, portsip: changes.anna } : one,
    ),
    queues: file.queues.map((one) => ({ ...one, ...changes.queue })),
  };
}

describe('what a PortSIP PBX has', () => {
  it.each([true, false])('says that a queue is open (%s), also beside a schedule', (isOpen) => {
    const [queue] = pbx().queues;
    if (queue === undefined) throw new Error('the PBX has no queue');
    const found = pbx({ queues: [{ ...queue, isOpen }] });
    const opening = (file: DirectoryFileInput) => merge(file, found).file.queues[0];
    expect(opening({ organizations: [], users: [] })).toMatchObject({ isOpen });
    const schedule = { timeZone: 'UTC', open: [{ days: ['mon'], from: '09:00', to: '17:00' }] };
    const known = opening(onPbx({ queue: { portsip: SUPPORT, schedule } }));
    expect(known).toMatchObject({ id: ids.sales, isOpen, schedule: { timeZone: 'UTC' } });
  });

  it('is added, and has no names in Asterisk', () => {
    const { file, leftOut } = merge({ organizations: [], users: [] });
    expect(leftOut).toEqual([]);
    expect(file).toEqual({
      organizations: [{ id: foundIds.tenant, name: 'Pbx', portsip: { tenantId: TENANT } }],
      users: [
        {
          id: foundIds.user,
          organizationId: foundIds.tenant,
          userName: 'mara',
          displayName: 'Mara',
          role: 'agent',
          portsip: MARA,
        },
      ],
      queues: [
        {
          id: foundIds.queue,
          organizationId: foundIds.tenant,
          name: 'Support',
          number: '600',
          members: [foundIds.user],
          supervisors: [],
          portsip: SUPPORT,
        },
      ],
      callLists: [],
    });
  });

  it("may have a queue of the same name as one of Wazo's, before and after it", () => {
    const named = { queueId: 7, queueName: 'Support', wrapUpSeconds: 0 };
    const wazo = foundDirectory({ queues: [foundQueue(WAZOS_QUEUE, { wazo: named })] });
    const file = directoryFileSchema.parse(smallDirectory());
    for (const [first, second] of [
      [wazo, pbx()],
      [pbx(), wazo],
    ] as const) {
      const once = mergeDirectory(file, first);
      const twice = mergeDirectory(once.file, second);
      expect([...once.leftOut, ...twice.leftOut]).toEqual([]);
      expect(twice.file.queues).toHaveLength(3);
    }
  });

  it.each<[string, Parameters<typeof onPbx>[0]]>([
    ['its number', { anna: { extension: '201' } }],
    ['its id', { anna: { extensionId: MARA.extensionId } }],
  ])('an extension is found in the file by %s, and filled up', (_name, changes) => {
    const { file, leftOut } = merge(onPbx(changes));
    expect(leftOut).toEqual([]);
    expect(file.users).toHaveLength(3);
    expect(file.users[0]).toMatchObject({ id: ids.anna, displayName: 'Anna', portsip: MARA });
    expect(file.queues[1]).toMatchObject({ organizationId: ids.acme, members: [ids.anna] });
  });

  it('the same number in another organization is somebody else', () => {
    const { file } = merge({
      ...smallDirectory(),
      users: smallDirectory().users.map((one) => ({ ...one, portsip: { extension: '201' } })),
    });
    expect(file.users).toHaveLength(4);
  });

  it.each<[string, object]>([
    ['the number of the PBX', { portsip: { queueNumber: '600' } }],
    ['the number', { number: '600', portsip: {} }],
    ['the id', { portsip: { queueId: SUPPORT.queueId } }],
  ])('a queue is found in the file by %s; the file wins', (_name, queue) => {
    const { file, leftOut } = merge(onPbx({ queue: { ...queue, members: [ids.ben] } }));
    expect(leftOut).toEqual([]);
    expect(file.queues).toHaveLength(1);
    expect(file.queues[0]).toMatchObject({ name: 'Sales', members: [ids.ben], portsip: SUPPORT });
  });

  it('an id that is a uuid of Wazo already is left out', () => {
    const file = smallDirectory();
    const users = file.users.map((one, index) =>
      index === 0 ? { ...one, wazo: { userUuid: foundIds.user } } : one,
    );
    const { leftOut } = merge({ ...file, users });
    expect(leftOut).toEqual([{ section: 'users', reason: 'duplicate-id', detail: foundIds.user }]);
  });
});
