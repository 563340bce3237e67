import { Buffer } from 'node:buffer';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { LongPollingTransport } from '../../../src/signalr/connections/transports/long-polling.js';
import { formatEvent } from '../../../src/signalr/connections/transports/server-sent-events.js';
import { settle } from './fakes.js';

/** A transport with a clock that the test moves, and what its listener is told. */
function longPolling() {
  const clock = { time: 0 };
  const transport = new LongPollingTransport({
    time: () => clock.time,
    pollTimeoutMs: 90_000,
    disconnectTimeoutMs: 15_000,
    maximumWaitingPosts: 4,
  });
  const listener = {
    received: vi.fn<() => void>(),
    drained: vi.fn<() => void>(),
    dropped: vi.fn<() => void>(),
    replaced: vi.fn<() => void>(),
    closed: vi.fn<(error: Error | undefined) => void>(),
  };
  transport.attach(listener);
  const pass = (milliseconds: number): void => {
    clock.time += milliseconds;
    transport.tick(clock.time);
  };
  return { transport, listener, pass, poll: () => poll(transport) };
}

/** A GET whose answer the test can look at. */
function poll(transport: LongPollingTransport) {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const bodies: string[] = [];
  vi.spyOn(response, 'end').mockImplementation((body: unknown) => {
    bodies.push(body instanceof Uint8Array ? Buffer.from(body).toString() : String(body));
    response.emit('close');
    return response;
  });
  transport.poll({ response, headers: {} });
  return {
    get answer() {
      return bodies.length === 0 ? 'held' : `${response.statusCode} ${bodies.join()}`;
    },
    abort: () => response.emit('close'),
  };
}

const bytes = (text: string) => Buffer.from(text);

describe('Long Polling', () => {
  it('answers the first poll at once, and holds later ones until there is something', () => {
    const { transport, poll: next, listener } = longPolling();
    expect(next().answer).toBe('200 ');
    const held = next();
    expect([held.answer, transport.writable]).toEqual(['held', true]);
    expect(listener.drained).toHaveBeenCalledOnce();
    transport.write(bytes('news'));
    expect([held.answer, transport.writable]).toEqual(['200 news', false]);
  });

  it('keeps what must be written between polls for the next one', () => {
    const { transport, poll: next } = longPolling();
    next();
    transport.write(bytes('{}'));
    expect(transport.heldBytes).toBe(2);
    expect(next().answer).toBe('200 {}');
    expect(transport.heldBytes).toBe(0);
  });

  it('is never congested for want of a poll', () => {
    const { transport, poll: next } = longPolling();
    next();
    expect([transport.writable, transport.congested]).toEqual([false, false]);
  });

  it('answers a poll that finds nothing after 90 s', () => {
    const { poll: next, pass } = longPolling();
    next();
    const held = next();
    pass(89_000);
    expect(held.answer).toBe('held');
    pass(1_000);
    expect(held.answer).toBe('200 ');
  });

  it('ends the older poll with 204 when a newer one comes', () => {
    const { transport, poll: next } = longPolling();
    next();
    const [older, newer] = [next(), next()];
    transport.write(bytes('news'));
    expect([older.answer, newer.answer]).toEqual(['204 ', '200 news']);
  });

  it('gives up a client that holds no poll for 15 s, counted from the end of the last', () => {
    const { poll: next, pass, listener } = longPolling();
    next();
    const held = next();
    pass(60_000);
    held.abort();
    pass(15_000);
    expect(listener.closed).not.toHaveBeenCalled();
    pass(1_000);
    expect(listener.closed.mock.calls[0]?.[0]?.message).toContain('15000 ms');
  });

  it('lets no POST in while the hub reads nothing, until the end if need be', async () => {
    const { transport, poll: next } = longPolling();
    next();
    transport.pause();
    const reached = vi.fn<() => void>();
    void transport.sends.enter()?.reached.then(reached);
    await settle();
    expect(reached).not.toHaveBeenCalled();
    transport.delete();
    await settle();
    expect(reached).toHaveBeenCalledOnce();
  });

  it('tells a held poll of the end, whoever wanted it', () => {
    for (const end of ['close', 'delete', 'terminate'] as const) {
      const { transport, poll: next, listener } = longPolling();
      next();
      const held = next();
      transport[end]();
      expect(held.answer).toBe('204 ');
      expect(listener.closed).toHaveBeenCalledOnce();
    }
  });
});

describe('an event of Server-Sent Events', () => {
  it.each([
    ['{}', 'data: {}\r\n\r\n'],
    ['a\nb', 'data: a\r\ndata: b\r\n\r\n'],
    ['a\r\nb\n', 'data: a\r\ndata: b\r\ndata: \r\n\r\n'],
    ['æ🍞', 'data: æ🍞\r\n\r\n'],
  ])('%j has a data line per line of the payload', (payload, event) => {
    expect(formatEvent(bytes(payload))).toBe(event);
  });
});
