import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import type { TransferFormat } from '../../protocol/hub-protocol.js';
import type { Answer } from '../answers.js';
import { sendAnswer } from '../answers.js';
import { SendQueue } from './send-queue.js';
import type { StartingTransport, TransportListener } from './transport.js';

/** A GET, and the headers of every answer to it, e.g. for CORS. */
export interface Poll {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LongPollingParts {
  /** Milliseconds on the heartbeat's clock. */
  readonly time: () => number;
  /** A poll that finds nothing is answered empty after this long. */
  readonly pollTimeoutMs: number;
  /** Without a poll for this long, the client is gone. */
  readonly disconnectTimeoutMs: number;
  readonly maximumWaitingPosts: number;
}

const NO_CACHE = {
  'Cache-Control': 'no-cache, no-store',
  Pragma: 'no-cache',
  Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
};
const EMPTY: Answer = { status: 200, body: '', headers: NO_CACHE };
/** Tells a client that the connection has ended. */
const ENDED: Answer = { status: 204, body: '', headers: NO_CACHE };

/**
 * Sends by answering polls; what the client sends comes by POSTs. Between polls nothing is taken
 * from the outbound queue, where messages can still be conflated.
 */
export class LongPollingTransport implements StartingTransport {
  readonly name = 'LongPolling';
  readonly formats: readonly TransferFormat[] = ['text', 'binary'];
  readonly inherentKeepAlive = true;
  readonly sends: SendQueue;
  readonly #parts: LongPollingParts;
  #listener: TransportListener | undefined;
  #held: (Poll & { readonly since: number }) | undefined;
  /** Written while no poll was held: the answer to the handshake, or to a poll it came before. */
  #unsent: Uint8Array | undefined;
  /** Answers on their way. */
  #leaving = 0;
  #polledAt: number;
  #started = false;
  #gone = false;

  constructor(parts: LongPollingParts) {
    this.#parts = parts;
    this.#polledAt = parts.time();
    this.sends = new SendQueue(parts.maximumWaitingPosts);
  }

  get writable(): boolean {
    return this.#held !== undefined && this.#unsent === undefined;
  }

  get congested(): boolean {
    return this.#leaving > 0;
  }

  get heldBytes(): number {
    return this.#unsent?.length ?? 0;
  }

  attach(listener: TransportListener): void {
    this.#listener = listener;
  }

  /** Answers a GET now or later. The first tells the client that the transport works. */
  poll(poll: Poll): void {
    this.#release(ENDED);
    if (!this.#started) {
      this.#started = true;
      this.#answer(poll, EMPTY);
      return;
    }
    this.#hold(poll);
    const payload = this.#unsent;
    if (payload === undefined) {
      this.#listener?.drained();
    } else {
      this.#unsent = undefined;
      this.write(payload);
    }
  }

  /** The client has said that it leaves. */
  delete(): void {
    this.#end(undefined);
  }

  /** The body of a POST, whose turn it is. */
  receive(body: Uint8Array): void {
    this.#listener?.received(body);
  }

  write(payload: Uint8Array): void {
    const contentType = 'application/octet-stream';
    if (this.#release({ status: 200, contentType, body: payload, headers: NO_CACHE })) return;
    this.#unsent = this.#unsent === undefined ? payload : Buffer.concat([this.#unsent, payload]);
  }

  pause(): void {
    this.sends.pause();
  }

  resume(): void {
    this.sends.resume();
  }

  tick(time: number): void {
    const { pollTimeoutMs, disconnectTimeoutMs } = this.#parts;
    if (this.#held !== undefined) {
      if (time - this.#held.since >= pollTimeoutMs) this.#release(EMPTY);
    } else if (time - this.#polledAt > disconnectTimeoutMs) {
      this.#end(new Error(`The client has not polled for ${disconnectTimeoutMs} ms.`));
    }
  }

  /** Called while a poll is held: it is told. */
  close(): void {
    this.#end(undefined);
  }

  terminate(): void {
    this.#end(new Error('Long Polling was terminated.'));
  }

  #hold(poll: Poll): void {
    this.#held = { ...poll, since: this.#parts.time() };
    poll.response.once('close', () => {
      // The client let go of it; answered polls are not held any more.
      if (this.#held?.response !== poll.response) return;
      this.#held = undefined;
      this.#polledAt = this.#parts.time();
    });
  }

  /** Answers the poll that is held. @returns false when there is none */
  #release(answer: Answer): boolean {
    const held = this.#held;
    if (held === undefined || held.response.destroyed) return false;
    this.#held = undefined;
    this.#answer(held, answer);
    return true;
  }

  #answer({ response, headers }: Poll, answer: Answer): void {
    this.#polledAt = this.#parts.time();
    this.#leaving += 1;
    response.once('close', () => {
      this.#leaving -= 1;
    });
    sendAnswer(response, answer, headers);
  }

  #end(error: Error | undefined): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#release(ENDED);
    this.sends.resume();
    this.#listener?.closed(error);
  }
}
