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
import type { Topic } from '../../../src/rte/subscription.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import {
  createDirectory,
  foreignOrganizationId,
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
    events: ['UserStatus', 'UserAvailability', 'SourceStatus'],
    unasked: ['SourceStatus'],
    currentState,
  });
  const ann = new FakeCaller('ann');
  const subscribe = (entityId: string, eventName: RteEventName) =>
    registry.subscribe(ann, { organizationId, entityId, eventName }, directory.current);
  const tellAll = (topics: readonly Topic[], { snapshot = true, since = states.place } = {}) =>
    states.tell(ann, topics, { snapshot, since });
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

describe('many last states', () => {
  const many = Array.from({ length: 250 }, () => ({
    entityId: ids.ann,
    eventName: 'UserStatus' as const,
  }));

  it('are told a hundred at a time, as the client takes them', async () => {
    const { ann, subscribe, tellAll, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    subscribe(ids.ann, 'UserStatus');
    const told = tellAll(many);
    expect(ann.received).toHaveLength(100);
    await ann.drained();
    expect(ann.received).toHaveLength(200);
    await ann.drained();
    await told;
    expect(ann.received).toHaveLength(250);
  });

  it('are told no further to who unsubscribes in between, or to whom newer ones came', async () => {
    const { ann, registry, subscribe, tellAll, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    subscribe(ids.ann, 'UserStatus');
    const overtaken = tellAll(many);
    publishStatus(ids.ann, 2);
    await ann.drained();
    await overtaken;
    expect(counts(ann).slice(-2)).toEqual([1, 2]);
    const ended = tellAll(many);
    registry.unsubscribeAll(ann.connectionId);
    await ann.drained();
    await ended;
    expect(ann.received).toHaveLength(201);
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
