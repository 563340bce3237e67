import type { TransferFormat } from '../protocol/hub-protocol.js';
import type { FlushScheduler } from './flush-scheduler.js';
import type { OutboundEntry } from './outbound-queue.js';
import { OutboundQueue } from './outbound-queue.js';
import type { Transport, TransportListener } from './transports/transport.js';

/** What a connection is made with. */
export interface ConnectionParts<User> {
  readonly id: string;
  readonly user: User;
  /** Query of the connect request, names in lower case, without credentials. */
  readonly query: ReadonlyMap<string, string>;
  readonly transport: Transport;
  readonly flusher: FlushScheduler;
  /** Milliseconds on the heartbeat's clock. */
  readonly time: () => number;
  readonly limits: ConnectionLimits;
}

export interface ConnectionLimits {
  readonly maximumOutboundBytes: number;
  /** Most bytes joined in one write, so that entries behind them can still be conflated. */
  readonly maximumWriteBytes: number;
  readonly sendTimeoutMs: number;
  readonly closeTimeoutMs: number;
}

/** Who makes hub messages of a connection's bytes. */
export interface ConnectionOwner {
  received(chunk: Uint8Array): void;
  /** Every second; @param time ms on the heartbeat's clock */
  tick(time: number): void;
  /** A write has been blocked for longer than allowed; the connection was terminated. */
  stalled(): void;
  /** The transport has ended; nothing follows. */
  closed(error: Error | undefined): void;
}

/**
 * One client's connection below the hub protocol: its transport, its outbound queue, its orderly
 * end. Knows nothing of hub messages but their bytes.
 */
export class Connection<User> implements TransportListener {
  readonly id: string;
  readonly user: User;
  readonly query: ReadonlyMap<string, string>;
  readonly transport: Transport;
  /** Frame kind of what is written; set by the handshake. */
  format: TransferFormat = 'text';
  /** When something was last written, on the heartbeat's clock. */
  lastWriteAt: number;
  readonly #flusher: FlushScheduler;
  readonly #time: () => number;
  readonly #limits: ConnectionLimits;
  readonly #queue: OutboundQueue;
  #owner: ConnectionOwner | undefined;
  #onGone: (() => void) | undefined;
  #flushAsked = false;
  #blockedSince: number | undefined;
  #closing: { readonly code: 1000 | 1011; readonly since: number } | undefined;
  #gone = false;

  constructor(parts: ConnectionParts<User>) {
    this.id = parts.id;
    this.user = parts.user;
    this.query = parts.query;
    this.transport = parts.transport;
    this.#flusher = parts.flusher;
    this.#time = parts.time;
    this.#limits = parts.limits;
    this.#queue = new OutboundQueue(parts.limits.maximumOutboundBytes);
    this.lastWriteAt = parts.time();
  }

  /** Bytes waiting here and in the transport. */
  get outboundBytes(): number {
    return this.#queue.bytes + this.transport.heldBytes;
  }

  /** True while the peer takes nothing. */
  get blocked(): boolean {
    return this.#blockedSince !== undefined;
  }

  /** @param onGone called once, when the transport has ended: who keeps the connection forgets it */
  start(owner: ConnectionOwner, onGone: () => void): void {
    this.#owner = owner;
    this.#onGone = onGone;
  }

  /** Queues a message for the next flush. @returns false when the outbound bound is reached */
  enqueue(entry: OutboundEntry): boolean {
    if (this.#closing !== undefined || this.#gone) return true;
    if (!this.#queue.push(entry, this.transport.heldBytes, this.#flusher.tally)) return false;
    this.#askFlush();
    return true;
  }

  /** Writes a message now, in a transport message of its own: the handshake's answer. */
  writeNow(payload: Uint8Array): void {
    if (this.#closing !== undefined || this.#gone) return;
    this.#write(payload);
  }

  /**
   * Ends the connection in order: what waits (unless `discard`), then `last`, then the transport.
   * Whoever does not take it within the close time-out is cut off. Nothing is queued after it.
   */
  close(last: OutboundEntry | undefined, code: 1000 | 1011, discard = false): void {
    if (this.#closing !== undefined || this.#gone) return;
    if (discard) this.#queue.clear(this.#flusher.tally);
    if (last !== undefined) this.#queue.pushUnbounded(last);
    this.#closing = { code, since: this.#time() };
    this.#askFlush();
  }

  terminate(): void {
    this.transport.terminate();
  }

  /** Called by the heartbeat. */
  tick(time: number): void {
    const { sendTimeoutMs, closeTimeoutMs } = this.#limits;
    if (this.#closing !== undefined && time - this.#closing.since > closeTimeoutMs) {
      this.terminate();
    } else if (this.#blockedSince !== undefined && time - this.#blockedSince > sendTimeoutMs) {
      this.#owner?.stalled();
      this.terminate();
    } else {
      this.#owner?.tick(time);
    }
  }

  /** Called by the flush scheduler. */
  flush(now: number): void {
    this.#flushAsked = false;
    while (!this.#gone && this.transport.writable) {
      const payload = this.#queue.take(this.#limits.maximumWriteBytes, now, this.#flusher.tally);
      if (payload === undefined) {
        if (this.#closing !== undefined) this.transport.close(this.#closing.code);
        return;
      }
      this.#write(payload);
    }
    this.#blockedSince ??= this.#time();
  }

  received(chunk: Uint8Array): void {
    if (this.#closing === undefined) this.#owner?.received(chunk);
  }

  drained(): void {
    this.#blockedSince = undefined;
    if (this.#queue.size > 0 || this.#closing !== undefined) this.#askFlush();
  }

  closed(error: Error | undefined): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#queue.clear(this.#flusher.tally);
    this.#onGone?.();
    this.#owner?.closed(error);
  }

  #write(payload: Uint8Array): void {
    this.transport.write(payload, this.format);
    this.lastWriteAt = this.#time();
    if (!this.transport.writable) this.#blockedSince ??= this.lastWriteAt;
  }

  #askFlush(): void {
    // While the peer takes nothing, `drained` asks; until then entries can be conflated and expire.
    if (!this.transport.writable) this.#blockedSince ??= this.#time();
    if (this.#flushAsked || this.blocked) return;
    this.#flushAsked = true;
    this.#flusher.ask(this);
  }
}
