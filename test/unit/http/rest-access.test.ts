import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids, people, type PersonName } from '../rte/fixtures/directory.js';
import { entities, entityNames, expectedEvents } from '../rte/fixtures/policy.js';
import { type RestHub, startRestHub } from './rest-fixture.js';

// Who gets what by which path: the same table as for subscriptions.

let hub: RestHub;
beforeAll(async () => {
  hub = await startRestHub();
});
afterAll(() => hub.stop());

/** Paths about one entity, and the event without whose right they are closed; any for null. */
const PATHS = {
  User: [
    ['', null],
    ['/status', 'UserStatus'],
    ['/availability/current', 'UserAvailability'],
  ],
  Queue: [
    ['', null],
    ['/status', 'QueueStatus'],
    ['/history', 'QueueStatus'],
  ],
  CallList: [['/callbacks', 'CallbackChanged']],
  Organization: [],
} as const;

const FOLDERS = { User: 'users', Queue: 'queues', CallList: 'calllists', Organization: '' };

const cases = people.flatMap((who) =>
  entityNames.flatMap((entity) => {
    const { type, id } = entities[entity];
    // An id in a path for another kind finds nothing.
    const wrongType = type === 'User' ? 'queues' : 'users';
    const events = expectedEvents(who, entity);
    return [
      { who, entity, url: `/${wrongType}/${id}`, isOpen: false },
      ...PATHS[type].map(([path, event]) => ({
        who,
        entity,
        url: `/${FOLDERS[type]}/${id}${path}`,
        isOpen: event === null ? events.length > 0 : events.includes(event),
      })),
    ];
  }),
);

it('there are as many open paths as closed ones that matter', () => {
  expect(cases.filter(({ isOpen }) => isOpen).length).toBeGreaterThan(90);
  expect(cases.filter(({ isOpen }) => !isOpen).length).toBeGreaterThan(90);
});

describe.each(people)('for %s', (name) => {
  it('each path about an entity is open or 404 as the table has it', async () => {
    for (const { who, url, isOpen } of cases.filter((one) => one.who === name)) {
      const response = await hub.ask(who, url);
      const isProblem = response.headers['content-type']?.toString().includes('problem') === true;
      expect([url, response.statusCode]).toEqual([url, isOpen ? 200 : 404]);
      expect(/[0-9a-f]{8}-/u.test(response.body) && isProblem).toBe(false);
    }
  });

  it.each([
    ['users', 'User'],
    ['queues', 'Queue'],
    ['calllists', 'CallList'],
  ] as const)('/%s has those that the table opens, and no other', async (folder, type) => {
    const response = await hub.ask(name, `/${folder}`);
    // Others are named, too: organizations of users, queues of lists.
    const told = entityNames
      .filter((entity) => entities[entity].type === type)
      .filter((entity) => response.body.includes(entities[entity].id));
    const open = entityNames.filter(
      (entity) => entities[entity].type === type && expectedEvents(name, entity).length > 0,
    );
    expect(told).toEqual(open);
  });

  it('/queues/history has those whose status the table opens, and no other', async () => {
    const response = await hub.ask(name, '/queues/history');
    const queues = entityNames.filter((entity) => entities[entity].type === 'Queue');
    expect(queues.filter((entity) => response.body.includes(entities[entity].id))).toEqual(
      queues.filter((entity) => expectedEvents(name, entity).includes('QueueStatus')),
    );
  });

  it.each(people)('setting the availability of %s takes the right to', async (of) => {
    const url = `/users/${ids[of]}/availability`;
    const payload = { EventTypeID: 3 };
    const response = await hub.ask(name, url, { method: 'POST', payload });
    expect(response.statusCode).toBe(statusOfSetting(name, of));
  });
});

/** One's own; administrators those of their organization. */
function statusOfSetting(who: PersonName, of: PersonName): number {
  if (who === of) return 200;
  if (who === 'eve' || of === 'eve') return 404;
  return who === 'adam' ? 200 : 403;
}
