import { Buffer } from 'node:buffer';
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { decodeMulti, encode } from '@msgpack/msgpack';
import { describe, expect } from 'vitest';
import { RS } from '../raw/records.js';
import type { RawSocket } from '../raw/web-socket.js';
import { open } from '../raw/web-socket.js';
import { ofHub, useTarget } from '../target/behaviour.js';
import { textLike } from '../target/expectations.js';

useTarget({ protocol: 'messagepack' });

/** A message with its length before it, in base 128 with the low bits first. */
function framed(message: unknown): Buffer {
  const body = encode(message);
  const prefix: number[] = [];
  for (let rest = body.length; ; rest >>>= 7) {
    prefix.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return Buffer.concat([Buffer.from(prefix), body]);
}

/** The messages of a frame; lengths below 128 have one byte, and no test goes above two. */
function unframed(bytes: Buffer): unknown[] {
  const messages: unknown[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes.readUInt8(at);
    const two = first > 127;
    const length = two ? (first & 127) + bytes.readUInt8(at + 1) * 128 : first;
    const from = at + (two ? 2 : 1);
    messages.push(...decodeMulti(bytes.subarray(from, from + length)));
    at = from + length;
  }
  return messages;
}

async function connect(hub: string): Promise<RawSocket> {
  const socket = await open(hub);
  socket.send(`{"protocol":"messagepack","version":1}${RS}`);
  expect((await socket.binary.next()).toString()).toBe(`{}${RS}`);
  return socket;
}

async function answered(hub: string, sent: unknown, answer: unknown): Promise<void> {
  const socket = await connect(hub);
  socket.send(framed(sent));
  expect(unframed(await socket.binary.next())).toEqual([answer]);
  socket.cut();
}

const echo = (value: unknown) => [1, {}, '1', 'Echo', [value], []];
const result = (value: unknown) => [3, {}, '1', 3, value];

describe('what is accepted', () => {
  for (const [name, sent, answer] of [
    ['an invocation', echo('x'), result('x')],
    ['an invocation with nil for headers', [1, null, '1', 'Echo', ['x'], []], result('x')],
    ['a void one', [1, {}, '1', 'Void', [], []], [3, {}, '1', 2]],
    ['null', echo(null), result(null)],
    [
      'a binding error, which fails the call only',
      [1, {}, '1', 'Add', ['x', 'y'], []],
      [3, {}, '1', 1, textLike(/^Failed to invoke 'Add'/)],
    ],
  ] as const) {
    ofHub(96, name, (hub) => answered(hub, sent, answer));
  }

  ofHub(96, 'a stream, item by item', async (hub) => {
    const socket = await connect(hub);
    socket.send(framed([4, {}, '1', 'StreamCount', [2], []]));
    const messages: unknown[] = [];
    while (messages.length < 3) messages.push(...unframed(await socket.binary.next()));
    expect(messages).toEqual([
      [2, {}, '1', 1],
      [2, {}, '1', 2],
      [3, {}, '1', 2],
    ]);
    socket.cut();
  });

  ofHub(96, 'an unknown type is dropped', async (hub) => {
    const socket = await connect(hub);
    socket.send(Buffer.concat([framed([42, {}, 'x']), framed(echo(1))]));
    expect(unframed(await socket.binary.next())).toEqual([result(1)]);
    socket.cut();
  });

  ofHub(97, 'five elements of an invocation, two of a Close', async (hub) => {
    await answered(hub, [1, {}, '1', 'Echo', [5]], result(5));
    const socket = await connect(hub);
    socket.send(framed([7, null]));
    expect(await socket.closed).toBe(1000);
  });
});

describe('what is written', () => {
  ofHub(31, 'binary frames', async (hub) => {
    const socket = await connect(hub);
    socket.send(framed(echo(1)));
    await socket.binary.next();
    expect(socket.frames.every(({ binary }) => binary)).toBe(true);
    socket.cut();
  });

  ofHub(97, 'six elements of an invocation, three of a Close', async (hub) => {
    const socket = await connect(hub);
    socket.send(framed([1, {}, null, 'CallBack', ['tick', 1], []]));
    expect(unframed(await socket.binary.next())).toEqual([[1, {}, null, 'tick', [1], []]]);
    socket.send(framed([1, {}, null, 'Abort', [], []]));
    expect(unframed(await socket.binary.next())).toEqual([[7, null, false]]);
  });
});

describe('what closes the connection', () => {
  for (const [name, bytes] of [
    ['no array', framed('text')],
    ['an empty array', framed([])],
    ['a type that is no number', framed(['1', {}, '1', 'Echo', [1], []])],
    ['too few elements', framed([1, {}, '1'])],
    ['a target that is no text', framed([1, {}, '1', 5, [], []])],
    ['arguments that are no array', framed([1, {}, '1', 'Echo', 'x', []])],
    ['a length of six bytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0x01])],
    ['more elements than bytes', Buffer.from([0x05, 0xdd, 0xff, 0xff, 0xff, 0xff])],
    ['a reserved byte', Buffer.from([0x01, 0xc1])],
    ['more than 32 KiB', framed(echo('x'.repeat(32_768)))],
  ] as const) {
    ofHub(96, name, async (hub) => {
      const socket = await connect(hub);
      socket.send(bytes);
      expect(unframed(await socket.binary.next())).toEqual([
        [7, textLike(/^Connection closed with an error\./), true],
      ]);
      await socket.closed;
    });
  }
});

ofHub(98, 'values survive an echo with the official client', async (hub) => {
  const connection = new HubConnectionBuilder()
    .withUrl(hub, { accessTokenFactory: () => 'token-a', transport: HttpTransportType.WebSockets })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  await connection.start();
  for (const value of [
    Uint8Array.of(0, 1, 254, 255),
    new Date(1_700_000_000_123),
    null,
    { a: { b: { c: [1, [2, [3]]] } } },
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    1.5,
    'smørrebrød 🍞',
  ]) {
    expect(await connection.invoke('Echo', value)).toEqual(value);
  }
  await connection.stop();
});
