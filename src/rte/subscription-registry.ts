import type { Directory } from '../directory/types.js';
import type { HubCaller } from '../signalr/index.js';
import type { RteEventName } from './events/event-catalogue.js';
import { defaultSubscriptionLimits, type SubscriptionLimits } from './limits.js';
import type { RteMetrics } from './rte-metrics.js';
import type { RteUser } from './rte-user.js';
import {
  createActiveSubscription,
  type ActiveSubscription,
  type Subscription,
  type SubscriptionTarget,
  type Topic,
} from './subscription.js';

interface RegistryOptions {
  readonly limits?: Pick<SubscriptionLimits, 'perConnection'>;
  readonly metrics: Pick<RteMetrics, 'subscriptions'>;
}

/**
 * All subscriptions, found by what they are to and by whose they are. Bounded by
 * its limit per connection and by the number of connections; a connection's subscriptions leave with it.
 */
export class SubscriptionRegistry {
  /** topic key -> connection id -> subscription */
  readonly #byTopic = new Map<string, Map<string, ActiveSubscription>>();
  /** connection id -> topic key -> subscription */
  readonly #byConnection = new Map<string, Map<string, ActiveSubscription>>();
  readonly #metrics: RegistryOptions['metrics'];
  readonly #perConnection: number;
  #count = 0;

  constructor({ metrics, limits = defaultSubscriptionLimits }: RegistryOptions) {
    this.#metrics = metrics;
    this.#perConnection = limits.perConnection;
  }

  /** How much is in the registry; all 0 when no connection has a subscription. */
  get sizes(): { subscriptions: number; topics: number; connections: number } {
    return {
      subscriptions: this.#count,
      topics: this.#byTopic.size,
      connections: this.#byConnection.size,
    };
  }

  /**
   * Adds a subscription that the access policy allowed under `directory`. A second one to the same
   * event of the same entity changes nothing. Gives false when the connection has too many.
   */
  subscribe(caller: HubCaller<RteUser>, target: SubscriptionTarget, directory: Directory): boolean {
    const { connectionId } = caller;
    const key = topicKey(target);
    const own = this.#byConnection.get(connectionId);
    if (own?.has(key)) return true;
    if ((own?.size ?? 0) >= this.#perConnection) return false;
    const added = createActiveSubscription(caller, target, directory);
    put(this.#byConnection, connectionId, key, added);
    put(this.#byTopic, key, connectionId, added);
    this.#changeCount(1);
    return true;
  }

  /** Removes a connection's subscription; one that isn't there is fine. */
  unsubscribe(connectionId: string, topic: Topic): void {
    const key = topicKey(topic);
    if (!this.#byConnection.get(connectionId)?.has(key)) return;
    take(this.#byConnection, connectionId, key);
    take(this.#byTopic, key, connectionId);
    this.#changeCount(-1);
  }

  /** Removes all subscriptions of a connection. */
  unsubscribeAll(connectionId: string): void {
    const own = this.#byConnection.get(connectionId);
    if (!own) return;
    this.#byConnection.delete(connectionId);
    for (const key of own.keys()) take(this.#byTopic, key, connectionId);
    this.#changeCount(-own.size);
  }

  /** A connection's subscriptions, oldest first. */
  ofConnection(connectionId: string): readonly Subscription[] {
    const own = this.#byConnection.get(connectionId)?.values() ?? [];
    return Array.from(own, ({ subscription }) => subscription);
  }

  /** A connection's subscription to an event of an entity; undefined when it has none. */
  find(connectionId: string, topic: Topic): ActiveSubscription | undefined {
    return this.#byConnection.get(connectionId)?.get(topicKey(topic));
  }

  /** The subscriptions of all connections to an event of an entity. */
  ofTopic(topic: Topic): Iterable<ActiveSubscription> {
    return this.#byTopic.get(topicKey(topic))?.values() ?? [];
  }

  #changeCount(by: number): void {
    this.#count += by;
    this.#metrics.subscriptions(this.#count);
  }
}

function topicKey({ entityId, eventName }: { entityId: string; eventName: RteEventName }): string {
  return `${entityId} ${eventName}`;
}

function put<Value>(
  index: Map<string, Map<string, Value>>,
  outer: string,
  inner: string,
  value: Value,
): void {
  const entries = index.get(outer);
  if (entries) entries.set(inner, value);
  else index.set(outer, new Map([[inner, value]]));
}

/** Removes an entry, and the map that held it when that was its last one. */
function take(index: Map<string, Map<string, unknown>>, outer: string, inner: string): void {
  const entries = index.get(outer);
  entries?.delete(inner);
  if (entries?.size === 0) index.delete(outer);
}
