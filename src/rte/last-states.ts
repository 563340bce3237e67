import type { DirectoryHolder } from '../directory/types.js';
import type { AccessAudit } from './access-audit.js';
import { createMessage, deliver, mayStillReceive } from './delivery.js';
import { findEntity } from './entities.js';
import type { RteEventBus } from './event-bus.js';
import type { RteEvent } from './events/create-event.js';
import type { RteEventName } from './events/event-catalogue.js';
import type { RteLogger } from './rte-logger.js';
import type { SubscriptionRegistry } from './subscription-registry.js';
import type { SubscriptionTarget } from './subscription.js';

/** What names a state: its entity and its event. */
type Topic = Pick<SubscriptionTarget, 'entityId' | 'eventName'>;

interface LastStatesOptions {
  readonly bus: RteEventBus;
  /** The events whose last one is kept; events of the kind `state`. */
  readonly events: readonly RteEventName[];
  readonly registry: Pick<SubscriptionRegistry, 'find'>;
  readonly directory: DirectoryHolder;
  readonly audit: Pick<AccessAudit, 'refused'>;
  readonly logger: RteLogger;
  /** Epoch milliseconds, on the same clock as the SignalR server's. */
  readonly now: () => number;
}

/**
 * The last event of some names about each entity, for those who have just subscribed: a state tells
 * all there is to know, so they need not wait for the next change. Kept of entities in the
 * directory only, so it has at most as many entries as these, times the names.
 */
export class LastStates {
  readonly #options: LastStatesOptions;
  readonly #names: ReadonlySet<RteEventName>;
  /** By entity id and event name. */
  readonly #events = new Map<string, RteEvent>();
  readonly #stops: readonly (() => void)[];

  constructor(options: LastStatesOptions) {
    this.#options = options;
    this.#names = new Set(options.events);
    this.#stops = [
      options.bus.onEvent((event) => this.#keep(event)),
      options.directory.onChange(() => this.#forgetUnknown()),
    ];
  }

  /** States kept now. */
  get size(): number {
    return this.#events.size;
  }

  /** Sends the last state of each topic to a connection that is subscribed to it and may have it. */
  tell(connectionId: string, topics: readonly Topic[]): void {
    for (const topic of topics) {
      const event = this.#events.get(keyOf(topic.entityId, topic.eventName));
      if (event !== undefined) this.#tellOne(connectionId, topic, event);
    }
  }

  /** Keeps nothing more. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#events.clear();
  }

  #tellOne(connectionId: string, topic: Topic, event: RteEvent): void {
    const { registry, directory, audit, logger, now } = this.#options;
    const active = registry.find(connectionId, topic);
    if (active === undefined || !mayStillReceive(directory.current, active, audit)) return;
    if (event.organizationId !== active.subscription.organizationId) return;
    deliver(active, createMessage(event, now()), logger);
  }

  #keep(event: RteEvent): void {
    if (!this.#names.has(event.name) || !this.#isKnown(event)) return;
    this.#events.set(keyOf(event.entityId, event.name), event);
  }

  #forgetUnknown(): void {
    for (const [key, event] of this.#events) if (!this.#isKnown(event)) this.#events.delete(key);
  }

  #isKnown({ entityType: type, entityId: id }: RteEvent): boolean {
    return findEntity(this.#options.directory.current, { type, id }) !== undefined;
  }
}

function keyOf(entityId: string, name: RteEventName): string {
  return `${entityId} ${name}`;
}
