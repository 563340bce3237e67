import { describe, expect, it } from 'vitest';

import type { Directory } from '../../../src/directory/types.js';
import { AccessAudit } from '../../../src/rte/access-audit.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { createRteEvent, type RteEvent } from '../../../src/rte/events/create-event.js';
import type { RteEventName } from '../../../src/rte/events/event-catalogue.js';
import { startPublisher } from '../../../src/rte/publisher.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
} from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { RecordingLogger } from './fixtures/recording-logger.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';

const now = Date.UTC(2024, 5, 1);

function setUp() {
  const metrics = new RecordingMetrics();
  const logger = new RecordingLogger();
  const bus = new InProcessEventBus(logger);
  const registry = new SubscriptionRegistry({ metrics });
  const directory: { current: Directory; onChange: () => () => void } = {
    current: createDirectory(),
    onChange: () => () => {},
  };
  const audit = new AccessAudit({ logger, metrics, now: () => now });
  const parts = { bus, registry, directory, metrics, audit, logger };
  const stop = startPublisher({ ...parts, now: () => now });
  const subscribe = (caller: FakeCaller, entityId: string, eventName: RteEventName) =>
    registry.subscribe(caller, { organizationId, entityId, eventName }, directory.current);
  return { metrics, logger, bus, registry, directory, stop, subscribe };
}

function statusOf(entityId: string, activeQueues = 0, owner = organizationId): RteEvent {
  const origin = { organizationId: owner, entityId, timestamp: now };
  return createRteEvent('UserStatus', origin, { activeQueues });
}

function activeQueuesIn(caller: FakeCaller): unknown[] {
  return caller.received.map(({ arguments: [{ data }] }) => data['activeQueues']);
}

describe('an event of the bus', () => {
  it('reaches who subscribed to that event of that entity, beside the subscription', () => {
    const { bus, registry, subscribe } = setUp();
    const ann = new FakeCaller('ann');
    subscribe(ann, ids.ann, 'UserStatus');
    const event = statusOf(ids.ann, 2);
    bus.publish(statusOf(ids.bob));
    bus.publish(
      createRteEvent('UserAlert', { organizationId, entityId: ids.ann, timestamp: now }, {}),
    );
    bus.publish(event);
    const [subscription] = registry.ofConnection(ann.connectionId);
    expect(ann.received).toEqual([
      { type: 1, target: 'MessageReceived', arguments: [{ subscription, data: event.data }] },
    ]);
  });

  it('is one message for all its subscribers, encoded once', () => {
    const { bus, subscribe } = setUp();
    const callers = ['a', 'b', 'c'].map((id) => new FakeCaller('ann', id));
    for (const caller of callers) subscribe(caller, ids.ann, 'UserStatus');
    bus.publish(statusOf(ids.ann));
    const messages = new Set(callers.map(({ deliveries }) => deliveries[0]?.message));
    expect(messages.size).toBe(1);
    expect(callers.flatMap(({ encodings }) => encodings)).toEqual(['UserStatus']);
    const received = callers.map((caller) => caller.received[0]?.arguments[0]);
    expect(new Set(received.map((argument) => argument?.subscription['id'])).size).toBe(3);
  });

  it('uses the template of the subscription for each of its messages', () => {
    const { bus, subscribe } = setUp();
    const ann = new FakeCaller('ann');
    subscribe(ann, ids.ann, 'UserStatus');
    for (const count of [1, 2]) bus.publish(statusOf(ids.ann, count));
    const [first, second] = ann.deliveries;
    expect(second?.template).toBe(first?.template);
    expect(second?.message).not.toBe(first?.message);
  });

  it('keeps its place among the events of its entity', () => {
    const { bus, subscribe } = setUp();
    const ann = new FakeCaller('ann');
    subscribe(ann, ids.ann, 'UserStatus');
    for (const count of [1, 2, 3]) bus.publish(statusOf(ids.ann, count));
    expect(activeQueuesIn(ann)).toEqual([1, 2, 3]);
  });

  it('is not delivered after Unsubscribe, nor after the connection left', () => {
    const { bus, registry, subscribe } = setUp();
    const [gone, left, stays] = ['gone', 'left', 'stays'].map((id) => new FakeCaller('ann', id));
    const all = [gone, left, stays].filter((caller) => caller !== undefined);
    for (const caller of all) subscribe(caller, ids.ann, 'UserStatus');
    bus.publish(statusOf(ids.ann, 1));
    registry.unsubscribe('gone', { entityId: ids.ann, eventName: 'UserStatus' });
    registry.unsubscribeAll('left');
    bus.publish(statusOf(ids.ann, 2));
    expect(all.map(activeQueuesIn)).toEqual([[1], [1], [1, 2]]);
  });

  it('is counted by its name, whether or not anybody gets it', () => {
    const { bus, metrics } = setUp();
    bus.publish(statusOf(ids.ann));
    expect(metrics.published).toEqual(['UserStatus']);
    expect(metrics.denials).toEqual([]);
  });

  it('reaches nobody after the publisher was stopped', () => {
    const { bus, stop, subscribe } = setUp();
    const ann = new FakeCaller('ann');
    subscribe(ann, ids.ann, 'UserStatus');
    bus.publish(statusOf(ids.ann, 1));
    stop();
    bus.publish(statusOf(ids.ann, 2));
    expect(activeQueuesIn(ann)).toEqual([1]);
  });

  it('reaches the others when one connection fails', () => {
    const { bus, logger, subscribe } = setUp();
    const failure = new Error('broken connection');
    const broken = new FakeCaller('ann', 'broken');
    broken.deliver = () => {
      throw failure;
    };
    const ann = new FakeCaller('ann');
    for (const caller of [broken, ann]) subscribe(caller, ids.ann, 'UserStatus');
    bus.publish(statusOf(ids.ann, 1));
    expect(activeQueuesIn(ann)).toEqual([1]);
    expect(logger.errors).toEqual([
      { fields: { err: failure, connectionId: 'broken' }, message: 'delivery failed' },
    ]);
  });
});

describe('what waits for delivery', () => {
  it.each([
    ['UserStatus', ids.ann, now + 60_000],
    ['QueueStatus', ids.sales, now + 60_000],
    ['CallbackChanged', ids.salesList, now + 120_000],
    ['UserAvailability', ids.ann, undefined],
    ['UserCallInComing', ids.ann, undefined],
  ] as const)('%s of %s is worthless at %s', (name, entityId, expiresAt) => {
    const { bus, subscribe } = setUp();
    const ann = new FakeCaller('ann');
    subscribe(ann, entityId, name);
    // Made long ago, as after a resynchronisation: its time to live starts with its publication.
    bus.publish(createRteEvent(name, { organizationId, entityId, timestamp: 0 }, {}));
    expect(ann.deliveries[0]?.message).toMatchObject({ label: name, expiresAt });
  });

  it.each([
    ['UserStatus', ids.ann, true],
    ['UserAvailability', ids.ann, true],
    ['QueueStatus', ids.sales, true],
    ['CallbackChanged', ids.salesList, false],
    ['UserSetting', ids.ann, false],
    ['UserCallInComing', ids.ann, false],
  ] as const)('%s of %s gives way to a newer one: %s', (name, entityId, conflate) => {
    const { bus, subscribe } = setUp();
    const ann = new FakeCaller('ann');
    subscribe(ann, entityId, name);
    bus.publish(createRteEvent(name, { organizationId, entityId, timestamp: now }, {}));
    expect(ann.deliveries[0]?.template.conflate).toBe(conflate);
  });
});

describe('an event that the directory speaks against', () => {
  it.each([
    ['names no organization', { ...statusOf(ids.ann), organizationId: '' }, 'organization-unknown'],
    ['names an unknown organization', statusOf(ids.ann, 1, ids.nobody), 'organization-unknown'],
    ['is about an unknown entity', statusOf(ids.nobody), 'entity-unknown'],
    ['is about a queue, but a user event', statusOf(ids.sales), 'entity-unknown'],
    ['names a foreign organization', statusOf(ids.ann, 1, foreignOrganizationId), 'entity-foreign'],
  ])('reaches nobody when it %s, and is counted', (_what, event, denial) => {
    const { bus, metrics, subscribe } = setUp();
    const ann = new FakeCaller('ann');
    subscribe(ann, event.entityId, 'UserStatus');
    subscribe(ann, ids.ann, 'UserStatus');
    bus.publish(event);
    bus.publish(statusOf(ids.ann, 77));
    expect(activeQueuesIn(ann)).toEqual([77]);
    expect(metrics.denials).toEqual([denial]);
  });

  it('reaches no subscriber of another organization, while the sentinel arrives', () => {
    const { bus, directory, subscribe } = setUp();
    const [ann, eve] = [new FakeCaller('ann'), new FakeCaller('eve')];
    subscribe(ann, ids.ann, 'UserStatus');
    // A subscription that never passed the policy, as if a check had been forgotten.
    subscribe(eve, ids.ann, 'UserStatus');
    subscribe(eve, ids.eve, 'UserStatus');
    directory.current = createDirectory();
    bus.publish(statusOf(ids.ann, 1));
    bus.publish(statusOf(ids.eve, 99, foreignOrganizationId));
    expect(activeQueuesIn(ann)).toEqual([1]);
    expect(activeQueuesIn(eve)).toEqual([99]);
  });
});

describe('a directory that replaces another', () => {
  it('takes events away from who lost the right, and gives them back with it', () => {
    const { bus, directory, logger, metrics, subscribe } = setUp();
    const [ann, adam] = [new FakeCaller('ann'), new FakeCaller('adam')];
    for (const caller of [ann, adam]) subscribe(caller, ids.ann, 'UserStatus');
    bus.publish(statusOf(ids.ann, 1));
    directory.current = createDirectory(['adam']);
    bus.publish(statusOf(ids.ann, 2));
    bus.publish(statusOf(ids.ann, 3));
    directory.current = createDirectory();
    bus.publish(statusOf(ids.ann, 4));
    expect(activeQueuesIn(ann)).toEqual([1, 2, 3, 4]);
    expect(activeQueuesIn(adam)).toEqual([1, 4]);
    // Once for the subscription, not at each event.
    expect([metrics.denials, metrics.rules]).toEqual([['rights-lost'], ['unknown']]);
    expect(logger.infos).toMatchObject([{ fields: { userId: ids.adam, event: 'UserStatus' } }]);
  });
});
