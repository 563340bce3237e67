import type { RteEventData, RteEventName } from '../rte/events/event-catalogue.js';
import { Listeners } from './listeners.js';
import { isRecord } from './records.js';
import type { Subscription } from './subscription.js';

/**
 * Called with what an event says, and the subscription through which it came. What it returns is
 * ignored, but a promise that rejects goes to `onError`.
 */
export type EventHandler<Name extends RteEventName> = (
  data: RteEventData<Name>,
  subscription: Subscription,
) => unknown;

/** A message of the hub. */
export interface ReceivedMessage {
  readonly data: { readonly eventType: string; readonly id: string; readonly timestamp: string };
  readonly subscription: Subscription;
}

/**
 * Reads what the hub sends as MessageReceived.
 * @returns undefined for what is no message of an event
 */
export function readMessage(given: unknown): ReceivedMessage | undefined {
  return isMessage(given) ? given : undefined;
}

/** The handlers of the application, by the name of the event. */
export class EventHandlers {
  /** By event name in lower case; at most one entry per event of the catalogue. */
  readonly #byName = new Map<string, Listeners<ReceivedMessage>>();
  readonly #any: Listeners<ReceivedMessage>;
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#any = new Listeners(onError);
  }

  on<Name extends RteEventName>(name: Name, handler: EventHandler<Name>): () => void {
    const key = name.toLowerCase();
    const listeners = this.#byName.get(key) ?? new Listeners<ReceivedMessage>(this.#onError);
    this.#byName.set(key, listeners);
    return listeners.add(({ data, subscription }) =>
      isEvent(data, name) ? handler(data, subscription) : undefined,
    );
  }

  onAny(handler: EventHandler<RteEventName>): () => void {
    return this.#any.add(({ data, subscription }) =>
      isAnyEvent(data) ? handler(data, subscription) : undefined,
    );
  }

  handle(message: ReceivedMessage): void {
    this.#byName.get(message.data.eventType.toLowerCase())?.tell(message);
    this.#any.tell(message);
  }
}

// The hub's own schemas make the data (src/rte/events); checking it again here would cost browsers
// the whole of zod. What is checked is which event it is.

function isEvent<Name extends RteEventName>(data: unknown, name: Name): data is RteEventData<Name> {
  return isAnyEvent(data) && data.eventType.toLowerCase() === name.toLowerCase();
}

function isAnyEvent(data: unknown): data is RteEventData<RteEventName> {
  return isRecord(data) && typeof data['eventType'] === 'string';
}

function isMessage(given: unknown): given is ReceivedMessage {
  if (!isRecord(given) || !isRecord(given['subscription'])) return false;
  const { data } = given;
  return (
    isRecord(data) &&
    typeof data['eventType'] === 'string' &&
    typeof data['id'] === 'string' &&
    typeof data['timestamp'] === 'string'
  );
}
