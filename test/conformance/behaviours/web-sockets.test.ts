import { Buffer } from 'node:buffer';
import { describe, expect } from 'vitest';
import { http, negotiated } from '../raw/http.js';
import { call, RS } from '../raw/records.js';
import { connect, open, upgrade } from '../raw/web-socket.js';
import { ofHub, useTarget } from '../target/behaviour.js';
import { watch } from '../target/watcher.js';

useTarget();

const result = (id: string, value: unknown) => ({ type: 3, invocationId: id, result: value });

describe('WebSockets', () => {
  ofHub(16, 'an upgrade with an unknown id is 404, without any 101', async (hub) => {
    expect(await upgrade(`${hub}?id=nope`)).toMatchObject({ status: 404 });
  });

  ofHub(26, 'an upgrade without id works', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('Echo', ['without id'], '1'));
    expect(JSON.parse(await socket.next())).toEqual(result('1', 'without id'));
    socket.cut();
  });

  ofHub(27, 'text and binary frames are both read', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('Echo', ['text'], '1'), { binary: false });
    expect(JSON.parse(await socket.next())).toEqual(result('1', 'text'));
    socket.send(Buffer.from(call('Echo', ['binary'], '2')), { binary: true });
    expect(JSON.parse(await socket.next())).toEqual(result('2', 'binary'));
    socket.cut();
  });

  ofHub(28, 'a message cut over three frames is understood', async (hub) => {
    const socket = await connect(hub);
    const bytes = Buffer.from(call('Echo', ['cut'], '1'));
    for (const [from, to] of [[0, 5], [5, 20], [20]]) socket.send(bytes.subarray(from, to));
    expect(JSON.parse(await socket.next())).toEqual(result('1', 'cut'));
    socket.send(bytes.subarray(0, 9), { fin: false });
    socket.send(bytes.subarray(9, 10), { fin: false });
    socket.send(bytes.subarray(10), { fin: true });
    expect(JSON.parse(await socket.next())).toEqual(result('1', 'cut'));
    socket.cut();
  });

  ofHub(29, 'a character may be cut, too', async (hub) => {
    const socket = await connect(hub);
    const bytes = Buffer.from(call('Echo', ['smørrebrød 🍞'], '1'));
    for (const byte of bytes) socket.send(Buffer.of(byte), { binary: true });
    expect(JSON.parse(await socket.next())).toEqual(result('1', 'smørrebrød 🍞'));
    socket.cut();
  });

  ofHub(30, 'ten messages in one frame are handled in order', async (hub) => {
    const socket = await connect(hub);
    const numbers = Array.from({ length: 10 }, (_, n) => n);
    socket.send(numbers.map((n) => call('Echo', [n], String(n))).join(''));
    for (const n of numbers) {
      expect(JSON.parse(await socket.next())).toEqual(result(String(n), n));
    }
    socket.cut();
  });

  ofHub(31, 'JSON goes out in text frames', async (hub) => {
    const socket = await connect(hub);
    socket.send(Buffer.from(call('Echo', [1], '1')), { binary: true });
    await socket.next();
    expect(socket.frames.map(({ binary }) => binary)).toEqual([false, false]);
    socket.cut();
  });

  ofHub(32, 'each outgoing WebSocket message ends where a hub message ends', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('CallBack', ['tick', 500], '1'));
    for (let n = 0; n < 501; n += 1) await socket.next();
    expect(socket.frames.every(({ bytes }) => bytes.toString().endsWith(RS))).toBe(true);
    socket.cut();
  });

  ofHub(33, 'a second socket on a live connection is 409', async (hub) => {
    const { url } = await negotiated(hub);
    const socket = await connect(url);
    expect(await upgrade(url)).toMatchObject({ status: 409 });
    socket.send(call('Echo', ['alive'], '1'));
    expect(JSON.parse(await socket.next())).toEqual(result('1', 'alive'));
    socket.cut();
  });

  ofHub(34, 'POST is 405', async (hub) => {
    const { url } = await negotiated(hub);
    const socket = await connect(url);
    expect((await http('POST', url, undefined, call('Void', []))).status).toBe(405);
    socket.cut();
  });

  ofHub(35, 'DELETE is 400', async (hub) => {
    const { url } = await negotiated(hub);
    const socket = await connect(url);
    expect((await http('DELETE', url)).status).toBe(400);
    socket.cut();
  });

  ofHub(36, 'the server ends with type 7, then close code 1000', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('Abort', []));
    expect(JSON.parse(await socket.next())).toMatchObject({ type: 7 });
    expect(await socket.closed).toBe(1000);
  });

  for (const how of ['cut', 'reset'] as const) {
    ofHub(37, `a TCP connection that is ${how} is a disconnect with an error`, async (hub) => {
      const watcher = await watch(hub);
      const { url, id } = await negotiated(hub);
      (await connect(url))[how]();
      expect(await watcher.until('disconnected', id)).toEqual([true]);
      watcher.stop();
    });
  }

  ofHub(38, 'compression is declined', async (hub) => {
    const socket = await upgrade(hub, undefined, { perMessageDeflate: true });
    expect(socket).toMatchObject({ extensions: '' });
    if ('cut' in socket) socket.cut();
  });

  ofHub(94, 'Close by the client is a disconnect without an error', async (hub) => {
    const watcher = await watch(hub);
    const { url, id } = await negotiated(hub);
    const socket = await connect(url);
    socket.send(`{"type":7}${RS}`);
    expect(await watcher.until('disconnected', id)).toEqual([false]);
    expect(await socket.closed).toBe(1000);
    watcher.stop();
  });

  ofHub(95, 'Abort is a bare Close', async (hub) => {
    const socket = await open(hub);
    socket.send(`{"protocol":"json","version":1}${RS}${call('Abort', [])}`);
    await socket.next();
    expect(await socket.next()).toBe('{"type":7}');
  });
});
