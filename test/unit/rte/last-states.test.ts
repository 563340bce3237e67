import { describe, expect, it } from 'vitest';

import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { createRteEvent } from '../../../src/rte/events/create-event.js';
import type { RteEventName } from '../../../src/rte/events/event-catalogue.js';
import { LastStates } from '../../../src/rte/last-states.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
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

function setUp() {
  const logger = new RecordingLogger();
  const bus = new InProcessEventBus(logger);
  const registry = new SubscriptionRegistry({ metrics: new RecordingMetrics() });
  const directory = new FakeDirectoryHolder(createDirectory());
  const events = ['UserStatus', 'UserAvailability'] as const;
  const states = new LastStates({
    bus,
    events,
    registry,
    directory,
    audit: silentAudit,
    logger,
    now: () => now,
  });
  const ann = new FakeCaller('ann');
  const subscribe = (entityId: string, eventName: RteEventName) =>
    registry.subscribe(ann, { organizationId, entityId, eventName }, directory.current);
  const tell = (entityId: string, eventName: RteEventName): unknown[] => {
    states.tell(ann.connectionId, [{ entityId, eventName }]);
    return ann.received.splice(0).map(({ arguments: [{ data }] }) => data['activeQueues']);
  };
  const publishStatus = (entityId: string, activeQueues: number, owner = organizationId): void => {
    const origin = { organizationId: owner, entityId, timestamp: now };
    bus.publish(createRteEvent('UserStatus', origin, { activeQueues }));
  };
  return { bus, registry, directory, states, ann, subscribe, tell, publishStatus };
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
    const { ann, registry, states, subscribe, publishStatus } = setUp();
    publishStatus(ids.ann, 1);
    subscribe(ids.ann, 'UserStatus');
    states.tell(ann.connectionId, [{ entityId: ids.ann, eventName: 'UserStatus' }]);
    const [subscription] = registry.ofConnection(ann.connectionId);
    expect(ann.received[0]?.arguments[0].subscription).toEqual(subscription);
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
