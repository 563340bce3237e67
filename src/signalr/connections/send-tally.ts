/** Why a message that waited was not sent. */
export type DropCause = 'expired' | 'conflated' | 'closed';

/** Where the sums go; called at most once per label and turn of the event loop. */
export interface SendMetrics {
  messagesSent(label: string, count: number): void;
  messagesDropped(label: string, cause: DropCause, count: number): void;
  bytesSent(bytes: number): void;
}

/**
 * Sums up what all connections sent and dropped in one turn of the event loop, because a metrics
 * call per delivery would cost more than the delivery. Bounded by the number of labels; emptied
 * by report().
 */
export class SendTally {
  readonly #sent = new Map<string, number>();
  readonly #dropped = new Map<DropCause, Map<string, number>>();
  #bytes = 0;

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
    this.#sent.clear();
    this.#dropped.clear();
    this.#bytes = 0;
  }
}
