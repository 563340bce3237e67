import type { Buffer } from 'node:buffer';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { ClientOptions } from 'ws';
import { WebSocket } from 'ws';

const RS = '\u001e';
export const HANDSHAKE = `{"protocol":"json","version":1}${RS}`;

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One HTTP request as it stands: nothing is added to it. */
export async function http(
  method: string,
  url: string,
  headers: OutgoingHttpHeaders = { authorization: 'Bearer token-a' },
): Promise<RawAnswer> {
  const asking = request(url, { method, headers, agent: false }).end();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.once('response', resolve).once('error', reject);
  });
  const body = await buffer(answer);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    body: body.toString(),
  };
}

/** A WebSocket that keeps every record and frame it gets until the test asks for it. */
export class RawSocket {
  readonly #socket: WebSocket;
  readonly #records: string[] = [];
  readonly #waiting: ((record: string) => void)[] = [];
  /** Text and kind of each frame. */
  readonly frames: { readonly text: string; readonly binary: boolean }[] = [];
  readonly closed: Promise<number>;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, binary) => this.#received(data.toString(), binary));
    socket.on('error', () => {
      // The close event that follows carries what tests look at.
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
  }

  get extensions(): string {
    return this.#socket.extensions;
  }

  send(data: string | Uint8Array, options: { binary?: boolean; fin?: boolean } = {}): void {
    this.#socket.send(data, options);
  }

  /** The next hub message, without its separator. Fails when the socket closes before. */
  async next(): Promise<string> {
    const record = this.#records.shift();
    if (record !== undefined) return record;
    return Promise.race([
      new Promise<string>((resolve) => this.#waiting.push(resolve)),
      this.closed.then((code) => Promise.reject(new Error(`closed with ${code}`))),
    ]);
  }

  close(code?: number): Promise<number> {
    this.#socket.close(code);
    return this.closed;
  }

  /** Reads nothing more. */
  pause(): void {
    this.#socket.pause();
  }

  /** The network is gone without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  #received(text: string, binary: boolean): void {
    this.frames.push({ text, binary });
    for (const record of text.split(RS).slice(0, -1)) {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#records.push(record);
      else waiting(record);
    }
  }
}

/** Opens a WebSocket, or gives the status with which it was refused. */
export async function upgrade(
  url: string,
  headers: Record<string, string> = { authorization: 'Bearer token-a' },
  options: ClientOptions = {},
): Promise<RawSocket | RawAnswer> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { ...options, headers });
  const raw = new RawSocket(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(raw));
    socket.once('unexpected-response', (_request, { statusCode, headers: got }) => {
      socket.terminate();
      resolve({ status: statusCode ?? 0, headers: got, body: '' });
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
export async function connect(url: string): Promise<RawSocket> {
  const socket = await open(url);
  socket.send(HANDSHAKE);
  const answer = await socket.next();
  if (answer !== '{}') throw new Error(`The handshake was answered with ${answer}.`);
  return socket;
}

/** A hub call as text. */
export function call(target: string, args: readonly unknown[], invocationId?: string): string {
  return JSON.stringify({ type: 1, invocationId, target, arguments: args }) + RS;
}
