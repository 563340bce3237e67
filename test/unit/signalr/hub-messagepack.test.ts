import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LifetimeManager } from '../../../src/signalr/hub/lifetime-manager.js';
import type { HubUser } from '../../../src/signalr/index.js';
import { hubMethod, MessageTemplate, SharedMessage } from '../../../src/signalr/index.js';
import { messagePackProtocol } from '../../../src/signalr/protocol/messagepack-protocol.js';
import type { HubMessage } from '../../../src/signalr/protocol/messages.js';
import { settle } from './fakes.js';
import { connect, echo, HANDSHAKE, RS } from './hub-harness.js';

const PACKED_HANDSHAKE = `{"protocol":"messagepack","version":1}${RS}`;
const packed = (...messages: HubMessage[]) =>
  Buffer.concat(messages.map((message) => messagePackProtocol.encode(message)));

const packedCall = (target: string, invocationId: string, argument: unknown): HubMessage => ({
  kind: 'invocation',
  invocationId,
  target,
  arguments: [argument],
});

/** A connection that speaks MessagePack, its handshake done. */
async function connectPacked(...given: Parameters<typeof connect>) {
  const one = connect(...given);
  await one.receive(PACKED_HANDSHAKE);
  return {
    ...one,
    receiveBytes: async (bytes: Uint8Array) => {
      one.transport.listener?.received(bytes);
      await settle();
    },
    /** Messages in the binary frames; the handshake's answer is none. */
    messages: () => {
      const reader = messagePackProtocol.createReader(Infinity);
      reader.push(Buffer.concat(one.transport.binary.slice(1)));
      const messages: HubMessage[] = [];
      for (let next = reader.next(); next !== undefined; next = reader.next()) messages.push(next);
      return messages;
    },
  };
}

describe('a connection that chose MessagePack', () => {
  it('gets the same answer to its handshake, in a binary frame, and binary frames only', async () => {
    const { transport, hubConnection } = await connectPacked();
    hubConnection.send('Hello', 1);
    await settle();
    expect(transport.binary[0]?.toString()).toBe(`{}${RS}`);
    expect(transport.binary).toHaveLength(transport.written.length);
    expect(transport.binary[1]?.toString('hex')).toBe('0d960180c0a548656c6c6f910190');
  });

  it('calls methods, by frames cut anywhere', async () => {
    const { receiveBytes, messages } = await connectPacked({ methods: { Echo: echo } });
    const calls = ['1', '2'].map((id) => packedCall('eCHO', id, `x${id}`));
    for (const byte of packed(...calls)) await receiveBytes(Uint8Array.of(byte));
    expect(messages()).toEqual(
      ['1', '2'].map((invocationId) => ({
        kind: 'completion',
        invocationId,
        outcome: { kind: 'result', value: `x${invocationId}` },
      })),
    );
  });

  it('may call right behind its handshake', async () => {
    const { transport } = connect({ methods: { Echo: echo } });
    const { listener } = transport;
    listener?.received(
      Buffer.concat([Buffer.from(PACKED_HANDSHAKE), packed(packedCall('Echo', '1', 'x'))]),
    );
    await settle();
    expect(transport.binary[1]?.toString('hex')).toBe('08950380a13103a178');
  });

  it('has a call with a wrong argument fail, and goes on', async () => {
    const dated = hubMethod({
      parameters: [z.date()],
      handler: (_caller, date) => date.toISOString(),
    });
    const { receiveBytes, messages } = await connectPacked({ methods: { Dated: dated } });
    await receiveBytes(
      packed(packedCall('Dated', '1', 'no date'), packedCall('Dated', '2', new Date(0))),
    );
    expect(messages()).toEqual([
      {
        kind: 'completion',
        invocationId: '1',
        outcome: {
          kind: 'error',
          error: "Failed to invoke 'Dated' due to an error on the server.",
        },
      },
      {
        kind: 'completion',
        invocationId: '2',
        outcome: { kind: 'result', value: '1970-01-01T00:00:00.000Z' },
      },
    ]);
  });

  it.each([
    ['an invalid frame', '029101'],
    ['JSON', Buffer.from('{"type":6}').toString('hex')],
    ['a length without end', 'ffffffffff'],
  ])('is closed for %s, and told why in its own protocol', async (_name, hex) => {
    const { receiveBytes, messages } = await connectPacked();
    await receiveBytes(Buffer.from(hex, 'hex'));
    await receiveBytes(Buffer.alloc(200, 'x'));
    expect(messages()).toEqual([
      { kind: 'close', error: 'Connection closed with an error.', allowReconnect: true },
    ]);
  });

  it('is closed for a message over the limit as soon as it is announced', async () => {
    const { receiveBytes, metricCalls } = await connectPacked();
    await receiveBytes(Buffer.from('ffff7f', 'hex'));
    expect(metricCalls).toContain('closed WebSockets message_too_large');
  });
});

describe('what many receive', () => {
  it('is encoded once per protocol in use', async () => {
    const lifetime = new LifetimeManager<HubUser>();
    const member = (id: string) => [{}, {}, { id }, { id, lifetime }] as const;
    const packers = await Promise.all(['a', 'b'].map((id) => connectPacked(...member(id))));
    const jsons = ['c', 'd'].map((id) => connect(...member(id)));
    for (const one of jsons) await one.receive(HANDSHAKE);
    const template = new MessageTemplate({
      target: 'M',
      constant: { s: 1 },
      slot: 'data',
      conflate: false,
    });
    const message = new SharedMessage({ value: { x: 1 }, label: 'E' });
    lifetime.all().send('News', 'for all');
    for (const caller of lifetime.callers()) caller.deliver(template, message);
    await settle();
    const encodings = [...packers, ...jsons].flatMap(({ metricCalls }) =>
      metricCalls.filter((one) => one.startsWith('encoded')),
    );
    expect(encodings.sort()).toEqual([
      'encoded E json',
      'encoded E messagepack',
      'encoded invocation json',
      'encoded invocation messagepack',
    ]);
    const news = { kind: 'invocation', target: 'News', arguments: ['for all'] };
    const delivery = { kind: 'invocation', target: 'M', arguments: [{ s: 1, data: { x: 1 } }] };
    for (const one of packers) expect(one.messages()).toEqual([news, delivery]);
    for (const one of jsons) expect(one.sent()).toHaveLength(3);
  });
});
