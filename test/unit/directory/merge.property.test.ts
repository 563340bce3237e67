import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { directoryFileSchema, type DirectoryFile } from '../../../src/directory/file-schema.js';
import { parseDirectory } from '../../../src/directory/index.js';
import { mergeDirectory } from '../../../src/directory/merge-directory.js';
import type { FoundDirectory } from '../../../src/directory/types.js';
import { ids, smallDirectory, testOptions } from './directory-fixture.js';
import { foundIds } from './found-fixture.js';

/** Few values, so that they meet. */
const anyId = fc.constantFrom(...Object.values(ids), ...Object.values(foundIds));
const anyName = fc.constantFrom('sales', 'Sales', 'found', 'anna', 'Anna', 'other');
const anyNumber = fc.integer({ min: 1, max: 3 });
const someIds = fc.array(anyId, { maxLength: 3 });

const anyText = fc.constantFrom('1', '2', '3');

/** Entities with the ids that a system gives them. */
function join<A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) {
  return fc.array(fc.tuple(a, b).map(([one, other]) => ({ ...one, ...other })));
}

/** All kinds of entities, with the ids of one system. */
function foundWith<Organization extends object, User extends object, Queue extends object>(
  organizationIds: fc.Arbitrary<Organization>,
  userIds: fc.Arbitrary<User>,
  queueIds: fc.Arbitrary<Queue>,
) {
  return {
    organizations: join(fc.record({ id: anyId, name: anyName }), organizationIds),
    users: join(
      fc.record({
        id: anyId,
        organizationId: anyId,
        userNames: fc.array(anyName),
        displayName: anyName,
      }),
      userIds,
    ),
    queues: join(
      fc.record({
        id: anyId,
        organizationId: anyId,
        name: anyName,
        number: fc.constantFrom('', '3001'),
        members: someIds,
      }),
      queueIds,
    ),
    callLists: fc.array(
      fc.record({
        id: anyId,
        organizationId: anyId,
        name: anyName,
        queueId: anyId,
        collect: fc.constant(['abandoned'] as const),
      }),
    ),
    leftOut: fc.constant([]),
  };
}

const wazoFound = fc.record({
  system: fc.constant('wazo' as const),
  ...foundWith(
    fc.record({ wazo: fc.record({ tenantUuid: anyId }) }),
    fc.record({
      wazo: fc.record({
        userUuid: anyId,
        agentIds: fc.array(anyNumber),
        interfaces: fc.array(anyName),
        lineIds: fc.array(anyNumber),
      }),
    }),
    fc.record({
      wazo: fc.record({ queueId: anyNumber, queueName: anyName, wrapUpSeconds: anyNumber }),
    }),
  ),
});

const portsipFound = fc.record({
  system: fc.constant('portsip' as const),
  ...foundWith(
    fc.record({ portsip: fc.record({ tenantId: anyText }) }),
    fc.record({ portsip: fc.record({ extension: anyText, extensionId: anyText }) }),
    fc.record({
      portsip: fc.record({ queueNumber: anyText, queueId: anyText, wrapUpSeconds: anyNumber }),
    }),
  ),
});

const found: fc.Arbitrary<FoundDirectory> = fc.oneof(wazoFound, portsipFound);

/** The small directory, with the systems' ids for what it has. */
const anyFile: fc.Arbitrary<DirectoryFile> = fc
  .record({
    tenant: fc.option(anyId, { nil: undefined }),
    user: fc.option(anyId, { nil: undefined }),
    queue: fc.option(fc.record({ queueId: anyNumber }), { nil: undefined }),
    pbxTenant: fc.option(anyText, { nil: undefined }),
    pbxUser: fc.option(
      fc.record({ extension: anyText, extensionId: anyText }, { requiredKeys: [] }),
      { nil: undefined },
    ),
    pbxQueue: fc.option(
      fc.record({ queueNumber: anyText, queueId: anyText }, { requiredKeys: [] }),
      { nil: undefined },
    ),
    members: fc.option(fc.constant([ids.ben]), { nil: undefined }),
  })
  .map(({ tenant, user, queue, pbxTenant, pbxUser, pbxQueue, members }) => {
    const [acme, other] = smallDirectory().organizations;
    const [anna, ...users] = smallDirectory().users;
    const { queues, callLists } = smallDirectory();
    return {
      organizations: [
        {
          ...acme,
          ...(tenant && { wazo: { tenantUuid: tenant } }),
          ...(pbxTenant && { portsip: { tenantId: pbxTenant } }),
        },
        other,
      ],
      users: [
        {
          ...anna,
          ...(user && { wazo: { userUuid: user } }),
          ...(pbxUser && { portsip: pbxUser }),
        },
        ...users,
      ],
      queues: queues.map((one) => ({
        ...one,
        members,
        ...(queue && { wazo: queue }),
        ...(pbxQueue && { portsip: pbxQueue }),
      })),
      callLists,
    };
  })
  .map((json) => directoryFileSchema.parse(json));

async function isValid(file: DirectoryFile): Promise<boolean> {
  return (await parseDirectory(file, testOptions)).ok;
}

it('a merged directory holds to the rules of a file, whatever the system has', async () => {
  const property = fc.asyncProperty(anyFile, found, async (file, system) => {
    fc.pre(await isValid(file));
    const merged = mergeDirectory(file, system);
    expect(await parseDirectory(merged.file, testOptions)).toMatchObject({ ok: true });
  });
  await fc.assert(property);
});

it('all that the file says stays said, and nothing of it is lost', async () => {
  const property = fc.asyncProperty(anyFile, found, async (file, system) => {
    fc.pre(await isValid(file));
    const merged = mergeDirectory(file, system).file;
    expect(merged.users.slice(0, file.users.length)).toMatchObject(file.users);
    expect(merged.organizations.slice(0, 2)).toMatchObject(file.organizations);
    const said = file.queues.map(({ members, ...queue }) =>
      members ? { ...queue, members } : queue,
    );
    expect(merged.queues.slice(0, file.queues.length)).toMatchObject(said);
    expect(merged.callLists.slice(0, file.callLists.length)).toEqual(file.callLists);
  });
  await fc.assert(property);
});

/** As systems that are in order: Wazo's uuids are the ids, and nothing is there twice. */
const orderly: fc.Arbitrary<FoundDirectory> = fc.oneof(
  wazoFound.map((system) => ({
    ...system,
    organizations: uniqueBy(system.organizations, ({ id }) => id).map((one) => ({
      ...one,
      wazo: { tenantUuid: one.id },
    })),
    users: uniqueBy(system.users, ({ id }) => id).map((user) => ({
      ...user,
      wazo: { ...user.wazo, userUuid: user.id },
    })),
    queues: uniqueBy(
      uniqueBy(
        uniqueBy(system.queues, ({ wazo }) => wazo.queueId),
        (queue) => queue.id,
      ),
      ({ wazo }) => wazo.queueName,
    ),
    callLists: uniqueBy(system.callLists, ({ id }) => id),
  })),
  portsipFound.map((system) => ({
    ...system,
    organizations: uniqueBy(
      uniqueBy(system.organizations, ({ id }) => id),
      ({ portsip }) => portsip.tenantId,
    ),
    users: uniqueBy(
      uniqueBy(
        uniqueBy(system.users, ({ id }) => id),
        ({ portsip }) => portsip.extensionId,
      ),
      ({ portsip }) => portsip.extension,
    ),
    queues: uniqueBy(
      uniqueBy(
        uniqueBy(system.queues, ({ id }) => id),
        ({ portsip }) => portsip.queueId,
      ),
      ({ portsip }) => portsip.queueNumber,
    ),
    callLists: uniqueBy(system.callLists, ({ id }) => id),
  })),
);

function uniqueBy<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

it('filling up again with what an orderly system has changes nothing', async () => {
  const property = fc.asyncProperty(anyFile, orderly, async (file, system) => {
    fc.pre(await isValid(file));
    const once = mergeDirectory(file, system).file;
    expect(mergeDirectory(once, system).file).toEqual(once);
  });
  await fc.assert(property);
});
