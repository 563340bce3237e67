import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { CONNECTIONS, userId, USERS } from './workload.js';

/** Every so often the bytes received are reported, in milliseconds. */
const REPORT_MS = 2;

const port = Number(process.argv[2]);
const subscribes = process.argv[3] === 'hub';

let received = 0;
let reported = 0;

/**
 * A WebSocket client that only counts payload bytes: parsing messages would make the clients, not
 * the server, the thing that is measured.
 */
async function open(): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.write(
    `GET /rte HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await reply(socket, '\r\n\r\n');
  send(socket, '{"protocol":"json","version":1}\u001e');
  await reply(socket, '{}\u001e');
  if (subscribes) {
    const items = Array.from({ length: USERS }, (_, index) => ({
      EntityId: userId(index),
      EventName: 'UserStatus',
    }));
    const call = { type: 1, invocationId: '1', target: 'Subscribe', arguments: [items] };
    send(socket, `${JSON.stringify(call)}\u001e`);
    await reply(socket, '\u001e');
  }
  socket.on('data', (chunk) => {
    received += payloadBytes(socket, chunk);
  });
}

/** Resolves when the text that ends a reply has come; nothing else is sent before it. */
async function reply(socket: Socket, end: string): Promise<void> {
  let text = '';
  while (!text.endsWith(end)) {
    const arrived: unknown[] = await once(socket, 'data');
    const [chunk] = arrived;
    if (Buffer.isBuffer(chunk)) text += chunk.toString('latin1');
  }
}

/** A masked text frame of up to 64 KiB (RFC 6455, section 5.2), with the mask 0. */
function send(socket: Socket, text: string): void {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const header = Buffer.alloc(long ? 8 : 6);
  header[0] = 0x81;
  header[1] = 0x80 | (long ? 126 : payload.length);
  if (long) header.writeUInt16BE(payload.length, 2);
  socket.write(Buffer.concat([header, payload]));
}

interface FrameState {
  /** Payload bytes of the frame at hand that have not come yet. */
  open: number;
  /** A header that was cut in two. */
  head: Buffer;
}
const states = new WeakMap<Socket, FrameState>();

/** Counts payload only, so that headers of joined and single messages weigh nothing. */
function payloadBytes(socket: Socket, chunk: Buffer): number {
  const state = states.get(socket) ?? { open: 0, head: Buffer.alloc(0) };
  states.set(socket, state);
  let data = state.head.length > 0 ? Buffer.concat([state.head, chunk]) : chunk;
  state.head = Buffer.alloc(0);
  let bytes = 0;
  while (data.length > 0) {
    if (state.open === 0) {
      const header = headerOf(data);
      if (header === undefined) {
        state.head = Buffer.from(data);
        break;
      }
      state.open = header.payload;
      data = data.subarray(header.size);
    }
    const taken = Math.min(state.open, data.length);
    bytes += taken;
    state.open -= taken;
    data = data.subarray(taken);
  }
  return bytes;
}

function headerOf(data: Buffer): { size: number; payload: number } | undefined {
  const length = (data[1] ?? 0) & 0x7f;
  if (data.length < 2) return undefined;
  if (length < 126) return { size: 2, payload: length };
  if (length === 126) {
    return data.length < 4 ? undefined : { size: 4, payload: data.readUInt16BE(2) };
  }
  return data.length < 10 ? undefined : { size: 10, payload: Number(data.readBigUInt64BE(2)) };
}

process.on('disconnect', () => process.exit());
for (let count = 0; count < CONNECTIONS; count += 50) {
  await Promise.all(Array.from({ length: Math.min(50, CONNECTIONS - count) }, open));
}
setInterval(() => {
  if (received === reported) return;
  reported = received;
  process.send?.(received);
}, REPORT_MS);
