import type { TransferFormat } from '../protocol/hub-protocol.js';
import type { FlushScheduler } from './flush-scheduler.js';
import type { OutboundEntry, SendCounts } from './outbound-queue.js';
import type { Peer } from './peer.js';
import type { OutboxLimits } from './outbox.js';
import { Outbox } from './outbox.js';
import { ResumableWebSocket } from './transports/resumable-web-socket.js';
import type { Transport, TransportListener } from './transports/transport.js';

/** What a connection is made with. */
export interface ConnectionParts<User> {
  readonly id: string;
  readonly user: User;
  readonly peer: Peer;
  /** Query of the connect request, names in lower case, without credentials. */
  readonly query: ReadonlyMap<string, string>;
  readonly transport: Transport;
  readonly flusher: FlushScheduler;
  /** Milliseconds on the heartbeat's clock. */
  readonly time: () => number;
  readonly limits: ConnectionLimits;
}

export interface ConnectionLimits extends OutboxLimits {
  readonly sendTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly statefulReconnectWindowMs: number;
}

/** Who makes hub messages of a connection's bytes. */
export interface ConnectionOwner {
  received(chunk: Uint8Array): void;
  /** Every second while the peer is there; @param time ms on the heartbeat's clock */
  tick(time: number): void;
  /** The peer is back on a new socket, and what it sends begins anew; it is to be told by resend(). */
  replaced(): void;
  /** All that was queued is written. */
  drained(): void;
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
  readonly query: ReadonlyMap<string, string>;
  readonly transport: Transport;
  /** Frame kind of what is written; set by the handshake. */
  format: TransferFormat = 'text';
  /** When a request of the peer's was last seen, on the heartbeat's clock. */
  lastRequestAt: number;
  /** When something was last written, on the heartbeat's clock. */
  lastWriteAt: number;
  readonly #flusher: FlushScheduler;
  readonly #time: () => number;
  readonly #limits: ConnectionLimits;
  readonly #outbox: Outbox;
  #user: User;
  #peer: Peer;
  #owner: ConnectionOwner | undefined;
  #onGone: (() => void) | undefined;
  #flushAsked = false;
  #blockedSince: number | undefined;
  /** When the socket of a stateful connection was lost. */
  #droppedAt: number | undefined;
  #closing: { readonly code: 1000 | 1011; readonly since: number } | undefined;
  #gone = false;

  constructor(parts: ConnectionParts<User>) {
    this.id = parts.id;
    this.#user = parts.user;
    this.#peer = parts.peer;
    this.query = parts.query;
    this.transport = parts.transport;
    this.#flusher = parts.flusher;
    this.#time = parts.time;
    this.#limits = parts.limits;
    this.#outbox = new Outbox(parts.limits, parts.flusher.tally);
    this.lastWriteAt = parts.time();
    this.lastRequestAt = parts.time();
  }

  get user(): User {
    return this.#user;
  }

  /** Who was there when the transport began, or began anew. */
  get peer(): Peer {
    return this.#peer;
  }

  /** Bytes waiting here, in the transport, and for acknowledgement. */
  get outboundBytes(): number {
    const { queuedBytes, unacknowledgedBytes } = this.#outbox;
    return queuedBytes + this.transport.heldBytes + unacknowledgedBytes;
  }

  /** True from the decision to end it. */
  get ending(): boolean {
    return this.#closing !== undefined || this.#gone;
  }

  /** Bytes waiting here; drained() follows when none are left. */
  get queuedBytes(): number {
    return this.#outbox.queuedBytes;
  }

  /** Messages waiting here. */
  get queuedMessages(): number {
    return this.#outbox.queuedMessages;
  }

  /** What became of the messages that were queued. */
  get sendCounts(): SendCounts {
    return this.#outbox.counts;
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

  /** A later request of the same user may carry a newer token, and come from elsewhere. */
  renew(user: User, peer: Peer): void {
    this.#user = user;
    this.#peer = peer;
    this.lastRequestAt = this.#time();
  }

  /**
   * Keeps from now on what is written until it is acknowledged, so that the peer may come back on
   * another socket. @returns false where the transport can't be replaced
   */
  keepUnacknowledged(): boolean {
    if (!(this.transport instanceof ResumableWebSocket)) return false;
    this.transport.resumable = true;
    this.#outbox.keepUnacknowledged();
    return true;
  }

  /** Number of the first message that resend() would write. */
  get firstUnacknowledged(): number {
    return this.#outbox.firstUnacknowledged;
  }

  acknowledge(number: number): void {
    this.#outbox.acknowledge(number);
    if (this.#writable) this.drained();
  }

  /** Writes `sequence`, then all that is not acknowledged, ahead of what waits. */
  resend(sequence: Uint8Array): void {
    this.writeNow(this.#outbox.repeat(sequence));
    this.drained();
  }

  /** Queues a message for the next flush. @returns false when the outbound bound is reached */
  enqueue(entry: OutboundEntry): boolean {
    if (this.#closing !== undefined || this.#gone) return true;
    if (!this.#outbox.push(entry, this.transport.heldBytes)) return false;
    this.#askFlush();
    return true;
  }

  /** Writes now, in a transport message of its own: the handshake's answer, or what has no number. */
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
    if (discard) this.#outbox.clear();
    if (last !== undefined) this.#outbox.pushUnbounded(last);
    this.#closing = { code, since: this.#time() };
    if (this.#droppedAt === undefined) this.#askFlush();
    else this.terminate();
  }

  terminate(): void {
    this.transport.terminate();
  }

  /** Called by the heartbeat. */
  tick(time: number): void {
    const { sendTimeoutMs, closeTimeoutMs, statefulReconnectWindowMs } = this.#limits;
    if (this.#closing !== undefined && time - this.#closing.since > closeTimeoutMs) {
      this.terminate();
    } else if (this.#droppedAt !== undefined) {
      if (time - this.#droppedAt > statefulReconnectWindowMs) this.terminate();
    } else if (this.#stuck && time - (this.#blockedSince ?? time) > sendTimeoutMs) {
      this.#owner?.stalled();
      this.terminate();
    } else {
      this.transport.tick?.(time);
      this.#owner?.tick(time);
    }
  }

  /** Called by the flush scheduler. */
  flush(now: number): void {
    this.#flushAsked = false;
    while (!this.#gone && this.#writable) {
      const payload = this.#outbox.take(now);
      if (payload === undefined) {
        if (this.#closing !== undefined) this.transport.close(this.#closing.code);
        else this.#owner?.drained();
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
    if (this.#outbox.queuedBytes > 0 || this.#closing !== undefined) this.#askFlush();
    // The flush that wrote the rest could not say so: just then the peer took no more.
    else this.#owner?.drained();
  }

  dropped(): void {
    this.#droppedAt = this.#time();
    if (this.#closing !== undefined) this.terminate();
  }

  replaced(): void {
    this.#droppedAt = undefined;
    this.#owner?.replaced();
  }

  closed(error: Error | undefined): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#outbox.clear();
    this.#onGone?.();
    this.#owner?.closed(error);
  }

  /** An end must not wait for acknowledgements. */
  get #writable(): boolean {
    if (!this.transport.writable) return false;
    return !this.#outbox.full || this.#closing !== undefined;
  }

  /** Whether it is the peer's fault that nothing can be written. */
  get #stuck(): boolean {
    return this.transport.congested || this.#outbox.full;
  }

  #write(payload: Uint8Array): void {
    this.transport.write(payload, this.format);
    this.lastWriteAt = this.#time();
    if (!this.#writable) this.#blockedSince ??= this.lastWriteAt;
  }

  #askFlush(): void {
    // While the peer takes nothing, `drained` asks; until then entries can be conflated and expire.
    if (!this.#writable) this.#blockedSince ??= this.#time();
    if (this.#flushAsked || this.blocked) return;
    this.#flushAsked = true;
    this.#flusher.ask(this);
  }
}
