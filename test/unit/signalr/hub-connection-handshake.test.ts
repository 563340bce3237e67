import { describe, expect, it } from 'vitest';
import { hubMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { call, connect, HANDSHAKE, RS } from './hub-harness.js';

describe('hub connection: handshake', () => {
  it('answers {} alone in its frame, before anything that onConnected sends', async () => {
    const { receive, transport } = connect({ onConnected: (caller) => caller.send('hello') });
    await receive(HANDSHAKE);
    expect(transport.written).toEqual([
      `{}${RS}`,
      `{"type":1,"target":"hello","arguments":[]}${RS}`,
    ]);
  });

  it('handles messages that came right behind it, after onConnected', async () => {
    const order: string[] = [];
    const { receive } = connect({
      onConnected: async () => {
        await settle();
        order.push('connected');
      },
      methods: { M: hubMethod({ parameters: [], handler: () => order.push('called') }) },
    });
    await receive(HANDSHAKE + call('M'));
    await settle();
    expect(order).toEqual(['connected', 'called']);
  });

  it('is canceled after its time-out, without a Close message', async () => {
    const { pass, sent, transport } = connect();
    await pass(15);
    expect(sent()).toEqual([]);
    await pass(1);
    expect(sent()).toEqual(['{"error":"Handshake was canceled."}']);
    expect(transport.closeCode).toBe(1000);
  });

  it('is not sent broadcasts before it is done', async () => {
    const { hubConnection, lifetime, sent } = connect();
    hubConnection.send('early');
    lifetime.all().send('early');
    await settle();
    expect(sent()).toEqual([]);
  });
});
