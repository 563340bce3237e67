import type { OutboundEntry } from './outbound-queue.js';

/**
 * What a stateful connection has sent and its client has not acknowledged (HubProtocol, "Stateful
 * reconnect"). Messages are numbered from 1, implicitly, in the order in which they are written;
 * pings, Close, Ack and Sequence have no number. Bounded: when it is full, sending waits.
 */
export class UnacknowledgedMessages {
  readonly #maximumBytes: number;
  /** Bounded by #maximumBytes, passed by at most one message. */
  #messages: Uint8Array[] = [];
  #bytes = 0;
  /** Number of the newest message sent. */
  #sent = 0;

  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  /** Number of the first message that would be sent again; the next new one if there is none. */
  get first(): number {
    return this.#sent - this.#messages.length + 1;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes that may be sent until an acknowledgement; zero when sending has to wait. */
  get room(): number {
    return Math.max(0, this.#maximumBytes - this.#bytes);
  }

  /** @param payload the entries' bytes, joined in their order */
  keep(entries: readonly OutboundEntry[], payload: Uint8Array): void {
    let at = 0;
    for (const { parts, unnumbered } of entries) {
      const start = at;
      for (const part of parts) at += part.length;
      if (unnumbered !== true) this.#add(payload.subarray(start, at));
    }
  }

  /** The client has everything up to this number. What was never sent can't be meant. */
  acknowledge(number: number): void {
    const count = Math.min(number, this.#sent) - this.first + 1;
    if (count <= 0) return;
    for (const message of this.#messages.splice(0, count)) this.#bytes -= message.length;
  }

  /** All that is left, in order. */
  all(): readonly Uint8Array[] {
    return this.#messages;
  }

  #add(message: Uint8Array): void {
    this.#messages.push(message);
    this.#bytes += message.length;
    this.#sent += 1;
  }
}
