import { describe, expect, it } from 'vitest';
import { MessageTemplate, SharedMessage } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { connect, HANDSHAKE } from './hub-harness.js';

/** A state event's template, conflated. */
const stateTemplate = () =>
  new MessageTemplate({ target: 'M', constant: { s: 1 }, slot: 'data', conflate: true });
/** An occurrence's template. */
const occurrenceTemplate = () =>
  new MessageTemplate({ target: 'M', constant: { s: 2 }, slot: 'data', conflate: false });
const message = (value: unknown, more = {}) => new SharedMessage({ value, label: 'E', ...more });
const invocation = (s: number, data: unknown) =>
  JSON.stringify({ type: 1, target: 'M', arguments: [{ s, data }] });

describe('hub connection: delivery', () => {
  it('ten messages of one turn leave in one write', async () => {
    const { receive, hubConnection, transport, sent } = connect();
    await receive(HANDSHAKE);
    const template = occurrenceTemplate();
    for (let n = 0; n < 10; n += 1) hubConnection.deliver(template, message(n));
    await settle();
    expect(transport.written).toHaveLength(2);
    expect(sent().slice(1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => invocation(2, n)));
  });

  it('a message for many connections is encoded once', async () => {
    const shared = message({ a: 1 });
    const encodings: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { receive, hubConnection, metricCalls, lastSent } = connect();
      await receive(HANDSHAKE);
      hubConnection.deliver(occurrenceTemplate(), shared);
      await settle();
      expect(lastSent()).toBe(invocation(2, { a: 1 }));
      encodings.push(...metricCalls.filter((one) => one.startsWith('encoded')));
    }
    expect(encodings).toEqual(['encoded E json']);
  });

  it('while the peer takes nothing, states are conflated, occurrences kept, old news dropped', async () => {
    const { receive, hubConnection, transport, sent, metricCalls, pass } = connect();
    await receive(HANDSHAKE);
    transport.block();
    const [state, occurrence] = [stateTemplate(), occurrenceTemplate()];
    hubConnection.deliver(state, message('old'));
    hubConnection.deliver(occurrence, message('ringing'));
    hubConnection.deliver(occurrence, message('stale', { expiresAt: 2_000 }));
    hubConnection.deliver(state, message('new'));
    await pass(3);
    expect(sent()).toEqual(['{}']);
    transport.unblock();
    await settle();
    expect(sent().slice(1)).toEqual([invocation(2, 'ringing'), invocation(1, 'new')]);
    expect(metricCalls).toEqual(
      expect.arrayContaining(['dropped E conflated 1', 'dropped E expired 1', 'sent E 2']),
    );
  });

  it('messages about several things under one template are conflated thing by thing', async () => {
    const { receive, hubConnection, transport, sent } = connect();
    await receive(HANDSHAKE);
    transport.block();
    const [state, occurrence] = [stateTemplate(), occurrenceTemplate()];
    for (const value of ['a1', 'b1', 'a2'])
      hubConnection.deliver(state, message(value, { conflationKey: value[0] }));
    for (const value of ['c1', 'c2'])
      hubConnection.deliver(occurrence, message(value, { conflationKey: 'c' }));
    transport.unblock();
    await settle();
    const inOrder = [
      invocation(1, 'b1'),
      invocation(1, 'a2'),
      invocation(2, 'c1'),
      invocation(2, 'c2'),
    ];
    expect(sent().slice(1)).toEqual(inOrder);
  });

  it('a slow consumer is told so and may reconnect; what waited is dropped and counted', async () => {
    const { receive, hubConnection, transport, sent, metricCalls } = connect(
      {},
      { maximumOutboundBytes: 100 },
    );
    await receive(HANDSHAKE);
    transport.block();
    for (let n = 0; n < 4; n += 1)
      hubConnection.deliver(occurrenceTemplate(), message('x'.repeat(20)));
    transport.unblock();
    await settle();
    expect(sent().slice(1)).toEqual(['{"type":7,"error":"slow consumer","allowReconnect":true}']);
    expect(metricCalls).toContain('closed WebSockets slow_consumer');
    expect(metricCalls).toContain('dropped E closed 1');
  });

  it('a write blocked for more than 10 s ends the connection', async () => {
    const { receive, hubConnection, transport, pass, metricCalls } = connect();
    await receive(HANDSHAKE);
    transport.block();
    hubConnection.deliver(occurrenceTemplate(), message('x'));
    await settle();
    await pass(10);
    expect(transport.terminated).toBe(false);
    await pass(1);
    expect(transport.terminated).toBe(true);
    expect(metricCalls).toContain('closed WebSockets send_timeout');
  });

  it('whenDrained() resolves when the peer has taken what waited, and at once when nothing does', async () => {
    const { receive, hubConnection, transport } = connect();
    await receive(HANDSHAKE);
    await hubConnection.whenDrained();
    transport.block();
    hubConnection.deliver(occurrenceTemplate(), message('x'));
    let drained = false;
    const waiting = hubConnection.whenDrained().then(() => (drained = true));
    await settle();
    expect(drained).toBe(false);
    transport.unblock();
    await waiting;
    expect(transport.written).toHaveLength(2);
  });

  it('whenDrained() resolves when the last write was as much as the peer took at once', async () => {
    const { receive, hubConnection, transport } = connect();
    await receive(HANDSHAKE);
    transport.isFullAfterWrite = true;
    hubConnection.deliver(occurrenceTemplate(), message('x'));
    const waiting = hubConnection.whenDrained();
    await settle();
    expect(transport.written).toHaveLength(2);
    transport.unblock();
    await waiting;
  });

  it('whenDrained() resolves when the connection ends with something waiting', async () => {
    const { receive, connection, hubConnection, transport } = connect();
    await receive(HANDSHAKE);
    transport.block();
    hubConnection.deliver(occurrenceTemplate(), message('x'));
    const waiting = hubConnection.whenDrained();
    connection.closed(new Error('gone'));
    await waiting;
    await hubConnection.whenDrained();
    expect(transport.written).toHaveLength(1);
  });

  it('a template refuses a constant member named as its slot', () => {
    const wrong = { target: 'M', constant: { data: 1 }, slot: 'data', conflate: false };
    expect(() => new MessageTemplate(wrong)).toThrow("'data'");
  });
});
