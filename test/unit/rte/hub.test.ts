import { describe, expect, it } from 'vitest';

import type { DirectoryHolder } from '../../../src/directory/types.js';
import { AccessAudit } from '../../../src/rte/access-audit.js';
import { eventNames, extensionEventNames } from '../../../src/rte/events/event-catalogue.js';
import { createRteHub } from '../../../src/rte/hub.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import type { Refusal } from '../../../src/rte/subscription-result.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
  type PersonName,
} from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { noExtensions } from './fixtures/no-extensions.js';
import { RecordingLogger } from './fixtures/recording-logger.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';

function setUp(
  limits = { perConnection: 2000, perCall: 500 },
  { listExtensions = false, snapshotOnSubscribe = false } = {},
) {
  const metrics = new RecordingMetrics();
  const registry = new SubscriptionRegistry({ metrics, limits });
  const holder = { current: createDirectory(), onChange: () => () => {} } satisfies DirectoryHolder;
  const told: unknown[] = [];
  const tell = (...args: readonly unknown[]) => {
    told.push(args);
    return Promise.resolve();
  };
  const audit = new AccessAudit({ logger: new RecordingLogger(), metrics, now: () => 0 });
  const hub = createRteHub({
    ...noExtensions,
    directory: holder,
    registry,
    audit,
    limits,
    listExtensions,
    snapshotOnSubscribe,
    lastStates: { place: 7, tell },
  });
  const call = (caller: FakeCaller, method: string, ...args: unknown[]): unknown =>
    hub.methods[method]?.bind(args)(caller);
  return { metrics, registry, holder, hub, call, told };
}

function item(entityId: unknown, eventName: unknown) {
  return { EntityId: entityId, EventName: eventName };
}

const annStatus = item(ids.ann, 'UserStatus');
const annStatusResult = {
  subscribed: true,
  message: null,
  entityId: ids.ann,
  eventName: 'userstatus',
};

describe('Subscribe', () => {
  it('answers one result per item, in order, with id and name in lower case', () => {
    const { call } = setUp();
    const upperCase = item(ids.sales.toUpperCase(), 'QUEUESTATUS');
    expect(call(new FakeCaller('ann'), 'Subscribe', [annStatus, upperCase])).toEqual([
      annStatusResult,
      { subscribed: true, message: null, entityId: ids.sales, eventName: 'queuestatus' },
    ]);
  });

  it('tells the last states of what it gave, behind its answer', () => {
    const { call, told } = setUp();
    const ann = new FakeCaller('ann');
    const organizationStatus = item(organizationId, 'SourceStatus');
    call(ann, 'Subscribe', [annStatus, item(ids.support, 'QueueStatus'), organizationStatus]);
    expect(told).toEqual([]);
    ann.answered();
    const targets = [
      { organizationId, entityId: ids.ann, eventName: 'UserStatus' },
      { organizationId, entityId: organizationId, eventName: 'SourceStatus' },
    ];
    expect(told).toEqual([[ann, targets, { snapshot: false, since: 7 }]]);
  });

  it.each([
    [undefined, false, false],
    [undefined, true, true],
    ['1', false, true],
    ['0', true, false],
    ['yes', false, false],
    ['', true, true],
  ])('with ?snapshot=%s, by default %s, wants snapshots: %s', (said, byDefault, snapshot) => {
    const { call, told } = setUp(undefined, { snapshotOnSubscribe: byDefault });
    const ann = new FakeCaller('ann');
    if (said !== undefined) ann.query.set('snapshot', said);
    call(ann, 'Subscribe', [annStatus]);
    ann.answered();
    expect(told).toEqual([[ann, [expect.anything()], { snapshot, since: 7 }]]);
  });

  it('takes members in camelCase, and passes over more arguments than it has', () => {
    const { call } = setUp();
    const camelCase = { entityId: ids.ann, eventName: 'UserStatus' };
    const results = call(new FakeCaller('ann'), 'Subscribe', [camelCase], 'superfluous');
    expect(results).toEqual([annStatusResult]);
  });

  it.each<[string, PersonName, unknown, Refusal]>([
    ['no id', 'ann', { EventName: 'UserStatus' }, 'Invalid entity id'],
    ['a null id', 'ann', item(null, 'UserStatus'), 'Invalid entity id'],
    ['an id that is no guid', 'ann', item('me', 'UserStatus'), 'Invalid entity id'],
    ['neither id nor event', 'ann', null, 'Invalid entity id'],
    ['a bad id and an unknown event', 'ann', item('me', 'Nothing'), 'Invalid entity id'],
    ['no event', 'ann', { EntityId: ids.ann }, 'Unknown event'],
    ['an event that is a number', 'ann', item(ids.ann, 141), 'Unknown event'],
    ['an unknown event of a foreign entity', 'ann', item(ids.eve, 'Nothing'), 'Unknown event'],
    [
      'a queue event of a user',
      'ann',
      item(ids.ann, 'QueueStatus'),
      'Event not available for entity',
    ],
    [
      'a user event of a queue',
      'ann',
      item(ids.sales, 'UserStatus'),
      'Event not available for entity',
    ],
    [
      'a queue event of a list',
      'adam',
      item(ids.salesList, 'QueueStatus'),
      'Event not available for entity',
    ],
    [
      'a user event of the own organization',
      'ann',
      item(organizationId, 'UserStatus'),
      'Event not available for entity',
    ],
    [
      'the sources of a user',
      'ann',
      item(ids.ann, 'SourceStatus'),
      'Event not available for entity',
    ],
    [
      'the sources of a foreign organization',
      'adam',
      item(foreignOrganizationId, 'SourceStatus'),
      'Unauthorized',
    ],
    ['a user event of an unseen queue', 'ann', item(ids.support, 'UserStatus'), 'Unauthorized'],
    ['a queue event of a foreign user', 'adam', item(ids.eve, 'QueueStatus'), 'Unauthorized'],
    [
      'a user event of a foreign queue',
      'ann',
      item(ids.foreignQueue, 'UserStatus'),
      'Unauthorized',
    ],
    ['a foreign user', 'adam', item(ids.eve, 'UserStatus'), 'Unauthorized'],
    [
      'a foreign queue that names the user',
      'ann',
      item(ids.foreignQueue, 'QueueStatus'),
      'Unauthorized',
    ],
    ['an entity that does not exist', 'adam', item(ids.nobody, 'UserStatus'), 'Unauthorized'],
    ["a colleague's calls", 'ann', item(ids.bob, 'UserCallInComing'), 'Unauthorized'],
  ])('refuses %s, and still takes the other items', (_what, name, bad, message) => {
    const { call, registry } = setUp();
    const caller = new FakeCaller(name);
    const results = call(caller, 'Subscribe', [bad, annStatus]);
    expect(results).toEqual([
      expect.objectContaining({ subscribed: false, message }),
      annStatusResult,
    ]);
    expect(registry.ofConnection(caller.connectionId)).toHaveLength(1);
  });

  it('repeats in a refusal what the client sent, in lower case, or null', () => {
    const { call } = setUp();
    const results = call(new FakeCaller('ann'), 'Subscribe', [item('Me', 'X'), item(7, null)]);
    expect(results).toEqual([
      { subscribed: false, message: 'Invalid entity id', entityId: 'me', eventName: 'x' },
      { subscribed: false, message: 'Invalid entity id', entityId: null, eventName: null },
    ]);
  });

  it('keeps the subscription and its id when it is asked for again', () => {
    const { call } = setUp();
    const caller = new FakeCaller('ann');
    call(caller, 'Subscribe', [annStatus]);
    const before = call(caller, 'ActiveSubscriptions');
    expect(call(caller, 'Subscribe', [annStatus, annStatus])).toEqual([
      annStatusResult,
      annStatusResult,
    ]);
    expect(call(caller, 'ActiveSubscriptions')).toEqual(before);
  });

  it('refuses what is over the limit of a connection, but not what is there already', () => {
    const { call } = setUp({ perConnection: 1, perCall: 500 });
    const caller = new FakeCaller('ann');
    const availability = item(ids.ann, 'UserAvailability');
    expect(call(caller, 'Subscribe', [annStatus, availability, annStatus])).toEqual([
      annStatusResult,
      expect.objectContaining({ subscribed: false, message: 'Subscription limit reached' }),
      annStatusResult,
    ]);
  });

  it('refuses the items behind the limit of a call', () => {
    const { call } = setUp({ perConnection: 2000, perCall: 1 });
    const results = call(new FakeCaller('ann'), 'Subscribe', [annStatus, annStatus]);
    expect(results).toEqual([
      annStatusResult,
      expect.objectContaining({ subscribed: false, message: 'Subscription limit reached' }),
    ]);
  });

  it.each([[[]], [[{ EntityId: ids.ann }]], [['text']], [[null]]])(
    'fails as a call when its arguments are %j',
    (args) => {
      const { call } = setUp();
      expect(() => call(new FakeCaller('ann'), 'Subscribe', ...args)).toThrow(/expect/);
    },
  );

  it('goes by the rights in the directory in force, not by those in the token', () => {
    const { call, holder, metrics } = setUp();
    const adam = new FakeCaller('adam');
    expect(call(adam, 'Subscribe', [annStatus])).toEqual([annStatusResult]);
    holder.current = createDirectory(['adam']);
    const callsOfAnn = item(ids.ann, 'UserCallInComing');
    expect(call(adam, 'Subscribe', [callsOfAnn])).toEqual([
      expect.objectContaining({ subscribed: false, message: 'Unauthorized' }),
    ]);
    expect(metrics.denials).toEqual(['subscribe']);
  });
});

describe('Unsubscribe', () => {
  it('answers for each item that it is no longer subscribed, also if it never was', () => {
    const { call, registry } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', [annStatus]);
    const never = item(ids.nobody, 'QueueStatus');
    expect(call(ann, 'Unsubscribe', [annStatus, never])).toEqual([
      { ...annStatusResult, subscribed: false },
      { subscribed: false, message: null, entityId: ids.nobody, eventName: 'queuestatus' },
    ]);
    expect(registry.sizes).toEqual({ subscriptions: 0, topics: 0, connections: 0 });
  });

  it('finds the subscription in any letter case', () => {
    const { call } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', [annStatus]);
    call(ann, 'Unsubscribe', [{ entityId: ids.ann.toUpperCase(), eventName: 'USERSTATUS' }]);
    expect(call(ann, 'ActiveSubscriptions')).toEqual([]);
  });

  it('says what is wrong with an item that names nothing', () => {
    const { call } = setUp();
    const results = call(new FakeCaller('ann'), 'Unsubscribe', [null, item(ids.ann, 'Nothing')]);
    expect(results).toEqual([
      expect.objectContaining({ subscribed: false, message: 'Invalid entity id' }),
      expect.objectContaining({ subscribed: false, message: 'Unknown event' }),
    ]);
  });

  it('leaves the subscriptions of other connections alone', () => {
    const { call, registry } = setUp();
    const [first, second] = [new FakeCaller('ann', 'first'), new FakeCaller('ann', 'second')];
    for (const caller of [first, second]) call(caller, 'Subscribe', [annStatus]);
    call(first, 'Unsubscribe', [annStatus]);
    expect(registry.ofConnection('first')).toEqual([]);
    expect(registry.ofConnection('second')).toHaveLength(1);
  });
});

describe('the other methods', () => {
  it('UnsubscribeAll answers true and leaves nothing', () => {
    const { call, registry } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', [annStatus, item(ids.sales, 'QueueStatus')]);
    expect(call(ann, 'UnsubscribeAll')).toBe(true);
    expect(registry.sizes).toEqual({ subscriptions: 0, topics: 0, connections: 0 });
    expect(call(ann, 'UnsubscribeAll')).toBe(true);
  });

  it('AvailableSubscriptions answers all names, whatever arguments it gets', () => {
    const { call } = setUp();
    expect(call(new FakeCaller('ann'), 'AvailableSubscriptions', [annStatus])).toEqual(eventNames);
  });

  it('AvailableSubscriptions answers the names that the RTE does not have where they are wanted', () => {
    const { call } = setUp(undefined, { listExtensions: true });
    expect(extensionEventNames).toEqual(['SourceStatus']);
    const names = call(new FakeCaller('ann'), 'AvailableSubscriptions');
    expect(names).toEqual([...eventNames, ...extensionEventNames]);
  });

  it('ActiveSubscriptions answers the subscriptions as messages carry them', () => {
    const { call, registry } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', [item(ids.sales.toUpperCase(), 'queuestatus')]);
    const [active] = registry.ofConnection(ann.connectionId);
    expect(call(ann, 'ActiveSubscriptions')).toEqual([active]);
    expect(active?.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(Object.entries(active ?? {}).slice(1)).toEqual([
      ['allRootEntities', false],
      ['rootEntityId', organizationId],
      ['rootEntityType', 'Organization'],
      ['organizationId', organizationId],
      ['eventType', 'QueueStatus'],
      ['entityType', 'Queue'],
      ['entityId', ids.sales],
      ['allEntities', false],
    ]);
  });

  it('a connection that ends takes its subscriptions along', async () => {
    const { call, hub, registry, metrics } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', [annStatus]);
    expect(metrics.subscriptionCount).toBe(1);
    await hub.onDisconnected?.(ann, undefined);
    expect(registry.sizes).toEqual({ subscriptions: 0, topics: 0, connections: 0 });
    expect(metrics.subscriptionCount).toBe(0);
  });
});
