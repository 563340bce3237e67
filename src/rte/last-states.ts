import { v7 as uuidV7 } from 'uuid';

import type { DirectoryHolder } from '../directory/types.js';
import type { HubCaller } from '../signalr/index.js';
import type { AccessAudit } from './access-audit.js';
import { createMessage, deliver, mayStillReceive } from './delivery.js';
import { findEntity } from './entities.js';
import type { RteEventBus } from './event-bus.js';
import type { RteEvent } from './events/create-event.js';
import type { RteEventName } from './events/event-catalogue.js';
import type { RteLogger } from './rte-logger.js';
import type { RteUser } from './rte-user.js';
import type { SubscriptionRegistry } from './subscription-registry.js';
import type { SubscriptionTarget, Topic } from './subscription.js';
import { coveredTopics } from './covered-topics.js';

/**
 * Messages sent in one go, some 130 kB: far below what may wait for a client (maximumOutboundBytes),
 * so that the states of a whole organization don't look like a client that is too slow.
 */
const STATES_IN_ONE_GO = 100;

/**
 * A state that is told without an event gets an id that sorts before those of all events: nobody
 * can resume from it, and who goes by the newest id passes over it.
 */
const BEFORE_ALL_EVENTS = { msecs: 0 };

interface LastStatesOptions {
  readonly bus: RteEventBus;
  /** The events whose last one is kept; each tells all there is to know of its entity. */
  readonly events: readonly RteEventName[];
  /** Those of them that are told whether or not somebody asks for snapshots. */
  readonly unasked: readonly RteEventName[];
  /** The state as it is now of an entity that had no event yet, if it has one. */
  readonly currentState: (topic: Topic) => RteEvent | undefined;
  readonly registry: Pick<SubscriptionRegistry, 'find'>;
  readonly directory: DirectoryHolder;
  readonly audit: Pick<AccessAudit, 'refused'>;
  readonly logger: RteLogger;
  /** Epoch milliseconds, on the same clock as the SignalR server's. */
  readonly now: () => number;
}

/** Which states somebody who has just subscribed is told. */
export interface Telling {
  /** All of them, or only those that everybody is told. */
  readonly snapshot: boolean;
  /** `LastStates.place` at the moment of the subscription: what came later was delivered already. */
  readonly since: number;
}

/** A state, and the place where it stands among all of them. */
interface Kept {
  readonly event: RteEvent;
  readonly place: number;
}

/**
 * The last event of some names about each entity, for those who have just subscribed: a state tells
 * all there is to know, so they need not wait for the next change. Kept of entities in the
 * directory only, so it has at most as many entries as these, times the names.
 */
export class LastStates {
  readonly #options: LastStatesOptions;
  readonly #names: ReadonlySet<RteEventName>;
  readonly #unasked: ReadonlySet<RteEventName>;
  /** By entity id and event name. */
  readonly #kept = new Map<string, Kept>();
  readonly #stops: readonly (() => void)[];
  #place = 0;

  constructor(options: LastStatesOptions) {
    this.#options = options;
    this.#names = new Set(options.events);
    this.#unasked = new Set(options.unasked);
    this.#stops = [
      options.bus.onEvent((event) => this.#keep(event)),
      options.directory.onChange(() => this.#forgetUnknown()),
    ];
  }

  /** States kept now. */
  get size(): number {
    return this.#kept.size;
  }

  /** How many states have come so far: where the newest of them stands. */
  get place(): number {
    return this.#place;
  }

  /** The last event of a topic, if one came and its entity is still in the directory. */
  find({ entityId, eventName }: Topic): RteEvent | undefined {
    return this.#kept.get(keyOf(entityId, eventName))?.event;
  }

  /**
   * Sends the last states of what a connection has just subscribed to and may have: the first of
   * them at once, the others as the client takes them. A state that was delivered meanwhile is not
   * sent again, and never an older one behind it. Never rejects.
   */
  async tell(
    caller: HubCaller<RteUser>,
    targets: Iterable<SubscriptionTarget>,
    telling: Telling,
  ): Promise<void> {
    const names = telling.snapshot ? this.#names : this.#unasked;
    let told = 0;
    for (const topic of coveredTopics(this.#options.directory.current, targets, names)) {
      if (!this.#tellOne(caller, topic, telling)) continue;
      told += 1;
      if (told % STATES_IN_ONE_GO === 0) await caller.whenDrained();
    }
  }

  /** Keeps nothing more. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#kept.clear();
  }

  /** @returns whether there was something to send */
  #tellOne(caller: HubCaller<RteUser>, topic: Topic, { since }: Telling): boolean {
    const { registry, directory, audit, logger, now } = this.#options;
    const active = registry.find(caller, topic);
    if (active === undefined) return false;
    if (!mayStillReceive(directory.current, active, topic, audit)) return false;
    const event = this.#eventOf(topic, since);
    if (event?.organizationId !== active.subscription.organizationId) return false;
    deliver(active, event, createMessage(event, now()), logger);
    return true;
  }

  #eventOf(topic: Topic, since: number): RteEvent | undefined {
    const kept = this.#kept.get(keyOf(topic.entityId, topic.eventName));
    if (kept === undefined) return this.#currentState(topic);
    return kept.place > since ? undefined : kept.event;
  }

  #currentState(topic: Topic): RteEvent | undefined {
    try {
      const event = this.#options.currentState(topic);
      return event && { ...event, data: { ...event.data, id: uuidV7(BEFORE_ALL_EVENTS) } };
    } catch (error) {
      this.#options.logger.error({ err: error, ...topic }, 'state not told');
      return undefined;
    }
  }

  #keep(event: RteEvent): void {
    if (!this.#names.has(event.name) || !this.#isKnown(event)) return;
    this.#place += 1;
    this.#kept.set(keyOf(event.entityId, event.name), { event, place: this.#place });
  }

  #forgetUnknown(): void {
    for (const [key, { event }] of this.#kept) if (!this.#isKnown(event)) this.#kept.delete(key);
  }

  #isKnown({ entityType: type, entityId: id }: RteEvent): boolean {
    return findEntity(this.#options.directory.current, { type, id }) !== undefined;
  }
}

function keyOf(entityId: string, name: RteEventName): string {
  return `${entityId} ${name}`;
}
