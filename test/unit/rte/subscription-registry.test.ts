import { assert, commands, constantFrom, modelRun, property, type Command } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import type {
  ActiveSubscription,
  SubscriptionTarget,
  Topic,
} from '../../../src/rte/subscription.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
} from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';

const perConnection = 3;
const directory = createDirectory();
const connectionIds = ['one', 'two', 'three'];
const topics = [ids.ann, ids.bob].flatMap((entityId) =>
  (['UserStatus', 'UserAvailability'] as const).map((eventName) => ({ entityId, eventName })),
);

type Named = Pick<SubscriptionTarget, 'entityId' | 'eventName'>;

/** From the most to the least exact. */
const namedBy: readonly Named[] = [
  ...topics,
  { entityId: ids.ann, eventName: 'UserS*' },
  { entityId: ids.ann, eventName: 'User*' },
  { entityId: ids.bob, eventName: '*' },
  { entityId: '*', eventName: 'UserStatus' },
  { entityId: '*', eventName: 'UserA*' },
  { entityId: '*', eventName: 'User*' },
  { entityId: '*', eventName: '*' },
];

/** Connection id to what it is subscribed to: all that a registry has to know. */
type Model = Map<string, Set<Named>>;

interface Real {
  readonly registry: SubscriptionRegistry;
  readonly metrics: RecordingMetrics;
}

type RegistryCommand = Command<Model, Real>;

function covers(named: Named, topic: Topic): boolean {
  const { entityId, eventName } = named;
  const isOfEntity = entityId === '*' || entityId === topic.entityId;
  const name = eventName.replace(/\*$/u, '');
  return (
    isOfEntity && (name === eventName ? name === topic.eventName : topic.eventName.startsWith(name))
  );
}

/** Who gets an event, and by which of their subscriptions. */
function receiversIn(model: Model, topic: Topic): string[] {
  return connectionIds.flatMap((id) => {
    const own = namedBy.find((named) => model.get(id)?.has(named) && covers(named, topic));
    return own === undefined ? [] : [`${id}: ${own.entityId} ${own.eventName}`];
  });
}

function expectAlike(model: Model, { registry, metrics }: Real): void {
  for (const topic of topics) {
    const found = Array.from(
      registry.ofEvent(organizationId, topic),
      ({ caller, subscription }) =>
        `${caller.connectionId}: ${subscription.entityId} ${subscription.eventType}`,
    );
    expect(found.sort()).toEqual(receiversIn(model, topic).sort());
    for (const id of connectionIds) {
      const active = registry.find(new FakeCaller('ann', id), topic);
      expect(active !== undefined).toBe(found.some((one) => one.startsWith(`${id}:`)));
    }
    expect(Array.from(registry.ofEvent(foreignOrganizationId, topic)).map(scope)).not.toContain(
      '*',
    );
  }
  const connections = connectionIds.filter((id) => model.get(id)?.size).length;
  const subscriptions = connectionIds.reduce((sum, id) => sum + (model.get(id)?.size ?? 0), 0);
  expect(registry.sizes).toMatchObject({ subscriptions, connections });
  if (subscriptions === 0) expect(registry.sizes.topics).toBe(0);
  expect(metrics.subscriptionCount).toBe(subscriptions);
}

function scope({ subscription }: ActiveSubscription): string {
  return subscription.entityId;
}

function subscribe(connectionId: string, named: Named): RegistryCommand {
  return {
    check: () => true,
    run: (model, real) => {
      const own = model.get(connectionId) ?? new Set();
      const isExpected = own.has(named) || own.size < perConnection;
      if (isExpected) model.set(connectionId, own.add(named));
      const caller = new FakeCaller('ann', connectionId);
      const target = { organizationId, ...named };
      expect(real.registry.subscribe(caller, target, directory)).toBe(isExpected);
      expectAlike(model, real);
    },
    toString: () => `${connectionId} subscribes to ${named.eventName} of ${named.entityId}`,
  };
}

function unsubscribe(connectionId: string, named: Named): RegistryCommand {
  return {
    check: () => true,
    run: (model, real) => {
      model.get(connectionId)?.delete(named);
      real.registry.unsubscribe(connectionId, named);
      expectAlike(model, real);
    },
    toString: () => `${connectionId} unsubscribes from ${named.eventName} of ${named.entityId}`,
  };
}

function disconnect(connectionId: string): RegistryCommand {
  return {
    check: () => true,
    run: (model, real) => {
      model.delete(connectionId);
      real.registry.unsubscribeAll(connectionId);
      expectAlike(model, real);
    },
    toString: () => `${connectionId} disconnects`,
  };
}

function createRegistry(): Real {
  const metrics = new RecordingMetrics();
  return { metrics, registry: new SubscriptionRegistry({ metrics, limits: { perConnection } }) };
}

describe('the subscription registry', () => {
  it('knows after any commands who is subscribed to what, and nothing more', () => {
    const connection = constantFrom(...connectionIds);
    const pairs = constantFrom(...connectionIds.flatMap((id) => namedBy.map((t) => ({ id, t }))));
    const anyCommand = [
      pairs.map(({ id, t }) => subscribe(id, t)),
      pairs.map(({ id, t }) => unsubscribe(id, t)),
      connection.map(disconnect),
    ];
    assert(
      property(commands(anyCommand, { maxCommands: 60 }), (given) => {
        modelRun(() => ({ model: new Map(), real: createRegistry() }), given);
      }),
    );
  });

  it('is empty when every connection has left', () => {
    const real = createRegistry();
    for (const id of connectionIds) {
      for (const topic of topics.slice(0, perConnection)) {
        const target = { organizationId, ...topic };
        real.registry.subscribe(new FakeCaller('ann', id), target, directory);
      }
    }
    expect(real.registry.sizes).toEqual({ subscriptions: 9, topics: 3, connections: 3 });
    for (const id of connectionIds) real.registry.unsubscribeAll(id);
    expect(real.registry.sizes).toEqual({ subscriptions: 0, topics: 0, connections: 0 });
    expect(real.metrics.subscriptionCount).toBe(0);
  });
});
