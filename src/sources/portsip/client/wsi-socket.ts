import { WebSocket, type RawData } from 'ws';
import { jittered, LIMITS } from './limits.js';
import type { Timers } from './timers.js';

/** What a socket tells. `onEnd` comes once, last, and not after `close`. */
export interface SocketListener {
  onOpen(): void;
  onText(text: string): void;
  /** @param problem why, for operators */
  onEnd(problem: string): void;
}

/** An open or opening connection to a PBX. */
export interface WsiSocket {
  /** Sends a text; one that can't be sent ends the connection. */
  send(text: string): void;
  /** Lets go of the connection; nothing is told after it. */
  close(): void;
}

export interface SocketOptions {
  readonly url: string;
  /** Whether a certificate is accepted that nobody vouches for. */
  readonly tlsInsecure: boolean;
  readonly timers: Timers;
  readonly random: () => number;
}

/** Opens a connection to `url` that notices by pings when its peer is gone. */
export type OpenSocket = (options: SocketOptions, listener: SocketListener) => WsiSocket;

/** Opens a WebSocket over TLS. Never throws: a fault is told by `onEnd`. */
export const openSocket: OpenSocket = (options, listener) => new TlsWebSocket(options, listener);

class TlsWebSocket implements WsiSocket {
  readonly #socket: WebSocket;
  readonly #options: SocketOptions;
  readonly #listener: SocketListener;
  #problem = '';
  #ended = false;
  #heardOfPeer = true;
  #cancelPing: () => void = () => undefined;

  constructor(options: SocketOptions, listener: SocketListener) {
    this.#options = options;
    this.#listener = listener;
    this.#socket = new WebSocket(options.url, {
      rejectUnauthorized: !options.tlsInsecure,
      handshakeTimeout: LIMITS.handshakeMs,
      maxPayload: LIMITS.maxMessageBytes,
      perMessageDeflate: false,
    });
    this.#socket.on('open', () => this.#open());
    this.#socket.on('message', (data) => this.#take(data));
    this.#socket.on('pong', () => {
      this.#heardOfPeer = true;
    });
    this.#socket.on('error', (error) => {
      this.#problem = problemOf(error);
    });
    this.#socket.on('close', (code, reason) => {
      const told = reason.length === 0 ? '' : `: ${reason.toString()}`;
      this.#end(this.#problem === '' ? `closed with ${code}${told}` : this.#problem);
    });
  }

  send(text: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#socket.bufferedAmount > LIMITS.maxUnsentBytes) {
      this.#giveUp('takes nothing that is sent to it');
      return;
    }
    this.#socket.send(text);
  }

  close(): void {
    this.#ended = true;
    this.#cancelPing();
    this.#socket.close(1000);
    // A peer that is gone would hold the closing handshake for 30 s.
    this.#socket.terminate();
  }

  #open(): void {
    this.#schedulePing();
    this.#listener.onOpen();
  }

  #take(data: RawData): void {
    if (this.#ended) return;
    this.#heardOfPeer = true;
    this.#listener.onText(textOf(data));
  }

  #schedulePing(): void {
    const { timers, random } = this.#options;
    this.#cancelPing = timers.after(jittered(LIMITS.pingMs, random), () => this.#ping());
  }

  #ping(): void {
    if (!this.#heardOfPeer) {
      this.#giveUp('did not answer a ping');
      return;
    }
    this.#heardOfPeer = false;
    this.#socket.ping();
    this.#schedulePing();
  }

  #giveUp(problem: string): void {
    this.#problem = problem;
    this.#socket.terminate();
    this.#end(problem);
  }

  #end(problem: string): void {
    this.#cancelPing();
    if (this.#ended) return;
    this.#ended = true;
    this.#listener.onEnd(problem);
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

/** What TLS says of a certificate that no known authority vouches for. */
const UNTRUSTED: ReadonlySet<unknown> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

function problemOf(error: Error): string {
  // Node gathers the failures of several addresses in an error that has no message of its own.
  const parts = error instanceof AggregateError ? error.errors.map(String) : [error.message];
  const problem = parts.join(', ');
  if (!('code' in error) || !UNTRUSTED.has(error.code)) return problem;
  return `${problem}: name its authority in NODE_EXTRA_CA_CERTS, or set PORTSIP_TLS_INSECURE=true to accept any certificate`;
}
