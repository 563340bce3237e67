import type { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import type { ClientOptions } from 'ws';
import { WebSocket } from 'ws';
import { ALICE } from './http.js';
import { HANDSHAKE, Inbox, RecordInbox } from './records.js';

export interface Frame {
  readonly bytes: Buffer;
  readonly binary: boolean;
}

/** What a refused upgrade was answered. */
export interface Refused {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A WebSocket that keeps every frame, and every record in them, until the test asks. */
export class RawSocket {
  readonly #socket: WebSocket;
  readonly records = new RecordInbox();
  readonly binary = new Inbox<Buffer>();
  /** All frames so far. */
  readonly frames: Frame[] = [];
  /** The code it was closed with. */
  readonly closed: Promise<number>;

  #tcp: Socket | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.once('upgrade', (response) => {
      this.#tcp = response.socket;
    });
    socket.on('message', (bytes: Buffer, binary) => {
      this.frames.push({ bytes, binary });
      if (binary) this.binary.put(bytes);
      else this.records.text(bytes.toString());
    });
    socket.on('error', () => {
      // The close event that follows carries what tests look at.
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code: number) => {
        this.records.end(`The WebSocket was closed with ${code}.`);
        this.binary.end(`The WebSocket was closed with ${code}.`);
        resolve(code);
      });
    });
  }

  get extensions(): string {
    return this.#socket.extensions;
  }

  send(data: string | Uint8Array, options: { binary?: boolean; fin?: boolean } = {}): void {
    this.#socket.send(data, options);
  }

  /** The next hub message, without its separator. */
  next(patienceMs?: number): Promise<string> {
    return this.records.next(patienceMs);
  }

  close(code?: number): Promise<number> {
    this.#socket.close(code);
    return this.closed;
  }

  /** Reads nothing more. */
  pause(): void {
    this.#socket.pause();
  }

  /** The peer is reset: what a crashed process leaves behind. */
  reset(): void {
    this.#tcp?.resetAndDestroy();
  }

  /** The network is gone without a word. */
  cut(): void {
    this.#socket.terminate();
  }
}

/** Opens a WebSocket, or tells how it was refused. */
export async function upgrade(
  url: string,
  headers: Record<string, string> = ALICE,
  options: ClientOptions = {},
): Promise<RawSocket | Refused> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), {
    perMessageDeflate: false,
    handshakeTimeout: 15_000,
    ...options,
    headers,
  });
  const raw = new RawSocket(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(raw));
    socket.once('unexpected-response', (request, { statusCode: status = 0, headers: got }) => {
      request.destroy();
      resolve({ status, headers: got });
    });
    socket.once('error', reject);
  });
}

/** Opens a WebSocket that must not be refused. */
export async function open(url: string, headers?: Record<string, string>): Promise<RawSocket> {
  const socket = await upgrade(url, headers);
  if (socket instanceof RawSocket) return socket;
  throw new Error(`The upgrade was refused with ${socket.status}.`);
}

/** Opens a WebSocket and shakes hands. */
export async function connect(url: string, headers?: Record<string, string>): Promise<RawSocket> {
  const socket = await open(url, headers);
  socket.send(HANDSHAKE);
  const answer = await socket.next();
  if (answer !== '{}') throw new Error(`The handshake was answered with ${answer}.`);
  return socket;
}
