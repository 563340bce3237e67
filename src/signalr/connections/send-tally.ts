/** Why a message that waited was not sent. */
export type DropCause = 'expired' | 'conflated' | 'closed';

/** Where the sums go; called at most once per label and turn of the event loop. */
export interface SendMetrics {
  messagesSent(label: string, count: number): void;
  messagesDropped(label: string, cause: DropCause, count: number): void;
  bytesSent(bytes: number): void;
  /**
   * How long messages waited from their making to their write. `counts[n]` of them waited 2^n ms at
   * most and longer than those before; the last waited longer than 2^14 ms. The array is reused.
   */
  deliveriesWaited(counts: ArrayLike<number>, totalMs: number): void;
}

/** Up to 1 ms, up to 2, up to 4, … up to 16,384, and longer. */
const WAIT_CLASSES = 16;

/**
 * Sums up what all connections sent and dropped in one turn of the event loop, because a metrics
 * call per delivery would cost more than the delivery. Bounded by the number of labels; emptied
 * by report().
 */
export class SendTally {
  readonly #sent = new Map<string, number>();
  readonly #dropped = new Map<DropCause, Map<string, number>>();
  readonly #waits = new Uint32Array(WAIT_CLASSES);
  #waitedMs = 0;
  #hasWaits = false;
  #bytes = 0;

  /** A message leaves this long after it was made. */
  waited(milliseconds: number): void {
    // A clock that was set back must not count as an age.
    const waited = Math.max(0, milliseconds);
    const power = waited <= 1 ? 0 : 32 - Math.clz32(Math.ceil(waited) - 1);
    const index = Math.min(power, WAIT_CLASSES - 1);
    this.#waits[index] = (this.#waits[index] ?? 0) + 1;
    this.#waitedMs += waited;
    this.#hasWaits = true;
  }

  sent(label: string, bytes: number): void {
    this.#sent.set(label, (this.#sent.get(label) ?? 0) + 1);
    this.#bytes += bytes;
  }

  dropped(label: string, cause: DropCause): void {
    let counts = this.#dropped.get(cause);
    if (counts === undefined) this.#dropped.set(cause, (counts = new Map<string, number>()));
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }

  /** Hands the sums over and starts again from zero. */
  report(metrics: SendMetrics): void {
    for (const [label, count] of this.#sent) metrics.messagesSent(label, count);
    for (const [cause, counts] of this.#dropped) {
      for (const [label, count] of counts) metrics.messagesDropped(label, cause, count);
    }
    if (this.#bytes > 0) metrics.bytesSent(this.#bytes);
    if (this.#hasWaits) this.#reportWaits(metrics);
    this.#sent.clear();
    this.#dropped.clear();
    this.#bytes = 0;
  }

  #reportWaits(metrics: SendMetrics): void {
    metrics.deliveriesWaited(this.#waits, this.#waitedMs);
    this.#waits.fill(0);
    this.#waitedMs = 0;
    this.#hasWaits = false;
  }
}
