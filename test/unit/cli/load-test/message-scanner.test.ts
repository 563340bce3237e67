import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageScanner } from '../../../../src/cli/load-test/message-scanner.js';
import { createRteEvent } from '../../../../src/rte/events/create-event.js';
import { jsonProtocol } from '../../../../src/signalr/protocol/json-protocol.js';
import type { HubMessage } from '../../../../src/signalr/protocol/messages.js';
import { messagePackProtocol } from '../../../../src/signalr/protocol/messagepack-protocol.js';
import { cutAt } from './cut-at.js';

const ID = 'aaaaaaaa-0000-4000-8000-000000000042';
const protocols = { json: jsonProtocol, messagepack: messagePackProtocol };

/** As the hub's publisher sends it. */
function delivery(name: keyof typeof protocols, note: string, timestamp: number): Buffer {
  const protocol = protocols[name];
  const origin = { organizationId: ID, entityId: ID, timestamp };
  const { data } = createRteEvent('UserAvailability', origin, { note });
  const constant = { subscription: { entityId: ID, timestamp: 7 } };
  const template = protocol.encodeTemplate({ target: 'MessageReceived', constant, slot: 'data' });
  return Buffer.concat(protocol.join(template, protocol.encodeValue(data)));
}

function scan(name: keyof typeof protocols, chunks: readonly Buffer[]) {
  const stamps: number[] = [];
  const others: HubMessage[] = [];
  const scanner = new MessageScanner(name, {
    delivered: (stamp) => void stamps.push(stamp),
    message: (message) => void others.push(message),
  });
  for (const chunk of chunks) scanner.push(chunk);
  return { stamps, others };
}

describe.each(['json', 'messagepack'] as const)('what comes in %s', (name) => {
  it('is told apart, with the stamps of events, however it is cut', () => {
    const notes = fc.array(fc.oneof(fc.string(), fc.constant('"timestamp":"x"')), { maxLength: 5 });
    fc.assert(
      fc.property(notes, fc.array(fc.integer({ min: 1, max: 400 })), (texts, cuts) => {
        const stamps = texts.map((_text, at) => 1_795_255_200_000 + at);
        const messages = texts.map((text, at) => delivery(name, text, stamps[at] ?? 0));
        const ping = Buffer.from(protocols[name].encode({ kind: 'ping' }));
        const bytes = Buffer.concat([...messages, ping]);
        expect(scan(name, cutAt(bytes, cuts))).toEqual({ stamps, others: [{ kind: 'ping' }] });
      }),
    );
  });

  it('other messages come as the hub wrote them', () => {
    const outcome = { kind: 'result', value: [{ subscribed: true }] } as const;
    const messages: HubMessage[] = [
      { kind: 'completion', invocationId: '1', outcome },
      { kind: 'close', error: 'slow consumer', allowReconnect: true },
      { kind: 'invocation', target: 'Other', arguments: [] },
    ];
    const bytes = messages.map((message) => Buffer.from(protocols[name].encode(message)));
    expect(scan(name, bytes)).toEqual({ stamps: [], others: messages });
  });

  it('an event without a stamp counts as an event', () => {
    const target = 'MessageReceived';
    const message = { kind: 'invocation', target, arguments: [{ data: {} }] } as const;
    const { stamps } = scan(name, [Buffer.from(protocols[name].encode(message))]);
    expect(stamps).toEqual([Number.NaN]);
  });

  it('what is no hub message is an error', () => {
    const nonsense = name === 'json' ? Buffer.from('nonsense\u001e') : Buffer.from([2, 0xc1, 0xc1]);
    expect(() => scan(name, [nonsense])).toThrow(/./u);
  });
});

it('an event of a server that writes its members in another order is one, too', () => {
  const text = '{"target":"MessageReceived","arguments":[{}],"type":1}\u001e';
  expect(scan('json', [Buffer.from(text)]).stamps).toEqual([Number.NaN]);
});
