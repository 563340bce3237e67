import type { Stage } from './stage.js';

interface Message {
  readonly body: Uint8Array;
}

/** The hub's durable queue: it keeps every message until a hub has acknowledged it. */
export class Broker {
  /** In the order in which they were published. */
  readonly #kept = new Set<Message>();
  #hub: Stage | undefined;

  publish(body: Uint8Array): void {
    const message = { body };
    this.#kept.add(message);
    this.#deliver(message);
  }

  /** A hub reads from now on: first what is left, then what comes. */
  connect(hub: Stage): void {
    this.#hub = hub;
    for (const message of this.#kept) this.#deliver(message);
    hub.connected();
  }

  /** Nobody reads until the next one connects. */
  disconnect(): void {
    this.#hub?.disconnected();
    this.#hub = undefined;
  }

  #deliver(message: Message): void {
    this.#hub?.deliver(message.body, () => this.#kept.delete(message));
  }
}
