import { Buffer } from 'node:buffer';
import type { SendTally } from './send-tally.js';

/** One whole hub message that waits to be written. */
export interface OutboundEntry {
  /** The message's bytes in order; joined only when written, so that big parts stay shared. */
  readonly parts: readonly Uint8Array[];
  /** Names the message in metrics. */
  readonly label: string;
  /** A waiting entry with the same key is replaced by this one, which goes to the end. */
  readonly conflationKey?: object | string | undefined;
  /** Epoch ms; still waiting then, the entry is dropped. */
  readonly expiresAt?: number | undefined;
  /** Epoch ms; how long it waited from then is counted. */
  readonly madeAt?: number | undefined;
  /** Not counted by stateful reconnect: pings, Close, Ack and Sequence. */
  readonly unnumbered?: boolean;
}

/** What became of the entries of a queue since it was made. */
export interface SendCounts {
  /** Handed to the transport. */
  readonly sent: number;
  /** Waited too long, or were left over at the end. */
  readonly dropped: number;
  /** Replaced by a newer entry of the same key. */
  readonly conflated: number;
}

interface Waiting {
  readonly entry: OutboundEntry;
  readonly bytes: number;
}

/**
 * What one connection has yet to send, oldest first; bounded in bytes by its owner's limit.
 * Entries of the same key are conflated; the newer one takes the newer place, so that a reader
 * never sees a state before an occurrence that preceded it.
 */
export class OutboundQueue {
  readonly #maxBytes: number;
  /** Keeps the order of insertion. The key is the conflation key, or the entry itself. */
  readonly #waiting = new Map<object | string, Waiting>();
  #bytes = 0;
  readonly #counts = { sent: 0, dropped: 0, conflated: 0 };

  /** @param maxBytes bound of the waiting bytes together with those that the transport holds */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** A copy. */
  get counts(): SendCounts {
    return { ...this.#counts };
  }

  /**
   * Adds an entry; a waiting one of the same key is dropped first.
   * @param heldBytes what the transport has taken but not yet handed to the network
   * @returns false, with nothing added, when the bound would be passed
   */
  push(entry: OutboundEntry, heldBytes: number, tally: SendTally): boolean {
    const key = entry.conflationKey ?? entry;
    const bytes = sizeOf(entry.parts);
    const older = entry.conflationKey === undefined ? undefined : this.#waiting.get(key);
    const freed = older?.bytes ?? 0;
    if (this.#bytes - freed + bytes + heldBytes > this.#maxBytes) return false;
    if (older !== undefined) {
      this.#waiting.delete(key);
      this.#counts.conflated += 1;
      tally.dropped(older.entry.label, 'conflated');
    }
    this.#waiting.set(key, { entry, bytes });
    this.#bytes += bytes - freed;
    return true;
  }

  /** Adds an entry whatever the bound: for the Close message and the handshake's answer only. */
  pushUnbounded(entry: OutboundEntry): void {
    const bytes = sizeOf(entry.parts);
    this.#waiting.set(entry, { entry, bytes });
    this.#bytes += bytes;
  }

  /**
   * Takes the oldest whole messages, joined, up to `maxBytes` (but at least one message).
   * @param now epoch ms; entries that expired by then are dropped
   * @returns undefined when nothing is left to write
   */
  take(maxBytes: number, now: number, tally: SendTally): Uint8Array | undefined {
    const batch: OutboundEntry[] = [];
    const total = this.#takeInto(batch, maxBytes, now, tally);
    return total === 0 ? undefined : joined(batch, total);
  }

  /** The same, not yet joined. */
  takeEntries(maxBytes: number, now: number, tally: SendTally): readonly OutboundEntry[] {
    const batch: OutboundEntry[] = [];
    this.#takeInto(batch, maxBytes, now, tally);
    return batch;
  }

  /** Drops all that waits, because the connection ends. */
  clear(tally: SendTally): void {
    for (const { entry } of this.#waiting.values()) tally.dropped(entry.label, 'closed');
    this.#counts.dropped += this.#waiting.size;
    this.#waiting.clear();
    this.#bytes = 0;
  }

  /** @returns the bytes taken */
  #takeInto(batch: OutboundEntry[], maxBytes: number, now: number, tally: SendTally): number {
    let total = 0;
    for (const [key, { entry, bytes }] of this.#waiting) {
      const expired = entry.expiresAt !== undefined && entry.expiresAt <= now;
      if (!expired && total > 0 && total + bytes > maxBytes) break;
      this.#waiting.delete(key);
      this.#bytes -= bytes;
      if (expired) {
        this.#counts.dropped += 1;
        tally.dropped(entry.label, 'expired');
        continue;
      }
      batch.push(entry);
      total += bytes;
      this.#counts.sent += 1;
      tally.sent(entry.label, bytes);
      if (entry.madeAt !== undefined) tally.waited(now - entry.madeAt);
    }
    return total;
  }
}

function sizeOf(parts: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const part of parts) bytes += part.length;
  return bytes;
}

/** The bytes of all entries in order. */
export function join(batch: readonly OutboundEntry[]): Uint8Array {
  let total = 0;
  for (const { parts } of batch) total += sizeOf(parts);
  return joined(batch, total);
}

function joined(batch: readonly OutboundEntry[], total: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(total);
  let at = 0;
  for (const { parts } of batch) {
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return bytes;
}
