import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UnacknowledgedMessages } from '../../../src/signalr/connections/unacknowledged-messages.js';
import { hubMethod, MessageTemplate, SharedMessage } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { echo } from './hub-harness.js';
import { connectStateful } from './stateful-harness.js';

const call = (n: number) => ({
  type: 1,
  invocationId: `${n}`,
  target: 'Echo',
  arguments: [`${n}`],
});
const result = (n: number) => ({ type: 3, invocationId: `${n}`, result: `${n}` });
const ack = (sequenceId: number) => ({ type: 8, sequenceId });
const sequence = (sequenceId: number) => ({ type: 9, sequenceId });
const news = (n: number) => ({ type: 1, target: 'news', arguments: [n] });
const data = (value: number) => ({ type: 1, target: 'M', arguments: [{ data: value }] });
const withEcho = { methods: { Echo: echo } };

describe('stateful reconnect: what the client missed', () => {
  it('is sent again after a Sequence with its first number', async () => {
    const { socket, replace } = await connectStateful(withEcho);
    await socket.say(call(1), call(2), call(3));
    await socket.say(ack(1));
    socket.lose();
    const next = await replace();
    expect(next.messages).toEqual([sequence(2), result(2), result(3)]);
  });

  it('is nothing when all was acknowledged: then Sequence is the next number', async () => {
    const { socket, replace } = await connectStateful(withEcho);
    await socket.say(call(1), call(2));
    await socket.say(ack(2));
    socket.lose();
    expect((await replace()).messages).toEqual([sequence(3)]);
  });

  it('is counted whatever its origin, and without pings', async () => {
    const { socket, hubConnection, replace, pass } = await connectStateful(withEcho);
    const template = new MessageTemplate({
      target: 'M',
      constant: { s: 1 },
      slot: 'data',
      conflate: true,
    });
    hubConnection.deliver(template, new SharedMessage({ value: 1, label: 'E' }));
    await settle();
    await pass(16);
    expect(socket.messages).toContainEqual({ type: 6 });
    hubConnection.send('news', 2);
    await settle();
    await socket.say(ack(1));
    socket.lose();
    expect((await replace()).messages).toEqual([sequence(2), news(2)]);
  });

  it('without a socket, is conflated and dropped only as long as it has no number', async () => {
    const { socket, hubConnection, replace, pass } = await connectStateful();
    const template = new MessageTemplate({
      target: 'M',
      constant: {},
      slot: 'data',
      conflate: true,
    });
    const state = (value: number, expiresAt?: number) =>
      hubConnection.deliver(
        template,
        new SharedMessage({ value, label: 'E', ...(expiresAt === undefined ? {} : { expiresAt }) }),
      );
    state(1, 500);
    await settle();
    socket.lose();
    state(2);
    state(3);
    await pass(2);
    const next = await replace();
    expect(next.messages).toEqual([sequence(1), data(1), data(3)]);
  });

  it('comes before anything newer, also when the old socket was never cut', async () => {
    const { socket, hubConnection, replace } = await connectStateful();
    hubConnection.send('news', 1);
    await settle();
    hubConnection.send('news', 2);
    const next = await replace();
    expect(socket.terminated).toBe(true);
    expect(next.messages).toEqual([sequence(1), news(1), news(2)]);
  });
});

describe('stateful reconnect: what comes in', () => {
  it('is acknowledged once a second, and only when there was something', async () => {
    const { socket, pass } = await connectStateful(withEcho);
    await socket.say(call(1), { type: 6 }, call(2));
    expect(socket.messages).not.toContainEqual(ack(2));
    await pass(3);
    expect(socket.messages.filter((one) => JSON.stringify(one).includes('"type":8'))).toEqual([
      ack(2),
    ]);
  });

  it('is acknowledged at once when it is half of what a client keeps', async () => {
    const { socket } = await connectStateful(withEcho, { statefulReconnectBufferSize: 200 });
    await socket.say(call(1));
    expect(socket.messages).not.toContainEqual(ack(1));
    await socket.say(call(2));
    expect(socket.messages).toContainEqual(ack(2));
  });

  it('is handled once, however often it is sent', async () => {
    const seen: string[] = [];
    const note = hubMethod({
      parameters: [z.string()],
      handler: (_caller, text) => void seen.push(text),
    });
    const { socket, replace } = await connectStateful({ methods: { Echo: note } });
    await socket.say(call(1), call(2));
    socket.lose();
    const next = await replace();
    await next.say(sequence(1), call(1), call(2), call(3));
    expect(seen).toEqual(['1', '2', '3']);
  });

  it('is ignored on a new socket until Sequence has come', async () => {
    const { socket, replace } = await connectStateful(withEcho);
    socket.lose();
    const next = await replace();
    await next.say(call(1), { type: 7 }, sequence(1), call(1));
    expect(next.messages).toEqual([sequence(1), result(1)]);
  });

  it('may have been cut inside a message by the loss', async () => {
    const { socket, replace } = await connectStateful(withEcho);
    await socket.say(call(1));
    socket.saySome(JSON.stringify(call(2)).slice(0, 10));
    socket.lose();
    const next = await replace();
    await next.say(sequence(2), call(2));
    expect(next.numbered).toEqual([result(1), result(2)]);
  });

  it.each([0, -1, 3])('Sequence %d leaves a gap or makes no sense: Close, for good', async (n) => {
    const { socket, replace, ended } = await connectStateful(withEcho);
    await socket.say(call(1));
    socket.lose();
    const next = await replace();
    await next.say(sequence(n));
    expect(next.messages.at(-1)).toMatchObject({ type: 7 });
    next.end();
    expect(ended.gone).toBe(true);
  });

  it('is acknowledged again after a resume, because the Ack may be lost', async () => {
    const { socket, replace, pass } = await connectStateful(withEcho);
    await socket.say(call(1));
    await pass(1);
    socket.lose();
    const next = await replace();
    await next.say(sequence(1), call(1));
    await pass(1);
    expect(next.messages).toContainEqual(ack(1));
  });
});

describe('stateful reconnect: bounds', () => {
  it('sending waits while the client acknowledges nothing, and goes on when it does', async () => {
    const { socket, hubConnection } = await connectStateful(
      {},
      { statefulReconnectBufferSize: 200, maximumWriteBytes: 100 },
    );
    for (let n = 1; n <= 20; n += 1) hubConnection.send('news', n);
    await settle();
    const sent = socket.numbered.length;
    expect(sent).toBeLessThan(8);
    await socket.say(ack(sent));
    expect(socket.numbered.length).toBeGreaterThan(sent);
    for (let round = 0; round < 10; round += 1) await socket.say(ack(socket.numbered.length));
    expect(socket.numbered).toEqual(Array.from({ length: 20 }, (_, n) => news(n + 1)));
  });

  it('a client that acknowledges nothing for 10 s while sending waits is cut off', async () => {
    const { socket, hubConnection, pass, ended } = await connectStateful(
      {},
      { statefulReconnectBufferSize: 10 },
    );
    hubConnection.send('news', 1);
    hubConnection.send('news', 2);
    await settle();
    await pass(10);
    expect(ended.gone).toBe(false);
    await pass(1);
    expect([socket.terminated, ended.gone]).toEqual([true, true]);
  });

  it('Acks are written although sending waits, so that two full buffers free each other', async () => {
    const { socket, hubConnection, pass } = await connectStateful(withEcho, {
      statefulReconnectBufferSize: 10,
    });
    hubConnection.send('news', 1);
    await socket.say(call(1));
    await pass(1);
    expect(socket.messages).toContainEqual(ack(1));
  });

  it('what waits without a socket is bounded like everything that waits', async () => {
    const { socket, hubConnection, ended, metricCalls } = await connectStateful(
      {},
      { maximumOutboundBytes: 100 },
    );
    socket.lose();
    for (let n = 0; n < 10; n += 1) hubConnection.send('news', n);
    expect(metricCalls).toContain('closed WebSockets slow_consumer');
    expect(ended.gone).toBe(true);
  });

  it('without a socket it ends after 15 s', async () => {
    const { socket, pass, ended, metricCalls } = await connectStateful();
    socket.lose();
    await pass(15);
    expect(ended.gone).toBe(false);
    await pass(1);
    expect(ended.gone).toBe(true);
    expect(metricCalls).toContain('closed WebSockets transport_lost');
  });

  it('a client that pings is not timed out while it has no socket', async () => {
    const { socket, pass, replace, ended } = await connectStateful(
      {},
      { statefulReconnectWindowMs: 120_000 },
    );
    await socket.say({ type: 6 });
    socket.lose();
    await pass(100);
    const next = await replace();
    await next.say(sequence(1));
    await pass(29);
    expect([ended.gone, next.closeCode]).toEqual([false, undefined]);
  });
});

describe('stateful reconnect: an end for good', () => {
  it.each([
    ['a close frame', undefined],
    ['a breach of the WebSocket protocol', new Error('too large')],
  ])('%s', async (_name, error) => {
    const { socket, ended } = await connectStateful();
    socket.end(error);
    expect(ended.gone).toBe(true);
  });

  it('input that is no message', async () => {
    const { socket, connection, ended } = await connectStateful();
    await socket.say('garbage');
    expect(socket.messages.at(-1)).toMatchObject({ type: 7 });
    expect(connection.ending).toBe(true);
    socket.lose();
    expect(ended.gone).toBe(true);
  });

  it('an end by the server while there is no socket', async () => {
    const { socket, hubConnection, ended, metricCalls } = await connectStateful();
    socket.lose();
    hubConnection.abort();
    expect(ended.gone).toBe(true);
    expect(metricCalls.filter((one) => one.startsWith('closed'))).toEqual([
      'closed WebSockets aborted',
    ]);
  });

  it('a handshake of version 1: the client wants none of it', async () => {
    const { socket, ended, pass } = await connectStateful(withEcho, {}, 1);
    await socket.say(call(1));
    await pass(1);
    expect(socket.messages).toEqual([{}, result(1)]);
    socket.lose();
    expect(ended.gone).toBe(true);
  });
});

describe('unacknowledged messages', () => {
  it('an Ack of what was never sent, or twice, does no harm', () => {
    const messages = new UnacknowledgedMessages(100);
    const payload = Buffer.from('abc');
    messages.keep([{ parts: [payload], label: 'x' }], payload);
    messages.acknowledge(7);
    messages.acknowledge(1);
    expect([messages.first, messages.bytes, messages.room]).toEqual([2, 0, 100]);
  });
});
