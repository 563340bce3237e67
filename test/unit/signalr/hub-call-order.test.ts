import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hubMethod, streamMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { call, connect, HANDSHAKE, newGate, streamCall } from './hub-harness.js';

/** A method whose calls end when the test says so, and a diary of what they did. */
function gated(names: readonly string[]) {
  const diary: string[] = [];
  const gates = new Map(names.map((name) => [name, newGate()]));
  const method = hubMethod({
    parameters: [z.string()],
    handler: async (_caller, name) => {
      diary.push(`+${name}`);
      await gates.get(name)?.[0];
      diary.push(`-${name}`);
    },
  });
  const release = async (name: string) => {
    gates.get(name)?.[1]();
    await settle();
  };
  return { diary, method, release };
}

describe('calls of one connection', () => {
  it('run one by one in their order unless told otherwise', async () => {
    const { diary, method, release } = gated(['a', 'b']);
    const { receive } = connect({ methods: { M: method } });
    await receive(HANDSHAKE + call('M', ['a'], '1') + call('M', ['b'], '2'));
    await release('b');
    expect(diary).toEqual(['+a']);
    await release('a');
    expect(diary).toEqual(['+a', '-a', '+b', '-b']);
  });

  it('run side by side up to the limit, and begin in their order', async () => {
    const { diary, method, release } = gated(['a', 'b', 'c', 'd']);
    const { receive, sent } = connect(
      { methods: { M: method } },
      { maximumParallelInvocations: 2 },
    );
    await receive(HANDSHAKE + ['a', 'b', 'c', 'd'].map((n) => call('M', [n], n)).join(''));
    expect(diary).toEqual(['+a', '+b']);
    await release('b');
    expect(diary).toEqual(['+a', '+b', '-b', '+c']);
    await release('a');
    await release('d');
    await release('c');
    expect(diary.slice(4)).toEqual(['-a', '+d', '-d', '-c']);
    expect(sent()).toHaveLength(5);
  });

  it('all end before onDisconnected, and those that wait never begin', async () => {
    const { diary, method, release } = gated(['a', 'b', 'c']);
    const { receive, transport } = connect(
      { methods: { M: method }, onDisconnected: () => void diary.push('disconnected') },
      { maximumParallelInvocations: 2 },
    );
    await receive(HANDSHAKE + ['a', 'b', 'c'].map((n) => call('M', [n], n)).join(''));
    transport.listener?.closed(undefined);
    await release('a');
    expect(diary).toEqual(['+a', '+b', '-a']);
    await release('b');
    expect(diary).toEqual(['+a', '+b', '-a', '-b', 'disconnected']);
  });

  it('know when their connection ends', async () => {
    const ends: string[] = [];
    const listen = hubMethod({
      parameters: [],
      handler: (caller) => caller.signal.addEventListener('abort', () => ends.push('signal')),
    });
    const { receive, hubConnection } = connect({ methods: { Listen: listen } });
    await receive(HANDSHAKE + call('Listen'));
    expect(ends).toEqual([]);
    hubConnection.abort();
    expect(ends).toEqual(['signal']);
    expect(hubConnection.signal.aborted).toBe(true);
  });

  it('send what a method has kept for then behind its answer, and before the next', async () => {
    const gate = newGate();
    const tell = hubMethod({
      parameters: [z.string()],
      handler: async (caller, name) => {
        caller.afterAnswer(() => caller.send('Told', name));
        await gate[0];
        caller.afterAnswer(() => {
          caller.send('Told', `${name} again`);
          // The call is answered: nothing is left to wait for.
          caller.afterAnswer(() => caller.send('Told', `${name} at once`));
        });
        if (name === 'b') throw new Error('a call that fails is answered, too');
      },
    });
    const { receive, sent } = connect({ methods: { Tell: tell } });
    await receive(HANDSHAKE + call('Tell', ['a'], '1') + call('Tell', ['b'], '2'));
    expect(sent()).toHaveLength(1);
    gate[1]();
    await settle();
    const messages = sent()
      .slice(1)
      .map((text) => z.looseObject({ type: z.number() }).parse(JSON.parse(text)));
    expect(messages.map((one) => one['invocationId'] ?? one['arguments'])).toEqual([
      '1',
      ['a'],
      ['a again'],
      ['a at once'],
      '2',
      ['b'],
      ['b again'],
      ['b at once'],
    ]);
  });

  it('runs what was kept for after the answer also where there is none, and at once beside calls', async () => {
    const ran: string[] = [];
    const note = hubMethod({
      parameters: [],
      handler: (caller) => caller.afterAnswer(() => ran.push('call')),
    });
    const { receive } = connect({
      methods: { Note: note },
      onConnected: (caller) => {
        caller.afterAnswer(() => ran.push('connected'));
        ran.push('end of onConnected');
      },
    });
    await receive(HANDSHAKE + call('Note'));
    expect(ran).toEqual(['connected', 'end of onConnected', 'call']);
  });

  it('runs what a stream method kept for after the answer, once its stream is open', async () => {
    const count = streamMethod({
      parameters: [],
      handler: (caller) => {
        caller.afterAnswer(() => caller.send('Told'));
        return countTo(2);
      },
    });
    const { receive, sent } = connect({ methods: { Count: count } });
    await receive(HANDSHAKE + streamCall('Count', [], '1'));
    const kinds = sent().map((text) => z.looseObject({}).parse(JSON.parse(text))['type']);
    expect(kinds).toEqual([undefined, 1, 2, 2, 3]);
  });
});

async function* countTo(last: number): AsyncIterable<number> {
  for (let number = 1; number <= last; number += 1) yield await Promise.resolve(number);
}
