import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HubError, hubMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { call, connect, echo, HANDSHAKE, newGate, RS } from './hub-harness.js';

describe('hub connection: calls', () => {
  const general = "An unexpected error occurred invoking 'M' on the server.";
  it.each<[string, () => unknown, object]>([
    ['a result', () => 5, { result: 5 }],
    ['null as result', () => null, { result: null }],
    ['nothing for void', () => undefined, {}],
    [
      'the text of a HubError',
      () => {
        throw new HubError('no such entity');
      },
      { error: `${general} HubException: no such entity` },
    ],
    [
      'no text of any other error',
      () => {
        throw new Error('password is 123');
      },
      { error: general },
    ],
    ['a general error for a result without JSON form', () => 1n, { error: general }],
  ])('answers with %s', async (_name, handler, answer) => {
    const { receive, lastSent } = connect({
      methods: { M: hubMethod({ parameters: [], handler }) },
    });
    await receive(HANDSHAKE + call('M', [], '1'));
    expect(lastSent()).toBe(JSON.stringify({ type: 3, invocationId: '1', ...answer }));
  });

  it.each<[string, string, string]>([
    ['an unknown method', call('Nope', [], '1'), "Unknown hub method 'Nope'"],
    ['a name of Object', call('constructor', [], '1'), "Unknown hub method 'constructor'"],
    [
      'too few arguments',
      call('Echo', [], '1'),
      "Failed to invoke 'Echo' due to an error on the server.",
    ],
    [
      'too many arguments',
      call('Echo', ['a', 'b'], '1'),
      "Failed to invoke 'Echo' due to an error on the server.",
    ],
    [
      'an argument of the wrong type',
      call('Echo', [5], '1'),
      "Failed to invoke 'Echo' due to an error on the server.",
    ],
    [
      'a plain method called for a stream',
      `{"type":4,"invocationId":"1","target":"Echo","arguments":["a"]}${RS}`,
      "The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.",
    ],
  ])('%s gets its error text, and the connection lives', async (_name, message, error) => {
    const { receive, sent } = connect({ methods: { Echo: echo } });
    await receive(HANDSHAKE + message + call('eCHO', ['still here'], '2'));
    expect(sent().slice(1)).toEqual([
      JSON.stringify({ type: 3, invocationId: '1', error }),
      '{"type":3,"invocationId":"2","result":"still here"}',
    ]);
  });

  it('passes over extra arguments where the method says so', async () => {
    const lenient = hubMethod({
      parameters: [z.string()],
      ignoreExtraArguments: true,
      handler: (_caller, text) => text,
    });
    const { receive, lastSent } = connect({ methods: { Echo: lenient } });
    await receive(HANDSHAKE + call('Echo', ['a', 'b'], '1'));
    expect(lastSent()).toBe('{"type":3,"invocationId":"1","result":"a"}');
  });

  it('never answers a call without id, not even an error', async () => {
    const { receive, sent } = connect({ methods: { Echo: echo } });
    await receive(HANDSHAKE + call('Nope') + call('Echo') + call('Echo', ['x'], 'sentinel'));
    expect(sent().slice(1)).toEqual(['{"type":3,"invocationId":"sentinel","result":"x"}']);
  });

  it('runs one call at a time, in order', async () => {
    const running: string[] = [];
    const slow = hubMethod({
      parameters: [z.string()],
      handler: async (_caller, name) => {
        running.push(`+${name}`);
        await settle();
        running.push(`-${name}`);
      },
    });
    const { receive } = connect({ methods: { Slow: slow } });
    await receive(HANDSHAKE + call('Slow', ['a']) + call('Slow', ['b']));
    await settle();
    await settle();
    expect(running).toEqual(['+a', '-a', '+b', '-b']);
  });

  it('stops reading while too many calls wait, and loses none', async () => {
    const [gate, release] = newGate();
    let done = 0;
    const slow = hubMethod({
      parameters: [],
      handler: async () => {
        await gate;
        done += 1;
      },
    });
    const rate = { perSecond: Infinity, burst: Infinity };
    const { receive, transport } = connect(
      { methods: { Slow: slow } },
      { maximumQueuedInvocations: 4, messageRate: rate },
    );
    await receive(HANDSHAKE);
    await receive(call('Slow').repeat(100));
    expect(transport.paused).toBe(true);
    release();
    await settle();
    expect(done).toBe(100);
    expect(transport.paused).toBe(false);
  });

  it('over the rate gets errors, and with repetition its end', async () => {
    const { receive, lastSent, pass } = connect(
      { methods: { Echo: echo } },
      { messageRate: { perSecond: 1, burst: 2 }, maximumRateRefusals: 2 },
    );
    await receive(HANDSHAKE + call('Echo', ['a'], '1') + call('Echo', ['b'], '2'));
    await receive(call('Echo', ['c'], '3'));
    expect(lastSent()).toBe(
      '{"type":3,"invocationId":"3","error":"Too many messages: slow down."}',
    );
    await pass(2);
    await receive(call('Echo', ['d'], '4'));
    expect(lastSent()).toBe('{"type":3,"invocationId":"4","result":"d"}');
    await receive(call('Echo', ['e'], '5').repeat(4));
    expect(lastSent()).toBe('{"type":7,"error":"Too many messages."}');
  });
});
