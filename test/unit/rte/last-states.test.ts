import {
  asyncProperty,
  assert,
  array,
  constantFrom,
  nat,
  oneof,
  record,
  constant,
} from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { createRteEvent, type RteEvent } from '../../../src/rte/events/create-event.js';
import type { RteEventName } from '../../../src/rte/events/event-catalogue.js';
import { LastStates } from '../../../src/rte/last-states.js';
import { startPublisher } from '../../../src/rte/publisher.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import type { SubscriptionTarget, Topic } from '../../../src/rte/subscription.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import {
  createDirectory,
  foreignOrganizationId,
  guidOf,
  ids,
  organizationId,
} from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { RecordingLogger } from './fixtures/recording-logger.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';
import { silentAudit } from './fixtures/silent-audit.js';

const now = Date.UTC(2024, 5, 1);

/** @param currentState the state of what had no event */
function setUp(currentState: (topic: Topic) => RteEvent | undefined = () => undefined) {
  const logger = new RecordingLogger();
  const bus = new InProcessEventBus(logger);
  const metrics = new RecordingMetrics();
  const registry = new SubscriptionRegistry({ metrics });
  const directory = new FakeDirectoryHolder(createDirectory());
  const parts = { bus, registry, directory, audit: silentAudit, logger, now: () => now };
  startPublisher({ ...parts, metrics });
  const states = new LastStates({
    ...parts,
    events: ['UserStatus', 'UserAvailability', 'QueueStatus', 'SourceStatus'],
    unasked: ['SourceStatus'],
    currentState,
  });
  const ann = new FakeCaller('ann');
  const subscribe = (entityId: string, eventName: RteEventName) =>
    registry.subscribe(ann, { organizationId, entityId, eventName }, directory.current);
  const tellAll = (
    topics: readonly Pick<SubscriptionTarget, 'entityId' | 'eventName'>[],
    { snapshot = true, since = states.place } = {},
  ) =>
    states.tell(
      ann,
      topics.map((topic) => ({ organizationId, ...topic })),
      { snapshot, since },
    );
  /** What one tells, which begins at once. */
  const tell = (entityId: string, eventName: RteEventName, telling = {}): unknown[] => {
    ann.received.length = 0;
    void tellAll([{ entityId, eventName }], telling);
    return counts(ann);
  };
  const publishStatus = (entityId: string, activeQueues: number, owner = organizationId): void =>
    bus.publish(statusOf(entityId, activeQueues, owner));
  return { bus, registry, directory, states, ann, logger, subscribe, tell, tellAll, publishStatus };
}

function statusOf(entityId: string, activeQueues: number, owner = organizationId): RteEvent {
  return createRteEvent(
    'UserStatus',
    { organizationId: owner, entityId, timestamp: now },
    { activeQueues },
  );
}

function counts(caller: FakeCaller): unknown[] {
  return caller.received.map(({ arguments: [{ data }] }) => data['activeQueues']);
}

describe('the last states', () => {
  it('are told to who has just subscribed, each the newest of its entity', () => {
    const { subscribe, tell, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    publishStatus(ids.bob, 5);
    publishStatus(ids.ann, 2);
    subscribe(ids.ann, 'UserStatus');
    expect(tell(ids.ann, 'UserStatus')).toEqual([2]);
  });

  it('are told beside the subscription, as any message is', () => {
    const { ann, registry, subscribe, tell, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    subscribe(ids.ann, 'UserStatus');
    tell(ids.ann, 'UserStatus');
    const [subscription] = registry.ofConnection(ann.connectionId);
    expect(ann.received[0]?.arguments[0].subscription).toEqual(subscription);
  });

  it('are told to who wants none only where everybody is told', () => {
    const { ann, bus, subscribe, tell, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    const origin = { organizationId, entityId: organizationId, timestamp: now };
    bus.publish(createRteEvent('SourceStatus', origin, {}));
    subscribe(ids.ann, 'UserStatus');
    subscribe(organizationId, 'SourceStatus');
    expect(tell(ids.ann, 'UserStatus', { snapshot: false })).toEqual([]);
    tell(organizationId, 'SourceStatus', { snapshot: false });
    expect(ann.received[0]?.arguments[0].data['eventType']).toBe('SourceStatus');
  });

  it('are not told again when they came as news since the subscription', () => {
    const { ann, states, subscribe, tell, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    const since = states.place;
    subscribe(ids.ann, 'UserStatus');
    publishStatus(ids.ann, 2);
    expect(counts(ann)).toEqual([2]);
    expect(tell(ids.ann, 'UserStatus', { since })).toEqual([]);
  });

  it('are those of the moment for what had no event yet', () => {
    const { subscribe, tell, publishStatus } = setUp(({ entityId, eventName }) =>
      eventName === 'UserStatus' ? statusOf(entityId, 0) : undefined,
    );
    subscribe(ids.ann, 'UserStatus');
    subscribe(ids.ann, 'UserAvailability');
    expect(tell(ids.ann, 'UserAvailability')).toEqual([]);
    expect(tell(ids.ann, 'UserStatus')).toEqual([0]);
    publishStatus(ids.ann, 3);
    expect(tell(ids.ann, 'UserStatus')).toEqual([3]);
  });

  it('of the moment that cannot be made are logged, and the others told', () => {
    const failure = new Error('no state');
    const { ann, logger, subscribe, tellAll, publishStatus } = setUp(() => {
      throw failure;
    });
    publishStatus(ids.bob, 4);
    const topics = [ids.ann, ids.bob].map(
      (entityId) => ({ entityId, eventName: 'UserStatus' }) as const,
    );
    for (const { entityId, eventName } of topics) subscribe(entityId, eventName);
    void tellAll(topics);
    expect(counts(ann)).toEqual([4]);
    expect(logger.errors).toEqual([
      {
        fields: { err: failure, entityId: ids.ann, eventName: 'UserStatus' },
        message: 'state not told',
      },
    ]);
  });

  it('are not told of what nothing is known, nor of other events', () => {
    const { bus, subscribe, tell, states } = setUp();
    const origin = { organizationId, entityId: ids.ann, timestamp: now };
    bus.publish(createRteEvent('UserAlert', origin, {}));
    for (const name of ['UserStatus', 'UserAlert'] as const) {
      subscribe(ids.ann, name);
      expect(tell(ids.ann, name)).toEqual([]);
    }
    expect(states.size).toBe(0);
  });

  it('are not told to who has unsubscribed meanwhile', () => {
    const { ann, registry, subscribe, tell, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    subscribe(ids.ann, 'UserStatus');
    registry.unsubscribe(ann.connectionId, { entityId: ids.ann, eventName: 'UserStatus' });
    expect(tell(ids.ann, 'UserStatus')).toEqual([]);
  });

  it('are not told to who has lost the right meanwhile', () => {
    const { directory, subscribe, tell, publishStatus } = setUp();
    publishStatus(ids.bob, 1);
    subscribe(ids.bob, 'UserStatus');
    directory.replace(createDirectory(['ann']));
    expect(tell(ids.bob, 'UserStatus')).toEqual([]);
  });

  it('of another organization than the subscription are not told', () => {
    const { subscribe, tell, publishStatus } = setUp();
    subscribe(ids.ann, 'UserStatus');
    publishStatus(ids.ann, 1, foreignOrganizationId);
    expect(tell(ids.ann, 'UserStatus')).toEqual([]);
  });

  it('are kept of entities in the directory only', () => {
    const { states, directory, publishStatus } = setUp();
    publishStatus(ids.nobody, 1);
    expect(states.size).toBe(0);
    publishStatus(ids.ann, 1);
    publishStatus(ids.bob, 1);
    directory.replace(createDirectory(['ann']));
    expect(states.size).toBe(1);
  });

  it('are none after the stop', () => {
    const { states, subscribe, tell, publishStatus } = setUp();
    subscribe(ids.ann, 'UserStatus');
    publishStatus(ids.ann, 1);
    states.stop();
    publishStatus(ids.ann, 2);
    expect(tell(ids.ann, 'UserStatus')).toEqual([]);
  });
});

/** A directory of 250 users, of whom all have the status 1. */
function setUpMany() {
  const setting = setUp(({ entityId, eventName }) =>
    eventName === 'UserStatus' ? statusOf(entityId, 1) : undefined,
  );
  const directory = createDirectory();
  const [model] = directory.users.values();
  const users = new Map(directory.users);
  for (let number = users.size; number < 251; number += 1) {
    const id = guidOf(1000 + number);
    if (model !== undefined) users.set(id, { ...model, id });
  }
  setting.directory.replace({ ...directory, users });
  const everybody = { entityId: '*', eventName: 'UserStatus' } as const;
  setting.registry.subscribe(setting.ann, { organizationId, ...everybody }, directory);
  return { ...setting, everybody };
}

describe('many last states', () => {
  it('are told a hundred at a time, as the client takes them', async () => {
    const { ann, tellAll, everybody } = setUpMany();
    const told = tellAll([everybody]);
    expect(ann.received).toHaveLength(100);
    await ann.drained();
    expect(ann.received).toHaveLength(200);
    await ann.drained();
    await told;
    const entities = ann.received.map(({ arguments: [{ data }] }) => data['entityId']);
    // Of 251 users one is a stranger.
    expect(new Set(entities).size).toBe(250);
    expect(entities).toHaveLength(250);
  });

  it('are told no further to who unsubscribes in between, or to whom newer ones came', async () => {
    const { ann, registry, tellAll, publishStatus, everybody } = setUpMany();
    const overtaken = tellAll([everybody]);
    publishStatus(guidOf(1200), 2);
    await ann.drained();
    await ann.drained();
    await overtaken;
    expect(ann.received).toHaveLength(250);
    const ofOne = ann.received.filter(
      ({ arguments: [{ data }] }) => data['entityId'] === guidOf(1200),
    );
    expect(ofOne.map(({ arguments: [{ data }] }) => data['activeQueues'])).toEqual([2]);
    const ended = tellAll([everybody]);
    registry.unsubscribeAll(ann.connectionId);
    await ann.drained();
    await ended;
    expect(ann.received).toHaveLength(350);
  });
});

const told = (caller: FakeCaller): unknown[] =>
  caller.received.map(({ arguments: [{ data, subscription }] }) => [
    data['eventType'],
    data['entityId'],
    subscription['allEntities'],
  ]);

describe('the last states of a wildcard', () => {
  it('are those of all entities that one may see, each once', () => {
    const { ann, bus, registry, directory, states, publishStatus } = setUp();
    publishStatus(ids.bob, 1);
    publishStatus(ids.ann, 2);
    publishStatus(ids.eve, 3, foreignOrganizationId);
    for (const entityId of [ids.ann, ids.bob]) {
      const origin = { organizationId, entityId, timestamp: now };
      bus.publish(createRteEvent('UserAvailability', origin, {}));
    }
    const targets = [
      { organizationId, entityId: ids.ann, eventName: 'UserStatus' },
      { organizationId, entityId: '*', eventName: 'UserStatus' },
      { organizationId, entityId: ids.ann, eventName: 'User*' },
    ] as const;
    for (const target of targets) registry.subscribe(ann, target, directory.current);
    void states.tell(ann, targets, { snapshot: true, since: states.place });
    expect(told(ann)).toEqual([
      ['UserStatus', ids.ann, false],
      ['UserStatus', ids.bob, true],
      ['UserAvailability', ids.ann, false],
    ]);
  });

  it('leave out what one may not see', () => {
    const { ann, bus, registry, directory, states } = setUp();
    for (const entityId of [ids.sales, ids.support]) {
      const origin = { organizationId, entityId, timestamp: now };
      bus.publish(createRteEvent('QueueStatus', origin, {}));
    }
    const target = { organizationId, entityId: '*', eventName: '*' } as const;
    registry.subscribe(ann, target, directory.current);
    void states.tell(ann, [target], { snapshot: true, since: states.place });
    expect(told(ann)).toEqual([['QueueStatus', ids.sales, true]]);
  });
});

describe('whatever comes while last states are told', () => {
  const people = [ids.ann, ids.bob, ids.carl];
  const step = oneof(
    record({ kind: constant('publish' as const), entityId: constantFrom(...people) }),
    record({
      kind: constant('tell' as const),
      entityId: constantFrom(...people),
      /** Events between the subscription and its answer. */
      meanwhile: nat(2),
    }),
    record({ kind: constant('drain' as const) }),
  );

  it('a client is told the newest in the end, nothing older after it, and no news twice', async () => {
    await assert(
      asyncProperty(array(step, { maxLength: 30 }), async (steps) => {
        const { ann, states, subscribe, tellAll, publishStatus } = setUp();
        const newest = new Map<string, number>();
        let published = 0;
        const publish = (entityId: string) => {
          published += 1;
          newest.set(entityId, published);
          publishStatus(entityId, published);
        };
        const running: Promise<void>[] = [];
        const subscribed = new Set<string>();
        for (const one of steps) {
          if (one.kind === 'publish') publish(one.entityId);
          else if (one.kind === 'drain') await ann.drained();
          else if (!subscribed.has(one.entityId)) {
            const { entityId } = one;
            const since = states.place;
            subscribe(entityId, 'UserStatus');
            subscribed.add(entityId);
            for (let count = 0; count < one.meanwhile; count += 1) publish(entityId);
            running.push(tellAll([{ entityId, eventName: 'UserStatus' }], { since }));
          }
        }
        while (running.length > 0) {
          await ann.drained();
          await running.pop();
        }
        for (const entityId of subscribed) {
          const seen = ann.received
            .filter(({ arguments: [{ data }] }) => data['entityId'] === entityId)
            .map(({ arguments: [{ data }] }) => Number(data['activeQueues']));
          expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
          expect(seen.at(-1)).toBe(newest.get(entityId));
        }
      }),
      { numRuns: 200 },
    );
  });
});
