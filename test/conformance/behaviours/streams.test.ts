import { describe, expect } from 'vitest';
import { call, record } from '../raw/records.js';
import type { RawSocket } from '../raw/web-socket.js';
import { connect } from '../raw/web-socket.js';
import { ofHub, useTarget } from '../target/behaviour.js';
import { watch } from '../target/watcher.js';
import { textLike } from '../target/expectations.js';

useTarget();

const stream = (target: string, args: readonly unknown[], invocationId: string) =>
  record({ type: 4, invocationId, target, arguments: args });
const item = (invocationId: string, value: unknown) =>
  record({ type: 2, invocationId, item: value });
const upload = (target: string, args: readonly unknown[], streamIds: readonly string[]) =>
  record({ type: 1, invocationId: '1', target, arguments: args, streamIds });

async function nextObject(socket: RawSocket): Promise<unknown> {
  return JSON.parse(await socket.next());
}

/** Tells runs of a test apart for the watchers. */
const unique = (): string => crypto.randomUUID();

describe('streams to the client', () => {
  ofHub(82, 'items, then one Completion', async (hub) => {
    const socket = await connect(hub);
    socket.send(stream('StreamCount', [3], '1'));
    for (const n of [1, 2, 3]) {
      expect(await nextObject(socket)).toEqual({ type: 2, invocationId: '1', item: n });
    }
    expect(await nextObject(socket)).toEqual({ type: 3, invocationId: '1' });
    socket.cut();
  });

  ofHub(82, 'an error ends it without showing its text', async (hub) => {
    const socket = await connect(hub);
    socket.send(stream('StreamThrow', ['secret of the server'], '1'));
    expect(await nextObject(socket)).toMatchObject({ type: 2 });
    expect(await nextObject(socket)).toEqual({
      type: 3,
      invocationId: '1',
      error: 'An error occurred on the server while streaming results.',
    });
    socket.cut();
  });

  ofHub(83, 'cancelled: a Completion without error, and the producer cleans up', async (hub) => {
    const watcher = await watch(hub);
    const socket = await connect(hub);
    const name = unique();
    socket.send(stream('StreamEndless', [name], '1'));
    await socket.next();
    socket.send(record({ type: 5, invocationId: '1' }));
    let message = await nextObject(socket);
    while (JSON.stringify(message).startsWith('{"type":2')) message = await nextObject(socket);
    expect(message).toEqual({ type: 3, invocationId: '1' });
    await watcher.until('cleaned', name);
    socket.send(call('Echo', ['no further item'], '2'));
    expect(await nextObject(socket)).toMatchObject({ result: 'no further item' });
    socket.cut();
    watcher.stop();
  });

  ofHub(85, 'invoke() of a stream method and stream() of another have their texts', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('StreamCount', [1], '1'));
    expect(await nextObject(socket)).toMatchObject({
      error:
        "The client attempted to invoke the streaming 'StreamCount' method with a non-streaming invocation.",
    });
    socket.send(stream('Echo', [1], '2'));
    expect(await nextObject(socket)).toMatchObject({
      error:
        "The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.",
    });
    socket.cut();
  });

  ofHub(86, 'the id of a live stream may not be used again', async (hub) => {
    const socket = await connect(hub);
    socket.send(stream('StreamEndless', [unique()], '1'));
    await socket.next();
    socket.send(stream('StreamCount', [1], '1'));
    let text = await socket.next();
    while (text.startsWith('{"type":2')) text = await socket.next();
    expect(JSON.parse(text)).toEqual({
      type: 3,
      invocationId: '1',
      error: "Invocation ID '1' is already in use.",
    });
    socket.cut();
  });

  ofHub(82, 'calls are served while a stream runs', async (hub) => {
    const socket = await connect(hub);
    socket.send(stream('StreamEndless', [unique()], '1') + call('Echo', ['meanwhile'], '2'));
    let text = await socket.next();
    while (text.startsWith('{"type":2')) text = await socket.next();
    expect(JSON.parse(text)).toMatchObject({ invocationId: '2', result: 'meanwhile' });
    socket.cut();
  });
});

describe('streams to the server', () => {
  ofHub(87, 'the hub reads the items in order until the end', async (hub) => {
    const socket = await connect(hub);
    socket.send(upload('Upload', [], ['s']));
    const words = Array.from({ length: 50 }, (_, n) => `${n} `);
    for (const word of words) socket.send(item('s', word));
    socket.send(record({ type: 3, invocationId: 's' }));
    expect(await nextObject(socket)).toMatchObject({ invocationId: '1', result: words.join('') });
    socket.cut();
  });

  ofHub(87, 'an error in the stream reaches the hub', async (hub) => {
    const watcher = await watch(hub);
    const socket = await connect(hub);
    const name = unique();
    socket.send(upload('UploadWatched', [name], ['s']) + item('s', 'a'));
    socket.send(record({ type: 3, invocationId: 's', error: 'broke off' }));
    const [how] = await watcher.until('uploaded', name);
    expect(how).toContain('broke off');
    socket.cut();
    watcher.stop();
  });

  ofHub(87, 'an item of the wrong type ends only its stream', async (hub) => {
    const socket = await connect(hub);
    socket.send(upload('Upload', [], ['s']) + item('s', { not: 'a word' }));
    expect(await nextObject(socket)).toMatchObject({ invocationId: '1', error: textLike(/./) });
    socket.send(call('Echo', [1], '2'));
    expect(await nextObject(socket)).toMatchObject({ invocationId: '2', result: 1 });
    socket.cut();
  });

  for (const streamIds of [[], ['a', 'b']]) {
    ofHub(89, `${streamIds.length} streams for one is an error of the call`, async (hub) => {
      const socket = await connect(hub);
      socket.send(upload('Upload', [], streamIds));
      expect(await nextObject(socket)).toMatchObject({
        invocationId: '1',
        error: `An unexpected error occurred invoking 'Upload' on the server. HubException: Client sent ${streamIds.length} stream(s), Hub method expects 1.`,
      });
      socket.cut();
    });
  }

  ofHub(90, 'a disconnect cancels the streams of the connection', async (hub) => {
    const watcher = await watch(hub);
    const socket = await connect(hub);
    const name = unique();
    socket.send(stream('StreamEndless', [name], '1'));
    await socket.next();
    socket.cut();
    expect(await watcher.until('cleaned', name)).toEqual([]);
    watcher.stop();
  });

  ofHub(90, 'a disconnect rejects who reads an upload', async (hub) => {
    const watcher = await watch(hub);
    const socket = await connect(hub);
    const name = unique();
    socket.send(upload('UploadWatched', [name], ['s']) + item('s', 'a'));
    await watcher.until('reading', name);
    socket.cut();
    const [how] = await watcher.until('uploaded', name);
    expect(how).not.toBe('whole');
    watcher.stop();
  });
});
