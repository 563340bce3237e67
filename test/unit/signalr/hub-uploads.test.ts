import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hubMethod, streamMethod, uploadStream } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import {
  call,
  completion,
  connect,
  echo,
  HANDSHAKE,
  newGate,
  RS,
  streamCall,
  streamItem,
} from './hub-harness.js';

const upload = (target: string, args: unknown[], id: string, streamIds: string[]) =>
  JSON.stringify({ type: 1, invocationId: id, target, arguments: args, streamIds }) + RS;
const answer = (id: string, outcome: object) =>
  JSON.stringify({ type: 3, invocationId: id, ...outcome });

const join = hubMethod({
  parameters: [z.string(), uploadStream(z.string())],
  handler: async (_caller, between, words) => {
    const all: string[] = [];
    for await (const word of words) all.push(word);
    return all.join(between);
  },
});

describe('a stream to the hub', () => {
  it('reaches its method, which may read it to the end', async () => {
    const { receive, lastSent } = connect({ methods: { Join: join } });
    await receive(HANDSHAKE + upload('Join', ['-'], '1', ['s']));
    await receive(streamItem('s', 'a') + streamItem('s', 'b') + completion('s'));
    expect(lastSent()).toBe(answer('1', { result: 'a-b' }));
  });

  it('may come beside another, each to its own parameter', async () => {
    const zip = hubMethod({
      parameters: [uploadStream(z.number()), z.string(), uploadStream(z.number())],
      handler: async (_caller, left, name, right) => {
        const sums: number[] = [];
        const others = right[Symbol.asyncIterator]();
        for await (const n of left) sums.push(n + Number((await others.next()).value));
        return { [name]: sums };
      },
    });
    const { receive, lastSent } = connect({ methods: { Zip: zip } });
    await receive(HANDSHAKE + upload('Zip', ['sums'], '1', ['l', 'r']));
    await receive(streamItem('r', 10) + streamItem('l', 1) + streamItem('l', 2));
    await receive(streamItem('r', 20) + completion('l') + completion('r'));
    expect(lastSent()).toBe(answer('1', { result: { sums: [11, 22] } }));
  });

  it('can be answered by a stream', async () => {
    const double = streamMethod({
      parameters: [uploadStream(z.number())],
      handler: async function* (_caller, numbers) {
        for await (const n of numbers) yield n * 2;
      },
    });
    const { receive, sent } = connect({ methods: { Double: double } });
    await receive(HANDSHAKE + streamCall('Double', [], '1', ['s']));
    await receive(streamItem('s', 1) + streamItem('s', 2) + completion('s'));
    expect(sent().slice(1)).toEqual([
      '{"type":2,"invocationId":"1","item":2}',
      '{"type":2,"invocationId":"1","item":4}',
      answer('1', {}),
    ]);
  });

  const general = "An unexpected error occurred invoking 'Join' on the server.";
  it.each<[string, string, string]>([
    [
      'an error of the client',
      completion('s', { error: 'disk full' }),
      `${general} HubException: disk full`,
    ],
    [
      'an item of the wrong type',
      streamItem('s', 5) + streamItem('s', 'passed over'),
      `${general} HubException: Failed to bind Stream message.`,
    ],
  ])('raises %s in its method, and the connection lives', async (_name, message, error) => {
    const { receive, sent } = connect({ methods: { Join: join, Echo: echo } });
    await receive(HANDSHAKE + upload('Join', ['-'], '1', ['s']) + streamItem('s', 'a'));
    await receive(message);
    await receive(call('Echo', ['alive'], '2'));
    expect(sent().slice(1)).toEqual([answer('1', { error }), answer('2', { result: 'alive' })]);
  });

  it.each<[string, string, string]>([
    [
      'too few streams',
      upload('Join', ['-'], '1', []),
      `${general} HubException: Client sent 0 stream(s), Hub method expects 1.`,
    ],
    [
      'too many streams',
      upload('Join', ['-'], '1', ['s', 't']),
      `${general} HubException: Client sent 2 stream(s), Hub method expects 1.`,
    ],
    [
      'a stream where an argument should be',
      upload('Echo', [], '1', ['s']),
      general.replace('Join', 'Echo') +
        ' HubException: Client sent 1 stream(s), Hub method expects 0.',
    ],
    [
      'an argument too few',
      upload('Join', [], '1', ['s']),
      "Failed to invoke 'Join' due to an error on the server.",
    ],
  ])('%s: an error, and orphaned items are ignored', async (_name, message, error) => {
    const { receive, sent } = connect({ methods: { Join: join, Echo: echo } });
    await receive(HANDSHAKE + message);
    await receive(streamItem('s', 'orphan') + completion('s') + call('Echo', ['alive'], '2'));
    expect(sent().slice(1)).toEqual([answer('1', { error }), answer('2', { result: 'alive' })]);
  });

  it('whose id is in use is refused, and so is one too many', async () => {
    const { receive, sent } = connect({ methods: { Join: join } }, { maximumParallelUploads: 2 });
    await receive(
      HANDSHAKE + upload('Join', ['-'], '1', ['s']) + upload('Join', ['-'], '2', ['s']),
    );
    await receive(upload('Join', ['-'], '3', ['t']) + upload('Join', ['-'], '4', ['u']));
    const refused = "Failed to invoke 'Join' due to an error on the server. HubException:";
    expect(sent().slice(1)).toEqual([
      answer('2', { error: `${refused} Stream ID 's' is already in use.` }),
      answer('4', { error: `${refused} No more than 2 streams can be sent at a time.` }),
    ]);
  });

  it('holds up the whole connection while its reader is behind, and loses nothing', async () => {
    const [gate, release] = newGate();
    const slow = hubMethod({
      parameters: [uploadStream(z.number())],
      handler: async (_caller, numbers) => {
        await gate;
        let sum = 0;
        for await (const n of numbers) sum += n;
        return sum;
      },
    });
    const { receive, sent, transport } = connect({ methods: { Slow: slow, Echo: echo } });
    await receive(HANDSHAKE + upload('Slow', [], '1', ['s']));
    await receive(streamItem('s', 1).repeat(10));
    expect(transport.paused).toBe(false);
    await receive(streamItem('s', 1));
    expect(transport.paused).toBe(true);
    await receive(streamItem('s', 1).repeat(1_000) + completion('s') + call('Echo', ['x'], '2'));
    expect(sent().slice(1)).toEqual([]);
    release();
    await settle();
    expect(sent().slice(1)).toEqual([answer('2', { result: 'x' }), answer('1', { result: 1_011 })]);
    expect(transport.paused).toBe(false);
  });

  it('that its method leaves early is dropped, and reading goes on', async () => {
    const first = hubMethod({
      parameters: [uploadStream(z.number())],
      handler: async (_caller, numbers) => {
        for await (const n of numbers) return n;
        return undefined;
      },
    });
    const { receive, lastSent, transport } = connect({ methods: { First: first, Echo: echo } });
    await receive(HANDSHAKE + upload('First', [], '1', ['s']));
    await receive(Array.from({ length: 100 }, (_, n) => streamItem('s', n)).join(''));
    expect(lastSent()).toBe(answer('1', { result: 0 }));
    await receive(call('Echo', ['alive'], '2'));
    expect(lastSent()).toBe(answer('2', { result: 'alive' }));
    expect(transport.paused).toBe(false);
  });

  it('that its method never reads is dropped when the method ends', async () => {
    const [gate, release] = newGate();
    const ignore = hubMethod({
      parameters: [uploadStream(z.number())],
      handler: (_caller, _numbers) => gate,
    });
    const { receive, lastSent, transport } = connect({ methods: { Ignore: ignore, Echo: echo } });
    await receive(HANDSHAKE + upload('Ignore', [], '1', ['s']) + streamItem('s', 1).repeat(50));
    expect(transport.paused).toBe(true);
    release();
    await receive(call('Echo', ['alive'], '2'));
    expect(lastSent()).toBe(answer('2', { result: 'alive' }));
  });

  it('does not wait for a call before it, nor does a call behind wait for it', async () => {
    const [gate, release] = newGate();
    const slow = hubMethod({ parameters: [], handler: () => gate });
    const { receive, sent } = connect({ methods: { Slow: slow, Join: join, Echo: echo } });
    await receive(HANDSHAKE + call('Slow', [], '1') + upload('Join', ['-'], '2', ['s']));
    await receive(streamItem('s', 'a') + completion('s'));
    await receive(upload('Join', ['-'], '3', ['t']));
    release();
    await receive(call('Echo', ['x'], '4'));
    expect(sent().slice(1)).toEqual([
      answer('2', { result: 'a' }),
      answer('1', {}),
      answer('4', { result: 'x' }),
    ]);
  });

  it.each<[string, (one: ReturnType<typeof connect>) => Promise<void> | void]>([
    ['the socket breaks', ({ transport }) => transport.listener?.closed(new Error('reset'))],
    ['the server ends the connection', ({ hubConnection }) => hubConnection.abort()],
    ['what follows is no message', ({ receive }) => receive(`nonsense${RS}`)],
  ])('rejects its reader when %s, before onDisconnected', async (_name, act) => {
    const events: string[] = [];
    const read = hubMethod({
      parameters: [uploadStream(z.number())],
      handler: async (_caller, numbers) => {
        try {
          for await (const n of numbers) events.push(`read ${n}`);
        } catch (error) {
          events.push(String(error));
        }
      },
    });
    const one = connect({
      methods: { Read: read },
      onDisconnected: () => void events.push('disconnected'),
    });
    await one.receive(HANDSHAKE + upload('Read', [], '1', ['s']) + streamItem('s', 1));
    await act(one);
    await settle();
    expect(events).toEqual(['read 1', 'Error: The connection has ended.', 'disconnected']);
  });

  it('is not held to the message rate, but orphaned items are', async () => {
    const { receive, lastSent } = connect(
      { methods: { Join: join } },
      { messageRate: { perSecond: 1, burst: 5 }, maximumRateRefusals: 5 },
    );
    await receive(HANDSHAKE + upload('Join', [''], '1', ['s']));
    await receive(streamItem('s', 'a').repeat(100) + completion('s'));
    expect(lastSent()).toBe(answer('1', { result: 'a'.repeat(100) }));
    await receive(streamItem('s', 'a').repeat(100));
    expect(lastSent()).toBe('{"type":7,"error":"Too many messages."}');
  });
});
