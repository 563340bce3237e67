import type { Buffer } from 'node:buffer';
import { encode } from '@msgpack/msgpack';
import { WebSocket } from 'ws';
import { call, RS } from '../../conformance/raw/records.js';

export type ProtocolName = 'json' | 'messagepack';

const SEPARATOR = 0x1e;

/** A connection that counts the hub messages it gets and looks at none of them. */
export class LoadClient {
  readonly #socket: WebSocket;
  readonly #protocol: ProtocolName;
  received = 0;
  /** Called after each frame. */
  onFrame: () => void = () => undefined;

  private constructor(socket: WebSocket, protocol: ProtocolName) {
    this.#socket = socket;
    this.#protocol = protocol;
  }

  /** Opens, shakes hands, and resolves with the answer to that. */
  static async connect(hub: string, protocol: ProtocolName = 'json'): Promise<LoadClient> {
    const socket = new WebSocket(hub.replace(/^http/, 'ws'), { perMessageDeflate: false });
    await event(socket, 'open');
    socket.send(`{"protocol":"${protocol}","version":1}${RS}`);
    await event(socket, 'message');
    const client = new LoadClient(socket, protocol);
    socket.on('message', (data: Buffer) => {
      client.received += protocol === 'json' ? countRecords(data) : countPrefixed(data);
      client.onFrame();
    });
    return client;
  }

  invoke(target: string, args: readonly unknown[], id: string | undefined): void {
    if (this.#protocol === 'json') this.#socket.send(call(target, args, id));
    else this.#socket.send(framed([1, {}, id ?? null, target, args, []]));
  }

  /** Resolves when so many messages have come since the connection was opened. */
  async until(count: number): Promise<void> {
    if (this.received >= count) return;
    await new Promise<void>((resolve) => {
      this.onFrame = () => {
        if (this.received >= count) resolve();
      };
    });
    this.onFrame = () => undefined;
  }

  stop(): void {
    this.#socket.terminate();
  }
}

function event(socket: WebSocket, name: 'open' | 'message'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(name, () => resolve());
    socket.once('error', reject);
  });
}

function countRecords(data: Buffer): number {
  let count = 0;
  for (let at = data.indexOf(SEPARATOR); at !== -1; at = data.indexOf(SEPARATOR, at + 1))
    count += 1;
  return count;
}

function countPrefixed(data: Buffer): number {
  let count = 0;
  for (let at = 0; at < data.length; count += 1) {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = data.readUInt8(at);
      at += 1;
      length += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += length;
  }
  return count;
}

function framed(message: unknown): Uint8Array {
  const body = encode(message);
  const prefix = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
  return Uint8Array.from([...prefix, ...body]);
}
