import type { OutboundEntry, SendCounts } from './outbound-queue.js';
import { join, OutboundQueue } from './outbound-queue.js';
import type { SendTally } from './send-tally.js';
import { UnacknowledgedMessages } from './unacknowledged-messages.js';

export interface OutboxLimits {
  readonly maximumOutboundBytes: number;
  /** Most bytes joined in one write, so that entries behind them can still be conflated. */
  readonly maximumWriteBytes: number;
  readonly statefulReconnectBufferSize: number;
}

/**
 * What a connection has to send: what waits and may still be conflated or expire; and, when it is
 * stateful, what has been written, and so numbered, but not acknowledged.
 */
export class Outbox {
  readonly #limits: OutboxLimits;
  readonly #tally: SendTally;
  readonly #queue: OutboundQueue;
  #unacknowledged: UnacknowledgedMessages | undefined;

  constructor(limits: OutboxLimits, tally: SendTally) {
    this.#limits = limits;
    this.#tally = tally;
    this.#queue = new OutboundQueue(limits.maximumOutboundBytes);
  }

  /** Bytes not written yet. */
  get queuedBytes(): number {
    return this.#queue.bytes;
  }

  /** Messages not written yet. */
  get queuedMessages(): number {
    return this.#queue.size;
  }

  get counts(): SendCounts {
    return this.#queue.counts;
  }

  get unacknowledgedBytes(): number {
    return this.#unacknowledged?.bytes ?? 0;
  }

  /** Whether nothing more may be written until the peer acknowledges something. */
  get full(): boolean {
    return this.#unacknowledged?.room === 0;
  }

  /** Number of the first message that repeat() would give. */
  get firstUnacknowledged(): number {
    return this.#unacknowledged?.first ?? 1;
  }

  /** From now on. */
  keepUnacknowledged(): void {
    this.#unacknowledged = new UnacknowledgedMessages(this.#limits.statefulReconnectBufferSize);
  }

  acknowledge(number: number): void {
    this.#unacknowledged?.acknowledge(number);
  }

  /** `sequence` and all that is not acknowledged, joined. */
  repeat(sequence: Uint8Array): Uint8Array {
    const parts = [sequence, ...(this.#unacknowledged?.all() ?? [])];
    return join([{ parts, label: 'repeated' }]);
  }

  /**
   * @param heldBytes what the transport has taken but not yet handed to the network
   * @returns false, with nothing added, when the outbound bound would be passed
   */
  push(entry: OutboundEntry, heldBytes: number): boolean {
    return this.#queue.push(entry, heldBytes, this.#tally);
  }

  /** Adds an entry whatever the bound: for the Close message only. */
  pushUnbounded(entry: OutboundEntry): void {
    this.#queue.pushUnbounded(entry);
  }

  /** The next payload of whole messages, or undefined when none waits. @param now epoch ms */
  take(now: number): Uint8Array | undefined {
    const { maximumWriteBytes } = this.#limits;
    const unacknowledged = this.#unacknowledged;
    if (unacknowledged === undefined) return this.#queue.take(maximumWriteBytes, now, this.#tally);
    const most = Math.min(maximumWriteBytes, unacknowledged.room);
    const entries = this.#queue.takeEntries(most, now, this.#tally);
    if (entries.length === 0) return undefined;
    const payload = join(entries);
    unacknowledged.keep(entries, payload);
    return payload;
  }

  /** Drops what waits, because the connection ends. */
  clear(): void {
    this.#queue.clear(this.#tally);
  }
}
