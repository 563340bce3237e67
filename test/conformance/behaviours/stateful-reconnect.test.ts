import { describe, expect } from 'vitest';
import { BOB, negotiate } from '../raw/http.js';
import { call, record, RS } from '../raw/records.js';
import type { RawSocket } from '../raw/web-socket.js';
import { open, upgrade } from '../raw/web-socket.js';
import { behaviour, ofHub, useTarget } from '../target/behaviour.js';
import { watch } from '../target/watcher.js';
import { HEARTBEAT_MS } from '../target/target.js';

useTarget();

/** Negotiates with stateful reconnect and shakes hands in version 2. */
async function stateful(hub: string): Promise<{ socket: RawSocket; url: string; id: string }> {
  const reply = await negotiate(hub, 'negotiateVersion=1&useStatefulReconnect=true');
  expect(reply.useStatefulReconnect).toBe(true);
  const url = `${hub}?id=${reply.connectionToken}`;
  const socket = await open(url);
  socket.send(`{"protocol":"json","version":2}${RS}`);
  expect(await socket.next()).toBe('{}');
  return { socket, url, id: reply.connectionId ?? '' };
}

/** The next message that is neither ping nor Ack. */
async function nextCounted(socket: RawSocket): Promise<unknown> {
  for (let skipped = 0; skipped < 5; skipped += 1) {
    const text = await socket.next(5_000);
    if (!/^\{"type":[68]\b/.test(text)) return JSON.parse(text);
  }
  throw new Error('Only pings and Acks came.');
}

/** Cuts a socket, and lets some requests pass so that the server has seen it go. */
async function lost(hub: string, socket: RawSocket): Promise<void> {
  socket.cut();
  for (let n = 0; n < 10; n += 1) await negotiate(hub);
}

const sequence = (sequenceId: number) => record({ type: 9, sequenceId });

describe('stateful reconnect', () => {
  ofHub(99, 'what came in is acknowledged within a few seconds', async (hub) => {
    const { socket } = await stateful(hub);
    socket.send(call('Echo', [1], '1') + call('Echo', [2], '2'));
    const texts = [await socket.next(), await socket.next(), await socket.next()];
    expect(texts.map((text): unknown => JSON.parse(text))).toContainEqual({
      type: 8,
      sequenceId: 2,
    });
    socket.cut();
  });

  ofHub(99, 'a new socket gets Sequence and what was not acknowledged, once', async (hub) => {
    const { socket, url } = await stateful(hub);
    socket.send(call('Echo', ['a'], '1') + call('Echo', ['b'], '2'));
    expect(await nextCounted(socket)).toMatchObject({ result: 'a' });
    expect(await nextCounted(socket)).toMatchObject({ result: 'b' });
    socket.send(record({ type: 8, sequenceId: 1 }));
    await lost(hub, socket);
    const again = await open(url);
    again.send(sequence(1));
    // The first call was handled already: it is dropped by its number. The third is new.
    again.send(call('Echo', ['a'], '1') + call('Echo', ['b'], '2') + call('Echo', ['c'], '3'));
    expect(await nextCounted(again)).toEqual({ type: 9, sequenceId: 2 });
    expect(await nextCounted(again)).toMatchObject({ invocationId: '2', result: 'b' });
    expect(await nextCounted(again)).toMatchObject({ invocationId: '3', result: 'c' });
    again.cut();
  });

  ofHub(99, 'a socket that the network has swallowed is replaced', async (hub) => {
    const { socket, url } = await stateful(hub);
    socket.pause();
    const again = await open(url);
    again.send(sequence(1) + call('Echo', ['a'], '1'));
    expect(await nextCounted(again)).toEqual({ type: 9, sequenceId: 1 });
    expect(await nextCounted(again)).toMatchObject({ result: 'a' });
    again.cut();
    socket.cut();
  });

  ofHub(99, 'with nothing pending Sequence is the next number', async (hub) => {
    const { socket, url } = await stateful(hub);
    socket.send(call('Echo', ['a'], '1'));
    await nextCounted(socket);
    socket.send(record({ type: 8, sequenceId: 1 }));
    await lost(hub, socket);
    const again = await open(url);
    again.send(sequence(2));
    expect(await nextCounted(again)).toEqual({ type: 9, sequenceId: 2 });
    again.send(call('Echo', ['b'], '2'));
    expect(await nextCounted(again)).toMatchObject({ result: 'b' });
    again.cut();
  });

  behaviour(99, 'after the window the connection is unknown', async (target) => {
    const { hub, times } = await target.brief();
    const watcher = await watch(hub);
    const { socket, url, id } = await stateful(hub);
    const since = Date.now();
    socket.cut();
    await watcher.until('disconnected', id);
    expect(Date.now() - since).toBeGreaterThanOrEqual(times.disconnect - HEARTBEAT_MS);
    expect(statusOf(await upgrade(url))).toBe(404);
    watcher.stop();
  });

  ofHub(99, 'after a Close it is unknown at once', async (hub) => {
    const { socket, url } = await stateful(hub);
    socket.send(call('Abort', []));
    expect(await nextCounted(socket)).toMatchObject({ type: 7 });
    await socket.closed;
    await expect.poll(async () => statusOf(await upgrade(url))).toBe(404);
  });

  ofHub(99, 'a poisoned client is closed for good and can not loop', async (hub) => {
    const { socket, url } = await stateful(hub);
    socket.send(`garbage${RS}`);
    expect(await nextCounted(socket)).toMatchObject({ type: 7 });
    await socket.closed;
    await expect.poll(async () => statusOf(await upgrade(url))).toBe(404);
  });

  ofHub(99, "somebody else's connection is not to be had", async (hub) => {
    const { socket, url } = await stateful(hub);
    expect([403, 404]).toContain(statusOf(await upgrade(url, BOB)));
    socket.send(call('Echo', ['mine'], '1'));
    expect(await nextCounted(socket)).toMatchObject({ result: 'mine' });
    socket.cut();
  });
});

function statusOf(outcome: RawSocket | { readonly status: number }): number {
  if (!('cut' in outcome)) return outcome.status;
  outcome.cut();
  return 101;
}
