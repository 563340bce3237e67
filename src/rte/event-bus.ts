import type { RteEvent } from './events/create-event.js';
import type { RteLogger } from './rte-logger.js';

/** Is called with every event; has to return at once. */
type RteEventListener = (event: RteEvent) => void;

/**
 * The only way from those who make events to those who deliver them. In one process that is a
 * function call. With several hub nodes an implementation over a message broker takes its place;
 * it will also need to be told in which organizations this node has subscribers, so that it
 * fetches only their events, and to be asked for a snapshot of an organization when interest in
 * it begins. Nothing else may carry events, or those nodes would not get them.
 */
export interface RteEventBus {
  /** Hands the event to all listeners. Events of one entity stay in the order of the calls. */
  publish(event: RteEvent): void;
  /** Calls `listener` with each event from now on; the answer ends that. */
  onEvent(listener: RteEventListener): () => void;
}

/** The event bus of a single node. Listeners are parts of the process, so they are few. */
export class InProcessEventBus implements RteEventBus {
  readonly #listeners = new Set<RteEventListener>();
  readonly #logger: RteLogger;

  constructor(logger: RteLogger) {
    this.#logger = logger;
  }

  publish(event: RteEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        const { name, entityId } = event;
        this.#logger.error({ err: error, event: name, entityId }, 'event listener failed');
      }
    }
  }

  onEvent(listener: RteEventListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
