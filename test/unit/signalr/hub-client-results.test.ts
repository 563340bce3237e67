import { describe, expect, it } from 'vitest';
import type { HubCaller, HubUser } from '../../../src/signalr/index.js';
import { HubError, hubMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { call, completion, connect, echo, HANDSHAKE, newGate, RS } from './hub-harness.js';

const question = (id: string, ...args: unknown[]) =>
  JSON.stringify({ type: 1, invocationId: id, target: 'Ask', arguments: args });
const answer = (id: string, outcome: object) =>
  JSON.stringify({ type: 3, invocationId: id, ...outcome });

/** Asks its client, and answers with what came of it. */
const relay = hubMethod({
  parameters: [],
  handler: async (caller) => {
    try {
      return await caller.invoke('Ask', 'question');
    } catch (error) {
      return `${error instanceof HubError ? 'HubError' : 'other'}: ${String(error)}`;
    }
  },
});

describe('a result of the client', () => {
  it.each<[string, object, unknown]>([
    ['a value', { result: { a: 1 } }, { a: 1 }],
    ['null', { result: null }, null],
    ['an error', { error: 'no handler' }, 'HubError: HubError: no handler'],
  ])('is %s', async (_name, outcome, result) => {
    const { receive, sent } = connect({ methods: { Relay: relay } });
    await receive(HANDSHAKE + call('Relay', [], '1'));
    expect(sent().slice(1)).toEqual([question('s1', 'question')]);
    await receive(completion('s1', outcome));
    expect(sent().slice(2)).toEqual([answer('1', { result })]);
  });

  it('is undefined when the client gives none', async () => {
    const { receive, hubConnection } = connect();
    await receive(HANDSHAKE);
    const result = hubConnection.invoke('Ask');
    await receive(completion('s1'));
    expect(await result).toBeUndefined();
  });

  it('comes to the waiter that asked for it; unknown and late ones are ignored', async () => {
    const { receive, hubConnection } = connect();
    await receive(HANDSHAKE);
    const results = Promise.all([hubConnection.invoke('Ask'), hubConnection.invoke('Ask')]);
    await receive(completion('s7', { result: 'nobody asked' }) + completion('s2', { result: 'b' }));
    await receive(completion('s2', { result: 'late' }) + completion('s1', { result: 'a' }));
    expect(await results).toEqual(['a', 'b']);
  });

  it('does not deadlock with one call at a time: others run while the method waits', async () => {
    const { receive, sent } = connect(
      { methods: { Relay: relay, Echo: echo } },
      { maximumQueuedInvocations: 2 },
    );
    const calls = Array.from({ length: 20 }, (_, n) => call('Echo', ['x'], `e${n}`)).join('');
    await receive(HANDSHAKE + call('Relay', [], '1') + calls + completion('s1', { result: 'yes' }));
    await settle();
    expect(sent()).toHaveLength(23);
    expect(sent()).toContain(answer('1', { result: 'yes' }));
  });

  it('gives the waiting method its turn back before calls that have not begun', async () => {
    const order: string[] = [];
    const [gate, release] = newGate();
    const asks = hubMethod({
      parameters: [],
      handler: async (caller) => {
        await caller.invoke('Ask');
        order.push('asked');
      },
    });
    const slow = hubMethod({
      parameters: [],
      handler: async () => {
        order.push('slow begins');
        await gate;
        order.push('slow ends');
      },
    });
    const next = hubMethod({ parameters: [], handler: () => void order.push('next') });
    const { receive } = connect({ methods: { Asks: asks, Slow: slow, Next: next } });
    await receive(HANDSHAKE + call('Asks') + call('Slow') + call('Next'));
    await receive(completion('s1'));
    expect(order).toEqual(['slow begins']);
    release();
    await settle();
    expect(order).toEqual(['slow begins', 'slow ends', 'asked', 'next']);
  });

  it('may be one of several that a method awaits together', async () => {
    const both = hubMethod({
      parameters: [],
      handler: (caller) => Promise.all([caller.invoke('Ask', 1), caller.invoke('Ask', 2)]),
    });
    const order: string[] = [];
    const next = hubMethod({ parameters: [], handler: () => void order.push('next') });
    const { receive, sent } = connect({ methods: { Both: both, Next: next } });
    await receive(
      HANDSHAKE + call('Both', [], '1') + call('Next', [], '2') + call('Next', [], '3'),
    );
    await receive(completion('s2', { result: 'b' }) + completion('s1', { result: 'a' }));
    expect(sent().slice(3)).toEqual([
      answer('2', {}),
      answer('3', {}),
      answer('1', { result: ['a', 'b'] }),
    ]);
    await receive(call('Next', [], '4'));
    expect(order).toHaveLength(3);
  });

  it('that a method no longer waits for does not cost it a turn', async () => {
    const [gate, release] = newGate();
    const order: string[] = [];
    const race = hubMethod({
      parameters: [],
      handler: async (caller) => {
        order.push(String(await Promise.race([caller.invoke('Ask', 1), caller.invoke('Ask', 2)])));
        await gate;
      },
    });
    const note = hubMethod({ parameters: [], handler: () => void order.push('note') });
    const { receive, sent } = connect({ methods: { Race: race, Note: note } });
    await receive(HANDSHAKE + call('Race', [], '1'));
    await receive(completion('s2', { result: 'second' }));
    release();
    await receive(completion('s1', { result: 'first' }) + call('Note', [], '2'));
    await receive(call('Note', [], '3'));
    expect(order).toEqual(['second', 'note', 'note']);
    expect(sent()).toHaveLength(6);
  });

  it('asked for inside onConnected is refused, and the connection goes on', async () => {
    const errors: string[] = [];
    const { receive, lastSent } = connect({
      methods: { Relay: relay },
      onConnected: async (caller) => {
        await caller.invoke('Ask').catch((error: unknown) => errors.push(String(error)));
      },
    });
    await receive(HANDSHAKE + call('Relay', [], '1'));
    expect(errors).toEqual([expect.stringContaining('before onConnected is over')]);
    expect(lastSent()).toBe(question('s1', 'question'));
  });

  it.each<[string, (one: ReturnType<typeof connect>) => Promise<void> | void]>([
    ['the socket breaks', ({ transport }) => transport.listener?.closed(new Error('reset'))],
    ['the client says Close', ({ receive }) => receive(`{"type":7}${RS}`)],
    ['what follows is no message', ({ receive }) => receive(`nonsense${RS}`)],
  ])('is given up when %s', async (_name, act) => {
    const one = connect({ methods: { Relay: relay } });
    await one.receive(HANDSHAKE);
    const result = one.hubConnection.invoke('Ask').catch(String);
    await act(one);
    expect(await result).toBe('Error: The connection has ended.');
    await expect(one.hubConnection.invoke('Ask')).rejects.toThrow('The connection has ended.');
  });

  it('is given up after its time-out, which one call may have of its own', async () => {
    const { receive, pass, hubConnection } = connect({}, { clientResultTimeoutMs: 5_000 });
    await receive(HANDSHAKE);
    const outcomes: string[] = [];
    const note = (name: string) => () => void outcomes.push(name);
    hubConnection.invoke('Ask').catch(note('default'));
    hubConnection.invokeWith({ timeoutMs: 2_000 }, 'Ask').catch(note('own'));
    await pass(1);
    expect(outcomes).toEqual([]);
    await pass(1);
    expect(outcomes).toEqual(['own']);
    await pass(3);
    expect(outcomes).toEqual(['own', 'default']);
  });

  it('is given up by a signal, even ahead of the question', async () => {
    const { receive, sent, hubConnection } = connect();
    await receive(HANDSHAKE);
    const abort = new AbortController();
    const result = hubConnection.invokeWith({ signal: abort.signal }, 'Ask').catch(String);
    await settle();
    abort.abort('changed my mind');
    expect(await result).toBe('changed my mind');
    await receive(completion('s1', { result: 'late' }));
    const signal = AbortSignal.abort('never began');
    await expect(hubConnection.invokeWith({ signal }, 'Ask')).rejects.toBe('never began');
    expect(sent().slice(1)).toEqual([question('s1')]);
  });

  it('can be awaited of one client only so many times at once', async () => {
    const { receive, hubConnection } = connect({}, { maximumClientResults: 1 });
    await receive(HANDSHAKE);
    const first = hubConnection.invoke('Ask');
    await expect(hubConnection.invoke('Ask')).rejects.toThrow('1 results of the client');
    await receive(completion('s1', { result: 1 }));
    expect(await first).toBe(1);
  });

  it('can be asked for from outside, of a connection that is there', async () => {
    const { receive, lifetime } = connect();
    await receive(HANDSHAKE);
    const result = lifetime.connection('c1').invoke('Ask', 1);
    await receive(completion('s1', { result: 2 }));
    expect(await result).toBe(2);
    await expect(lifetime.connection('c9').invoke('Ask')).rejects.toThrow("id 'c9'");
  });

  it('that can not be asked for is an error of the arguments', async () => {
    const { receive, hubConnection } = connect();
    await receive(HANDSHAKE);
    await expect(hubConnection.invoke('Ask', 1n)).rejects.toThrow(TypeError);
  });

  it('is given up when the question is one message too many for a slow client', async () => {
    const { receive, transport, hubConnection } = connect({}, { maximumOutboundBytes: 100 });
    await receive(HANDSHAKE);
    transport.block();
    const results = ['a', 'b'].map((letter) =>
      hubConnection.invoke('Ask', letter.repeat(40)).catch(String),
    );
    const ended = 'Error: The connection has ended.';
    expect(await Promise.all(results)).toEqual([ended, ended]);
  });

  it('a method may ask through the caller that it keeps', async () => {
    const kept: HubCaller<HubUser>[] = [];
    const keep = hubMethod({ parameters: [], handler: (caller) => void kept.push(caller) });
    const { receive } = connect({ methods: { Keep: keep, Relay: relay } });
    await receive(HANDSHAKE + call('Keep'));
    const result = kept[0]?.invoke('Ask');
    await receive(completion('s1', { result: 'yes' }));
    expect(await result).toBe('yes');
  });
});
