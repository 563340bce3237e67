import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HubUnderTest } from './hub-under-test.js';
import { startHub } from './hub-under-test.js';
import { call, connect, HANDSHAKE, open, upgrade } from './raw-client.js';

const RS = '\u001e';
const CLOSED_WITH_ERROR =
  '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}';
/** An Echo call of exactly so many bytes. */
function ofSize(size: number, id: string): string {
  return call('Echo', ['x'.repeat(size - call('Echo', [''], id).length)], id);
}

const result = (id: string, value: unknown) =>
  JSON.stringify({ type: 3, invocationId: id, result: value });

let hub: HubUnderTest;
let url: string;
beforeAll(async () => {
  hub = await startHub({ messageRate: { perSecond: Infinity, burst: Infinity } });
  url = `${hub.url}/hub`;
});
afterAll(() => hub.stop());

describe('WebSockets', () => {
  it('26, 38: an upgrade without id works; compression is declined', async () => {
    const socket = await upgrade(url, undefined, { perMessageDeflate: true });
    expect(socket).toMatchObject({ extensions: '' });
  });

  it('27, 31: text and binary frames are read, text is written', async () => {
    const socket = await connect(url);
    socket.send(call('Echo', ['text'], '1'), { binary: false });
    socket.send(Buffer.from(call('Echo', ['binary'], '2')), { binary: true });
    expect([await socket.next(), await socket.next()]).toEqual([
      result('1', 'text'),
      result('2', 'binary'),
    ]);
    expect(socket.frames.some((frame) => frame.binary)).toBe(false);
  });

  it('28, 29: a message may be cut over frames, inside a code point', async () => {
    const socket = await connect(url);
    const bytes = Buffer.from(call('Echo', ['æ'], '1'));
    const inside = bytes.indexOf('æ') + 1;
    socket.send(bytes.subarray(0, 5), { binary: false });
    socket.send(bytes.subarray(5, inside), { binary: false });
    socket.send(bytes.subarray(inside), { binary: false });
    expect(await socket.next()).toBe(result('1', 'æ'));
  });

  it('30, 32: ten messages in one frame are handled in order; frames hold whole messages', async () => {
    const socket = await connect(url);
    const numbers = Array.from({ length: 10 }, (_, n) => n);
    socket.send(numbers.map((n) => call('Echo', [n], String(n))).join(''));
    for (const n of numbers) expect(await socket.next()).toBe(result(String(n), n));
    expect(socket.frames.every((frame) => frame.text.endsWith(RS))).toBe(true);
  });

  it('36, 95: abort is a bare Close, then 1000', async () => {
    const socket = await connect(url);
    socket.send(call('Abort', []));
    expect(await socket.next()).toBe('{"type":7}');
    expect(await socket.closed).toBe(1000);
  });

  it.each([
    ['37: a cut connection', 'cut', 'The WebSocket was closed with status code 1006.'],
    ['94: Close by the client', 'say-close', undefined],
  ] as const)('%s', async (_name, how, error) => {
    const own = await startHub();
    const socket = await connect(`${own.url}/hub`);
    if (how === 'cut') socket.cut();
    else socket.send(`{"type":7}${RS}`);
    await expect.poll(() => own.ends.length).toBe(1);
    expect(own.ends).toEqual([error]);
    const nothing = { connections: 0, pendingNegotiations: 0, groups: 0, outboundBytes: 0 };
    await expect.poll(() => own.server.stats()).toEqual(nothing);
    await own.stop();
  });

  it('a WebSocket message over its bound is closed with 1009 and a log line that names the bound', async () => {
    const socket = await connect(url);
    socket.send(' '.repeat(262_145));
    expect(await socket.closed).toBe(1009);
    await expect.poll(() => hub.logLines.join()).toContain('maximumTransportMessageSize');
  });
});

describe('handshake', () => {
  it('58: is answered with exactly {} and the separator', async () => {
    const socket = await connect(url);
    expect(socket.frames).toEqual([{ text: `{}${RS}`, binary: false }]);
  });

  it('59: may be split, and followed by messages in the same payload', async () => {
    const socket = await open(url);
    socket.send(HANDSHAKE.slice(0, 7));
    socket.send(HANDSHAKE.slice(7) + call('Echo', [1], '1'));
    expect([await socket.next(), await socket.next()]).toEqual(['{}', result('1', 1)]);
  });

  it.each([
    ['{"protocol":"nope","version":1}', "The protocol 'nope' is not supported."],
    [
      '{"protocol":"json","version":9}',
      "The server does not support version 9 of the 'json' protocol.",
    ],
    ['garbage', 'An unexpected error occurred during connection handshake.'],
  ])('60, 62: %s is refused with its text and no Close', async (text, error) => {
    const socket = await open(url);
    socket.send(text + RS);
    expect(await socket.next()).toBe(JSON.stringify({ error }));
    expect(await socket.closed).toBe(1000);
    expect(socket.frames).toHaveLength(1);
  });
});

describe('hub protocol', () => {
  it.each([
    ['65: method names ignore case', call('eCHo', [1], '1'), result('1', 1)],
    [
      '67, 68: properties in any order, unknown ones skipped',
      `{"x":{},"arguments":[1],"invocationId":"1","target":"Echo","type":1}${RS}`,
      result('1', 1),
    ],
    ['69: an unknown type is dropped', `{"type":42}${RS}${call('Echo', [1], '1')}`, result('1', 1)],
    [
      '73: unknown method',
      call('Nope', [], '1'),
      `{"type":3,"invocationId":"1","error":"Unknown hub method 'Nope'"}`,
    ],
    [
      '73: no id, no answer',
      call('Nope', []) + call('Echo', ['sentinel'], '1'),
      result('1', 'sentinel'),
    ],
    [
      '74: the text of a HubError',
      call('Refuse', [], '1'),
      `{"type":3,"invocationId":"1","error":"An unexpected error occurred invoking 'Refuse' on the server. HubException: refused for a reason"}`,
    ],
    [
      '74: not that of another error',
      call('Crash', [], '1'),
      `{"type":3,"invocationId":"1","error":"An unexpected error occurred invoking 'Crash' on the server."}`,
    ],
    ['75: void', call('Nothing', [], '1'), '{"type":3,"invocationId":"1"}'],
    ['76: null', call('Echo', [null], '1'), result('1', null)],
    [
      '77: null members count as absent',
      `{"type":1,"headers":null,"streamIds":null,"invocationId":"1","target":"Echo","arguments":[1]}${RS}`,
      result('1', 1),
    ],
    [
      '78: an outgoing call has no invocationId',
      call('CallBack', ['hi', 1], '1'),
      '{"type":1,"target":"hi","arguments":[1]}',
    ],
    [
      '84: cancelling an unknown stream is harmless',
      `{"type":5,"invocationId":"9"}${RS}${call('Echo', [1], '1')}`,
      result('1', 1),
    ],
    [
      '88: orphan items are ignored',
      `{"type":2,"invocationId":"9","item":1}${RS}${call('Echo', [1], '1')}`,
      result('1', 1),
    ],
  ])('%s', async (_name, message, answer) => {
    const socket = await connect(url);
    socket.send(message);
    expect(await socket.next()).toBe(answer);
  });

  it.each(['{"target":"Echo"}', '{"type":1', '{"type":1,"target":5,"arguments":[]}', '[]'])(
    '70, 71: %s ends the connection with a reason',
    async (text) => {
      const socket = await connect(url);
      socket.send(text + RS);
      expect(await socket.next()).toBe(CLOSED_WITH_ERROR);
      expect(await socket.closed).toBe(1000);
    },
  );

  it('80, 81: 32,768 bytes pass, one more does not, and what came before is answered', async () => {
    const socket = await connect(url);
    socket.send(ofSize(32_768, '1') + call('Echo', [2], '2') + ofSize(32_769, '3'));
    expect(await socket.next()).toContain('"invocationId":"1"');
    expect(await socket.next()).toBe(result('2', 2));
    expect(await socket.next()).toBe(CLOSED_WITH_ERROR);
  });

  it('13: 10,000 queued calls are all answered, in order', async () => {
    const socket = await connect(url);
    for (let n = 0; n < 10_000; n += 1) socket.send(call('Echo', [n], String(n)));
    const first = await socket.next();
    let last = first;
    for (let n = 1; n < 10_000; n += 1) last = await socket.next();
    expect([first, last]).toEqual([result('0', 0), result('9999', 9_999)]);
  });
});

describe('a client that stops reading', () => {
  it('is ended when its queue is full; the others are served', async () => {
    const own = await startHub({ maximumOutboundBytes: 4_194_304, closeTimeoutMs: 500 });
    const stalled = await connect(`${own.url}/hub`);
    const reading = await connect(`${own.url}/hub`);
    stalled.pause();
    const big = 'x'.repeat(100_000);
    for (let n = 0; own.ends.length === 0; n += 1) {
      own.server.clients.all().send('big', n, big);
      expect(await reading.next()).toContain(`"arguments":[${n},`);
    }
    expect(own.ends).toEqual(['slow consumer']);
    await expect.poll(() => own.server.connectionCount).toBe(1);
    stalled.cut();
    await own.stop();
  });
});

describe('drain', () => {
  it('95: sends everybody away with leave to reconnect, and admits nobody', async () => {
    const own = await startHub();
    const sockets = [await connect(`${own.url}/hub`), await connect(`${own.url}/hub`)];
    const drained = own.server.drain({ withinMs: 5_000 });
    for (const socket of sockets) {
      expect(await socket.next()).toBe('{"type":7,"allowReconnect":true}');
      expect(await socket.closed).toBe(1000);
    }
    await drained;
    expect(own.server.connectionCount).toBe(0);
    expect(await upgrade(`${own.url}/hub`)).toMatchObject({ status: 503 });
    await own.stop();
  });
});
