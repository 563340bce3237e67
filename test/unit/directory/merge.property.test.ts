import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { directoryFileSchema, type DirectoryFile } from '../../../src/directory/file-schema.js';
import { parseDirectory } from '../../../src/directory/index.js';
import { mergeDirectory } from '../../../src/directory/merge-directory.js';
import type { FoundDirectory, FoundUser } from '../../../src/directory/types.js';
import { ids, smallDirectory, testOptions } from './directory-fixture.js';
import { foundIds } from './found-fixture.js';

/** Few values, so that they meet. */
const anyId = fc.constantFrom(...Object.values(ids), ...Object.values(foundIds));
const anyName = fc.constantFrom('sales', 'Sales', 'found', 'anna', 'Anna', 'other');
const anyNumber = fc.integer({ min: 1, max: 3 });
const someIds = fc.array(anyId, { maxLength: 3 });

const wazoUser: fc.Arbitrary<FoundUser['wazo']> = fc.record({
  userUuid: anyId,
  agentIds: fc.array(anyNumber),
  interfaces: fc.array(anyName),
  lineIds: fc.array(anyNumber),
});

const found: fc.Arbitrary<FoundDirectory> = fc.record({
  organizations: fc.array(
    fc.record({ id: anyId, name: anyName, wazo: fc.record({ tenantUuid: anyId }) }),
  ),
  users: fc.array(
    fc.record({
      id: anyId,
      organizationId: anyId,
      userNames: fc.array(anyName),
      displayName: anyName,
      wazo: wazoUser,
    }),
  ),
  queues: fc.array(
    fc.record({
      id: anyId,
      organizationId: anyId,
      name: anyName,
      number: fc.constantFrom('', '3001'),
      members: someIds,
      wazo: fc.record({ queueId: anyNumber, queueName: anyName, wrapUpSeconds: anyNumber }),
    }),
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
});

/** The small directory, with Wazo's ids for what it has. */
const anyFile: fc.Arbitrary<DirectoryFile> = fc
  .record({
    tenant: fc.option(anyId, { nil: undefined }),
    user: fc.option(anyId, { nil: undefined }),
    queue: fc.option(fc.record({ queueId: anyNumber }), { nil: undefined }),
    members: fc.option(fc.constant([ids.ben]), { nil: undefined }),
  })
  .map(({ tenant, user, queue, members }) => {
    const [acme, other] = smallDirectory().organizations;
    const [anna, ...users] = smallDirectory().users;
    const { queues, callLists } = smallDirectory();
    return {
      organizations: [{ ...acme, ...(tenant && { wazo: { tenantUuid: tenant } }) }, other],
      users: [{ ...anna, ...(user && { wazo: { userUuid: user } }) }, ...users],
      queues: queues.map((one) => ({ ...one, members, ...(queue && { wazo: queue }) })),
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

/** As a system that is in order: its uuids are the ids, and nothing is there twice. */
const orderly = found.map((system): FoundDirectory => {
  const queues = uniqueBy(
    uniqueBy(system.queues, ({ wazo }) => wazo.queueId),
    (queue) => queue.id,
  );
  return {
    ...system,
    organizations: uniqueBy(system.organizations, ({ id }) => id).map((one) => ({
      ...one,
      wazo: { tenantUuid: one.id },
    })),
    users: uniqueBy(system.users, ({ id }) => id).map((user) => ({
      ...user,
      wazo: { ...user.wazo, userUuid: user.id },
    })),
    queues: uniqueBy(queues, ({ wazo }) => wazo.queueName),
    callLists: uniqueBy(system.callLists, ({ id }) => id),
  };
});

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
