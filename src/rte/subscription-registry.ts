import type { Directory } from '../directory/types.js';
import type { HubCaller } from '../signalr/index.js';
import { EVERY_ENTITY } from './event-pattern.js';
import { defaultSubscriptionLimits, type SubscriptionLimits } from './limits.js';
import type { RteMetrics } from './rte-metrics.js';
import type { RteUser } from './rte-user.js';
import { SubscriptionIndex } from './subscription-index.js';
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

/** What an item of Subscribe or Unsubscribe names. */
type Named = Pick<SubscriptionTarget, 'entityId' | 'eventName'>;

/** The subscriptions of a connection. */
interface Own {
  /** By what they are to, oldest first. */
  readonly all: Map<string, ActiveSubscription>;
  readonly wildcards: Set<ActiveSubscription>;
}

/**
 * All subscriptions, found by what they are to and by whose they are. Bounded by
 * its limit per connection and by the number of connections; a connection's subscriptions leave with it.
 */
export class SubscriptionRegistry {
  readonly #index = new SubscriptionIndex();
  readonly #byConnection = new Map<string, Own>();
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
      topics: this.#index.size,
      connections: this.#byConnection.size,
    };
  }

  /** Ids of the organizations whose users have subscriptions. Costs a walk over all connections. */
  organizations(): ReadonlySet<string> {
    const organizations = new Set<string>();
    for (const { all } of this.#byConnection.values()) {
      const [first] = all.values();
      if (first !== undefined) organizations.add(first.subscription.organizationId);
    }
    return organizations;
  }

  /**
   * Adds a subscription that the access policy allowed under `directory`. A second one to the same
   * changes nothing. Gives false when the connection has too many; one with wildcards is one.
   * @param since `EventHistory.place` now: what is told after it is delivered
   */
  subscribe(
    caller: HubCaller<RteUser>,
    target: SubscriptionTarget,
    directory: Directory,
    since = 0,
  ): boolean {
    const { connectionId } = caller;
    const key = keyOf(target);
    const own = this.#byConnection.get(connectionId) ?? { all: new Map(), wildcards: new Set() };
    if (own.all.has(key)) return true;
    if (own.all.size >= this.#perConnection) return false;
    const added = createActiveSubscription(caller, target, directory, since);
    this.#byConnection.set(connectionId, own);
    own.all.set(key, added);
    if (added.kind === 'wildcard') own.wildcards.add(added);
    this.#index.add(added);
    this.#changeCount(1);
    return true;
  }

  /** Removes a connection's subscription; one that isn't there is fine. */
  unsubscribe(connectionId: string, named: Named): void {
    const own = this.#byConnection.get(connectionId);
    const removed = own?.all.get(keyOf(named));
    if (own === undefined || removed === undefined) return;
    own.all.delete(keyOf(named));
    own.wildcards.delete(removed);
    if (own.all.size === 0) this.#byConnection.delete(connectionId);
    this.#index.remove(removed, own.wildcards);
    this.#changeCount(-1);
  }

  /** Removes all subscriptions of a connection. */
  unsubscribeAll(connectionId: string): void {
    const own = this.#byConnection.get(connectionId);
    if (!own) return;
    this.#byConnection.delete(connectionId);
    for (const removed of own.all.values()) this.#index.remove(removed, []);
    this.#changeCount(-own.all.size);
  }

  /** How many subscriptions a connection has. */
  countOf(connectionId: string): number {
    return this.#byConnection.get(connectionId)?.all.size ?? 0;
  }

  /** A connection's subscriptions, oldest first. */
  ofConnection(connectionId: string): readonly Subscription[] {
    const own = this.#byConnection.get(connectionId)?.all.values() ?? [];
    return Array.from(own, ({ subscription }) => subscription);
  }

  /** The subscription through which a connection gets an event; undefined when it does not. */
  find({ connectionId, user }: HubCaller<RteUser>, topic: Topic): ActiveSubscription | undefined {
    return this.#index.find(connectionId, user.organizationId, topic);
  }

  /** The place in the history since which a connection has been sent a topic's events. */
  sentSince(connectionId: string, topic: Topic): number {
    const own = this.#byConnection.get(connectionId);
    let since = own?.all.get(keyOf(topic))?.since ?? Number.POSITIVE_INFINITY;
    for (const wildcard of own?.wildcards ?? []) {
      if (covers(wildcard, topic)) since = Math.min(since, wildcard.since);
    }
    return since;
  }

  /** What a connection is subscribed to, oldest first. */
  targetsOf(connectionId: string): readonly SubscriptionTarget[] {
    return this.ofConnection(connectionId).map(({ organizationId, entityId, eventType }) => ({
      organizationId,
      entityId,
      eventName: eventType,
    }));
  }

  /** The subscriptions of all connections that an event of the organization is for. */
  ofEvent(organizationId: string, topic: Topic): Iterable<ActiveSubscription> {
    return this.#index.ofEvent(organizationId, topic);
  }

  #changeCount(by: number): void {
    this.#count += by;
    this.#metrics.subscriptions(this.#count);
  }
}

function covers({ names, subscription }: ActiveSubscription, topic: Topic): boolean {
  const { entityId } = subscription;
  const isOfEntity = entityId === EVERY_ENTITY || entityId === topic.entityId;
  return isOfEntity && names.includes(topic.eventName);
}

function keyOf({ entityId, eventName }: Named): string {
  return `${entityId} ${eventName}`;
}
