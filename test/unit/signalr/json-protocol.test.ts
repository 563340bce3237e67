import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { JsonHubProtocol, MessageType } from '@microsoft/signalr';
import { describe, expect, it } from 'vitest';
import { jsonProtocol } from '../../../src/signalr/protocol/json-protocol.js';
import type { HubMessage } from '../../../src/signalr/protocol/messages.js';
import {
  MessageTooLargeError,
  ProtocolError,
} from '../../../src/signalr/protocol/protocol-error.js';

const RS = '\u001e';

/** Everything that a fresh reader makes of the chunks. */
function readAll(chunks: readonly Uint8Array[], limit = 32_768): HubMessage[] {
  const reader = jsonProtocol.createReader(limit);
  const messages: HubMessage[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let next = reader.next(); next !== undefined; next = reader.next()) messages.push(next);
  }
  return messages;
}

const written = (message: HubMessage) => Buffer.from(jsonProtocol.encode(message)).toString();
const ofSize = (size: number) => Buffer.from(`${'{"type":6}'.padEnd(size - 1)}${RS}`);
const read = (text: string): HubMessage[] => readAll([Buffer.from(text + RS)]);

describe('reading JSON hub messages', () => {
  it.each<[string, HubMessage]>([
    [
      '{"type":1,"target":"T","arguments":[1,"a"]}',
      { kind: 'invocation', target: 'T', arguments: [1, 'a'] },
    ],
    [
      '{"arguments":[],"streamIds":["s"],"invocationId":"7","target":"T","type":1}',
      { kind: 'invocation', invocationId: '7', target: 'T', arguments: [], streamIds: ['s'] },
    ],
    [
      '{"type":1,"invocationId":null,"headers":null,"streamIds":null,"target":"T","arguments":[]}',
      { kind: 'invocation', target: 'T', arguments: [] },
    ],
    [
      '{"type":1,"invocationId":"","target":"T","arguments":[]}',
      { kind: 'invocation', target: 'T', arguments: [] },
    ],
    [
      '{"type":2,"invocationId":"1","item":null}',
      { kind: 'streamItem', invocationId: '1', item: null },
    ],
    [
      '{"result":5,"type":3,"invocationId":"1"}',
      { kind: 'completion', invocationId: '1', outcome: { kind: 'result', value: 5 } },
    ],
    [
      '{"type":3,"invocationId":"1","error":"E","result":null}',
      { kind: 'completion', invocationId: '1', outcome: { kind: 'error', error: 'E' } },
    ],
    [
      '{"type":3,"invocationId":"1"}',
      { kind: 'completion', invocationId: '1', outcome: { kind: 'void' } },
    ],
    [
      '{"type":4,"invocationId":"1","target":"T","arguments":[]}',
      { kind: 'streamInvocation', invocationId: '1', target: 'T', arguments: [] },
    ],
    ['{"type":5,"invocationId":"1"}', { kind: 'cancelInvocation', invocationId: '1' }],
    ['{"type":6,"more":1}', { kind: 'ping' }],
    ['{"type":7,"error":null}', { kind: 'close' }],
    [
      '{"type":7,"error":"E","allowReconnect":true}',
      { kind: 'close', error: 'E', allowReconnect: true },
    ],
    ['{"type":8,"sequenceId":3}', { kind: 'ack', sequenceId: 3 }],
    ['{"type":9,"sequenceId":3}', { kind: 'sequence', sequenceId: 3 }],
    ['{"type":99}', { kind: 'unknown', type: 99 }],
    ['{"type":99,"type":6}', { kind: 'ping' }],
  ])('%s', (text, message) => {
    expect(read(text)).toEqual([message]);
  });

  it.each([
    '',
    'x',
    '[]',
    'null',
    '6',
    '{"type":6',
    '{"type":6} x',
    '{}',
    '{"Type":6}',
    '{"type":"6"}',
    '{"type":null}',
    '{"type":1.5}',
    '{"type":1,"arguments":[]}',
    '{"type":1,"target":5,"arguments":[]}',
    '{"type":1,"target":"T"}',
    '{"type":1,"target":"T","arguments":{}}',
    '{"type":1,"target":"T","arguments":[],"invocationId":5}',
    '{"type":1,"target":"T","arguments":[],"streamIds":[5]}',
    '{"type":2,"invocationId":"1"}',
    '{"type":2,"item":1}',
    '{"type":3,"result":1}',
    '{"type":3,"invocationId":"1","result":1,"error":"E"}',
    '{"type":4,"target":"T","arguments":[]}',
    '{"type":5}',
    '{"type":7,"allowReconnect":"yes"}',
    '{"type":8}',
    '{"type":9,"sequenceId":"1"}',
  ])('refuses %s', (text) => {
    expect(() => read(text)).toThrow(ProtocolError);
  });

  it('refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"type":6,"a":"'),
      Buffer.from([0xff]),
      Buffer.from(`"}${RS}`),
    ]);
    expect(() => readAll([bytes])).toThrow('not valid UTF-8');
  });

  it('counts the separator into the size limit', () => {
    expect(readAll([ofSize(64)], 64)).toEqual([{ kind: 'ping' }]);
    expect(() => readAll([ofSize(65)], 64)).toThrow(MessageTooLargeError);
  });

  it('refuses a message over the limit before its end has come', () => {
    const pieces = Array.from({ length: 65 }, () => Buffer.from(' '));
    expect(() => readAll(pieces, 64)).toThrow(MessageTooLargeError);
  });
});

const ids = fc.string({ minLength: 1, maxLength: 4 });
const args = fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 3 });
const anyMessage: fc.Arbitrary<HubMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('invocation' as const),
    target: fc.string({ unit: 'grapheme' }),
    arguments: args,
  }),
  fc.record({
    kind: fc.constant('streamInvocation' as const),
    invocationId: ids,
    target: fc.string({ unit: 'grapheme' }),
    arguments: args,
  }),
  fc.record({ kind: fc.constant('cancelInvocation' as const), invocationId: ids }),
  fc.constant<HubMessage>({ kind: 'ping' }),
  fc.record({ kind: fc.constant('ack' as const), sequenceId: fc.nat() }),
);

/** Bytes of the messages, cut at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [...at, bytes.length].map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}

/** `messages`, or the name of the error that reading ended with. */
function outcomeOf(bytes: Uint8Array): string {
  try {
    readAll([bytes]);
    return 'messages';
  } catch (error) {
    return error instanceof Error ? error.name : 'no error';
  }
}

describe('any stream of JSON hub messages', () => {
  it('gives the same messages wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(anyMessage), fc.array(fc.nat(), { maxLength: 20 }), (sent, places) => {
        const bytes = Buffer.concat(sent.map((message) => jsonProtocol.encode(message)));
        const expected = sent.flatMap((message) => readAll([jsonProtocol.encode(message)]));
        expect(expected).toHaveLength(sent.length);
        expect(readAll(cut(bytes, places))).toEqual(expected);
      }),
    );
  });

  it('gives messages or one protocol error when it is mutated', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(
        fc.array(anyMessage, { minLength: 1 }),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        (sent, changes) => {
          const bytes = Buffer.concat(sent.map((message) => jsonProtocol.encode(message)));
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          expect(outcomeOf(bytes)).toMatch(/^(messages|InvalidDataException)$/);
        },
      ),
    );
  });
});

describe('writing JSON hub messages', () => {
  it.each<[HubMessage, string]>([
    [
      { kind: 'invocation', target: 'T', arguments: [1] },
      '{"type":1,"target":"T","arguments":[1]}',
    ],
    [
      { kind: 'completion', invocationId: '1', outcome: { kind: 'result', value: null } },
      '{"type":3,"invocationId":"1","result":null}',
    ],
    [
      { kind: 'completion', invocationId: '1', outcome: { kind: 'void' } },
      '{"type":3,"invocationId":"1"}',
    ],
    [{ kind: 'ping' }, '{"type":6}'],
    [{ kind: 'close' }, '{"type":7}'],
    [
      { kind: 'close', error: 'E', allowReconnect: true },
      '{"type":7,"error":"E","allowReconnect":true}',
    ],
  ])('%j', (message, text) => {
    expect(written(message)).toBe(text + RS);
  });

  it('is understood by the official client', () => {
    const log = { log() {} };
    const text = written({ kind: 'invocation', target: 'T', arguments: [{ a: 'ü' }] });
    expect(new JsonHubProtocol().parseMessages(text, log)).toEqual([
      { type: MessageType.Invocation, target: 'T', arguments: [{ a: 'ü' }] },
    ]);
  });

  it.each([{}, { a: 1 }, { a: { b: '}' }, c: null }])(
    'a template joined with a value is the invocation that the whole would be (%j)',
    (constant) => {
      const template = jsonProtocol.encodeTemplate({ target: 'T', constant, slot: 'data' });
      const value = { x: 'é', y: [1] };
      const joined = Buffer.concat(jsonProtocol.join(template, jsonProtocol.encodeValue(value)));
      const whole: HubMessage = {
        kind: 'invocation',
        target: 'T',
        arguments: [{ ...constant, data: value }],
      };
      expect(joined.toString()).toBe(written(whole));
    },
  );
});
