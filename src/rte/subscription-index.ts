import { EVERY_ENTITY } from './event-pattern.js';
import type { RteEventName } from './events/event-catalogue.js';
import type { ActiveSubscription, Topic } from './subscription.js';

/** What a connection has at one place. */
type ByConnection = Map<string, ActiveSubscription>;

const NOBODY: ReadonlyMap<string, ActiveSubscription> = new Map();

/**
 * Finds the subscriptions that an event is for. Each stands at every topic that it names, and one
 * to every entity at the events of its organization; so an event is looked up at two places,
 * however many subscriptions there are. Of a connection's subscriptions only the most exact one
 * stands at a place, so that nothing is delivered twice.
 */
export class SubscriptionIndex {
  /** place -> connection id -> subscription */
  readonly #places = new Map<string, ByConnection>();

  /** How many places somebody has subscribed to. */
  get size(): number {
    return this.#places.size;
  }

  add(active: ActiveSubscription): void {
    const { connectionId } = active.caller;
    for (const place of placesOf(active)) {
      const there = this.#places.get(place);
      const known = there?.get(connectionId);
      if (known !== undefined && exactness(known) > exactness(active)) continue;
      if (there) there.set(connectionId, active);
      else this.#places.set(place, new Map([[connectionId, active]]));
    }
  }

  /** @param others of the connection that have wildcards and may take its places */
  remove(active: ActiveSubscription, others: Iterable<ActiveSubscription>): void {
    const { connectionId } = active.caller;
    for (const place of placesOf(active)) {
      const there = this.#places.get(place);
      if (there?.get(connectionId) !== active) continue;
      there.delete(connectionId);
      if (there.size === 0) this.#places.delete(place);
    }
    for (const other of others) if (scopeOf(other) === scopeOf(active)) this.add(other);
  }

  /** The subscription through which a connection gets an event; undefined when it does not. */
  find(
    connectionId: string,
    organizationId: string,
    { entityId, eventName }: Topic,
  ): ActiveSubscription | undefined {
    const exact = this.#at(entityId, eventName).get(connectionId);
    return exact ?? this.#at(everyEntityOf(organizationId), eventName).get(connectionId);
  }

  /** The subscriptions that an event is for, one of each connection. */
  ofEvent(organizationId: string, { entityId, eventName }: Topic): Iterable<ActiveSubscription> {
    const exact = this.#at(entityId, eventName);
    const every = this.#at(everyEntityOf(organizationId), eventName);
    return every.size === 0 ? exact.values() : exactFirst(exact, every);
  }

  #at(scope: string, name: RteEventName): ReadonlyMap<string, ActiveSubscription> {
    return this.#places.get(placeKey(scope, name)) ?? NOBODY;
  }
}

function* exactFirst(
  exact: ReadonlyMap<string, ActiveSubscription>,
  every: ReadonlyMap<string, ActiveSubscription>,
): Generator<ActiveSubscription> {
  yield* exact.values();
  for (const [connectionId, active] of every) if (!exact.has(connectionId)) yield active;
}

function placesOf(active: ActiveSubscription): readonly string[] {
  const scope = scopeOf(active);
  return active.names.map((name) => placeKey(scope, name));
}

function scopeOf({ subscription: { entityId, organizationId } }: ActiveSubscription): string {
  return entityId === EVERY_ENTITY ? everyEntityOf(organizationId) : entityId;
}

/** The more of the name a subscription says, the more exact it is at a place. */
function exactness({ subscription: { eventType }, names }: ActiveSubscription): number {
  return names.length === 1 && names[0] === eventType ? Number.POSITIVE_INFINITY : eventType.length;
}

function everyEntityOf(organizationId: string): string {
  return `${EVERY_ENTITY} ${organizationId}`;
}

function placeKey(scope: string, name: RteEventName): string {
  return `${scope} ${name}`;
}
