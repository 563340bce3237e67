import { assert, commands, constantFrom, modelRun, property, type Command } from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RteEventName } from '../../../src/rte/events/event-catalogue.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import { createDirectory, ids, organizationId } from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';

const perConnection = 3;
const directory = createDirectory();
const connectionIds = ['one', 'two', 'three'];
const topics = [ids.ann, ids.bob].flatMap((entityId) =>
  (['UserStatus', 'UserAvailability'] as const).map((eventName) => ({ entityId, eventName })),
);

interface Topic {
  readonly entityId: string;
  readonly eventName: RteEventName;
}

/** Connection id to what it is subscribed to: all that a registry has to know. */
type Model = Map<string, Set<Topic>>;

interface Real {
  readonly registry: SubscriptionRegistry;
  readonly metrics: RecordingMetrics;
}

type RegistryCommand = Command<Model, Real>;

function subscribersIn(model: Model, topic: Topic): string[] {
  return connectionIds.filter((id) => model.get(id)?.has(topic));
}

function expectAlike(model: Model, { registry, metrics }: Real): void {
  const all = topics.map((topic) => ({ topic, subscribers: subscribersIn(model, topic) }));
  for (const { topic, subscribers } of all) {
    const found = Array.from(registry.ofTopic(topic), ({ caller }) => caller.connectionId);
    expect(found.sort()).toEqual(subscribers.sort());
  }
  const connections = connectionIds.filter((id) => model.get(id)?.size).length;
  const subscriptions = all.reduce((sum, { subscribers }) => sum + subscribers.length, 0);
  const usedTopics = all.filter(({ subscribers }) => subscribers.length > 0).length;
  expect(registry.sizes).toEqual({ subscriptions, topics: usedTopics, connections });
  expect(metrics.subscriptionCount).toBe(subscriptions);
}

function subscribe(connectionId: string, topic: Topic): RegistryCommand {
  return {
    check: () => true,
    run: (model, real) => {
      const own = model.get(connectionId) ?? new Set();
      const isExpected = own.has(topic) || own.size < perConnection;
      if (isExpected) model.set(connectionId, own.add(topic));
      const caller = new FakeCaller('ann', connectionId);
      const target = { organizationId, ...topic };
      expect(real.registry.subscribe(caller, target, directory)).toBe(isExpected);
      expectAlike(model, real);
    },
    toString: () => `${connectionId} subscribes to ${topic.eventName} of ${topic.entityId}`,
  };
}

function unsubscribe(connectionId: string, topic: Topic): RegistryCommand {
  return {
    check: () => true,
    run: (model, real) => {
      model.get(connectionId)?.delete(topic);
      real.registry.unsubscribe(connectionId, topic);
      expectAlike(model, real);
    },
    toString: () => `${connectionId} unsubscribes from ${topic.eventName} of ${topic.entityId}`,
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
    const pairs = constantFrom(...connectionIds.flatMap((id) => topics.map((t) => ({ id, t }))));
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
