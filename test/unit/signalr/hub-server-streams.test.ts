import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HubError, hubMethod, streamMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import {
  call,
  cancellation,
  connect,
  echo,
  HANDSHAKE,
  newGate,
  streamCall,
} from './hub-harness.js';

const item = (id: string, value: unknown) =>
  JSON.stringify({ type: 2, invocationId: id, item: value });
const end = (id: string, outcome: object = {}) =>
  JSON.stringify({ type: 3, invocationId: id, ...outcome });

const count = streamMethod({
  parameters: [z.number()],
  // oxlint-disable-next-line typescript/require-await -- a stream that has all at hand
  handler: async function* (_caller, to) {
    for (let n = 1; n <= to; n += 1) yield n;
  },
});

/** A stream that gives one item, then waits for the caller's signal; and what it has done. */
function waiting() {
  const did: string[] = [];
  const method = streamMethod({
    parameters: [],
    handler: async function* (caller) {
      try {
        yield 'first';
        await delay(60_000, undefined, { signal: caller.signal });
      } finally {
        did.push(caller.signal.aborted ? 'cleaned up, aborted' : 'cleaned up');
      }
    },
  });
  return { did, method };
}

describe('a stream from the hub', () => {
  it('is its items, then one completion without a result', async () => {
    const { receive, sent } = connect({ methods: { Count: count } });
    await receive(HANDSHAKE + streamCall('cOUNT', [3], '1'));
    expect(sent().slice(1)).toEqual([item('1', 1), item('1', 2), item('1', 3), end('1')]);
  });

  it('may be empty, and may be opened by a promise', async () => {
    const late = streamMethod({
      parameters: [],
      handler: async () => {
        await settle();
        return (async function* () {})();
      },
    });
    const { receive, sent } = connect({ methods: { Late: late } });
    await receive(HANDSHAKE + streamCall('Late', [], '1'));
    await settle();
    expect(sent().slice(1)).toEqual([end('1')]);
  });

  it('does not hold up the calls behind it', async () => {
    const { method } = waiting();
    const { receive, lastSent } = connect({ methods: { Wait: method, Echo: echo } });
    await receive(HANDSHAKE + streamCall('Wait', [], '1') + call('Echo', ['x'], '2'));
    expect(lastSent()).toBe(end('2', { result: 'x' }));
  });

  it('ends at a cancellation without error, sends no more, and its producer cleans up', async () => {
    const { did, method } = waiting();
    const { receive, sent } = connect({ methods: { Wait: method } });
    await receive(HANDSHAKE + streamCall('Wait', [], '1'));
    expect(did).toEqual([]);
    await receive(cancellation('1'));
    expect(sent().slice(1)).toEqual([item('1', 'first'), end('1')]);
    expect(did).toEqual(['cleaned up, aborted']);
  });

  it('ends at a cancellation even when its producer does not listen', async () => {
    const [gate] = newGate();
    const deaf = streamMethod({
      parameters: [],
      handler: async function* () {
        await gate;
        yield 'never';
      },
    });
    const { receive, sent } = connect({ methods: { Deaf: deaf } }, { maximumParallelStreams: 1 });
    await receive(HANDSHAKE + streamCall('Deaf', [], '1'));
    await receive(cancellation('1'));
    expect(sent().slice(1)).toEqual([end('1')]);
    await receive(streamCall('Deaf', [], '2'));
    expect(sent().at(-1)).toBe(
      end('2', { error: 'No more than 1 streams can be open at a time.' }),
    );
  });

  it('that still waits for its turn is cancelled too', async () => {
    const [gate, release] = newGate();
    const slow = hubMethod({ parameters: [], handler: () => gate });
    const { receive, sent } = connect({ methods: { Slow: slow, Count: count } });
    await receive(HANDSHAKE + call('Slow', [], '1') + streamCall('Count', [1], '2'));
    await receive(cancellation('2'));
    release();
    await settle();
    expect(sent().slice(1)).toEqual([end('2'), end('1')]);
  });

  it('of an unknown id is not there to be cancelled, which harms nobody', async () => {
    const { receive, sent } = connect({ methods: { Echo: echo } });
    await receive(HANDSHAKE + cancellation('nope') + call('Echo', ['x'], '1'));
    expect(sent().slice(1)).toEqual([end('1', { result: 'x' })]);
  });

  const streaming = 'An error occurred on the server while streaming results.';
  const invoking = "An unexpected error occurred invoking 'M' on the server.";
  it.each<[string, () => AsyncIterable<unknown>, string]>([
    [
      'a HubError after some items',
      async function* () {
        yield await settle();
        throw new HubError('no more');
      },
      `${streaming} HubException: no more`,
    ],
    [
      'another error',
      async function* () {
        yield await settle();
        throw new Error('secret');
      },
      streaming,
    ],
    [
      'an item that has no JSON form',
      async function* () {
        await settle();
        yield 1n;
      },
      streaming,
    ],
    [
      'an error before there is a stream',
      () => {
        throw new HubError('not today');
      },
      `${invoking} HubException: not today`,
    ],
  ])('tells of %s', async (_name, handler, error) => {
    const { receive, lastSent } = connect({
      methods: { M: streamMethod({ parameters: [], handler }) },
    });
    await receive(HANDSHAKE + streamCall('M', [], '1'));
    await settle();
    expect(lastSent()).toBe(end('1', { error }));
  });

  it.each<[string, string, string]>([
    [
      'invoke() on a stream method',
      call('Count', [1], '1'),
      "The client attempted to invoke the streaming 'Count' method with a non-streaming invocation.",
    ],
    [
      'stream() on a plain method',
      streamCall('Echo', ['x'], '1'),
      "The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.",
    ],
    ['stream() on no method', streamCall('Nope', [], '1'), "Unknown hub method 'Nope'"],
    [
      'a wrong argument',
      streamCall('Count', ['x'], '1'),
      "Failed to invoke 'Count' due to an error on the server.",
    ],
    [
      'streams that the method does not take',
      streamCall('Count', [1], '1', ['2']),
      "An unexpected error occurred invoking 'Count' on the server. HubException: Client sent 1 stream(s), Hub method expects 0.",
    ],
  ])('%s gets its error text, and the connection lives', async (_name, message, error) => {
    const { receive, sent } = connect({ methods: { Count: count, Echo: echo } });
    await receive(HANDSHAKE + message + call('Echo', ['alive'], '2'));
    expect(sent().slice(1)).toEqual([end('1', { error }), end('2', { result: 'alive' })]);
  });

  it('whose id is in use is refused, and the older one goes on', async () => {
    const { did, method } = waiting();
    const { receive, sent } = connect({ methods: { Wait: method, Count: count } });
    await receive(HANDSHAKE + streamCall('Wait', [], '1'));
    await receive(streamCall('Count', [1], '1'));
    expect(sent().slice(2)).toEqual([end('1', { error: "Invocation ID '1' is already in use." })]);
    expect(did).toEqual([]);
  });

  it('can be followed by another of the same id', async () => {
    const { receive, sent } = connect({ methods: { Count: count } });
    await receive(HANDSHAKE + streamCall('Count', [1], '1'));
    await receive(streamCall('Count', [1], '1'));
    expect(sent().slice(1)).toEqual([item('1', 1), end('1'), item('1', 1), end('1')]);
  });

  it.each<[string, (one: ReturnType<typeof connect>) => void]>([
    ['the socket breaks', ({ transport }) => transport.listener?.closed(new Error('reset'))],
    ['the server ends the connection', ({ hubConnection }) => hubConnection.abort()],
  ])('is cancelled when %s', async (_name, act) => {
    const { did, method } = waiting();
    const one = connect({ methods: { Wait: method } });
    await one.receive(HANDSHAKE + streamCall('Wait', [], '1'));
    act(one);
    await settle();
    expect(did).toEqual(['cleaned up, aborted']);
  });

  it('is not produced faster than the client takes it', async () => {
    let produced = 0;
    const endless = streamMethod({
      parameters: [],
      // oxlint-disable-next-line typescript/require-await -- it would starve all others if not held
      handler: async function* () {
        for (;;) yield (produced += 1);
      },
    });
    const { receive, transport, metricCalls } = connect(
      { methods: { Endless: endless } },
      { streamBufferSize: 1_000 },
    );
    await receive(HANDSHAKE);
    transport.block();
    await receive(streamCall('Endless', [], '1'));
    const [atFirst, later] = [produced, (await settle(), produced)];
    expect(atFirst).toBeGreaterThan(10);
    expect(atFirst).toBeLessThan(40);
    expect(later).toBe(atFirst);
    transport.unblock();
    await settle();
    expect(produced).toBeGreaterThan(atFirst);
    await receive(cancellation('1'));
    expect(metricCalls.filter((one) => one.startsWith('closed'))).toEqual([]);
  });

  it('a method that gives no stream is an error of the server', async () => {
    const broken = { ...hubMethod({ parameters: [], handler: () => [1, 2] }), streams: true };
    const { receive, lastSent } = connect({ methods: { M: broken } });
    await receive(HANDSHAKE + streamCall('M', [], '1'));
    expect(lastSent()).toBe(end('1', { error: invoking }));
  });
});
