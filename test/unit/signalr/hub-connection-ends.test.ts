import { describe, expect, it, vi } from 'vitest';
import { closeReasons, HubError, hubMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { call, connect, echo, HANDSHAKE, newGate, RS } from './hub-harness.js';

describe('hub connection: ends', () => {
  const error = '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}';

  it.each(['{"type":1}', 'not json', '{}'])('malformed message %s', async (text) => {
    const { receive, lastSent, transport } = connect();
    await receive(HANDSHAKE + text + RS);
    expect(lastSent()).toBe(error);
    expect(transport.closeCode).toBe(1000);
  });

  it('answers good messages before one that is too large', async () => {
    const { receive, sent } = connect({ methods: { Echo: echo } });
    await receive(HANDSHAKE);
    await receive(call('Echo', ['good'], '1') + 'x'.repeat(32_769));
    expect(sent().slice(1)).toEqual(['{"type":3,"invocationId":"1","result":"good"}', error]);
  });

  it('appends the cause with detailed errors', async () => {
    const { receive, lastSent } = connect({}, { detailedErrors: true });
    await receive(`${HANDSHAKE}{}${RS}`);
    expect(lastSent()).toContain(
      "Connection closed with an error. InvalidDataException: Missing required property 'type'.",
    );
  });

  it('onConnected throws: error without leave to reconnect, and no onDisconnected', async () => {
    const onDisconnected = vi.fn<() => void>();
    const { receive, lastSent } = connect({
      onDisconnected,
      onConnected: () => {
        throw new HubError('not today');
      },
    });
    await receive(HANDSHAKE);
    expect(lastSent()).toBe(
      '{"type":7,"error":"Connection closed with an error. HubException: not today"}',
    );
    expect(onDisconnected).not.toHaveBeenCalled();
  });

  it('abort sends a bare Close, and nothing follows it', async () => {
    const { receive, sent, hubConnection, transport } = connect();
    await receive(HANDSHAKE);
    hubConnection.abort();
    hubConnection.send('late');
    await settle();
    expect(sent().slice(1)).toEqual(['{"type":7}']);
    expect(transport.closeCode).toBe(1000);
  });

  it.each<[string, (one: ReturnType<typeof connect>) => Promise<void> | void, boolean]>([
    ['the client says Close', (one) => one.receive(`{"type":7}${RS}`), false],
    ['the client closes its socket', (one) => one.transport.listener?.closed(undefined), false],
    ['the socket breaks', (one) => one.transport.listener?.closed(new Error('reset')), true],
  ])('%s: onDisconnected once, as an error only if it was one', async (_name, act, failed) => {
    const ends: (Error | undefined)[] = [];
    const one = connect({ onDisconnected: (_caller, cause) => void ends.push(cause) });
    await one.receive(HANDSHAKE);
    await act(one);
    one.transport.listener?.closed(undefined);
    await settle();
    expect(ends.map((cause) => cause !== undefined)).toEqual([failed]);
    expect(one.gone).toHaveBeenCalledTimes(1);
    expect(one.lifetime.callers()).toEqual([]);
  });

  it('onDisconnected waits for the call that is running', async () => {
    const order: string[] = [];
    const [gate, release] = newGate();
    const slow = hubMethod({
      parameters: [],
      handler: async () => {
        await gate;
        order.push('call ended');
      },
    });
    const { receive, transport } = connect({
      methods: { Slow: slow },
      onDisconnected: () => void order.push('disconnected'),
    });
    await receive(HANDSHAKE + call('Slow'));
    transport.listener?.closed(undefined);
    await settle();
    expect(order).toEqual([]);
    release();
    await settle();
    expect(order).toEqual(['call ended', 'disconnected']);
  });

  it('a peer that does not take its Close is cut off', async () => {
    const { receive, pass, hubConnection, transport } = connect();
    await receive(HANDSHAKE);
    transport.block();
    hubConnection.close(closeReasons.serverShutdown);
    await pass(5);
    expect(transport.terminated).toBe(false);
    await pass(1);
    expect(transport.terminated).toBe(true);
  });
});
