import { Buffer } from 'node:buffer';
import { type HubMessage as OfficialMessage, MessageType } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagePackProtocol } from '../../../src/signalr/protocol/messagepack-protocol.js';
import type { HubMessage } from '../../../src/signalr/protocol/messages.js';

function readAll(chunks: readonly Uint8Array[]): HubMessage[] {
  const reader = messagePackProtocol.createReader(32_768);
  const messages: HubMessage[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let next = reader.next(); next !== undefined; next = reader.next()) messages.push(next);
  }
  return messages;
}

const ids = fc.string({ minLength: 1, maxLength: 4 });
const value = fc.oneof(
  // Of the two zeros MessagePack knows one, and a key `__proto__` is refused.
  fc
    .jsonValue({ maxDepth: 2 })
    .map((json) => JSON.stringify(json))
    .filter((text) => !text.includes('__proto__'))
    .map((text): unknown => JSON.parse(text)),
  fc.uint8Array({ maxLength: 40 }),
  fc.date({ noInvalidDate: true }),
  fc.maxSafeInteger(),
);
const args = fc.array(value, { maxLength: 3 });
const target = fc.string({ unit: 'grapheme' });
const outcome = fc.oneof(
  fc.constant({ kind: 'void' as const }),
  fc.record({ kind: fc.constant('result' as const), value }),
  fc.record({ kind: fc.constant('error' as const), error: fc.string() }),
);
const anyMessage: fc.Arbitrary<HubMessage> = fc.oneof(
  fc.record({ kind: fc.constant('invocation' as const), target, arguments: args }),
  fc.record({
    kind: fc.constant('streamInvocation' as const),
    invocationId: ids,
    target,
    arguments: args,
    streamIds: fc.array(ids, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('streamItem' as const), invocationId: ids, item: value }),
  fc.record({ kind: fc.constant('completion' as const), invocationId: ids, outcome }),
  fc.record({ kind: fc.constant('cancelInvocation' as const), invocationId: ids }),
  fc.constant<HubMessage>({ kind: 'ping' }),
  fc.record({
    kind: fc.constant('close' as const),
    error: fc.string(),
    allowReconnect: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('ack' as const), sequenceId: fc.nat() }),
);
const joined = (messages: readonly HubMessage[]) =>
  Buffer.concat(messages.map((message) => messagePackProtocol.encode(message)));

/** Bytes cut at the given places. */
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

describe('any stream of MessagePack hub messages', () => {
  it('gives what was written, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(anyMessage), fc.array(fc.nat(), { maxLength: 20 }), (sent, places) => {
        expect(readAll(cut(joined(sent), places))).toEqual(sent);
      }),
    );
  });

  it('gives the same when it comes byte by byte', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 5 }), (sent) => {
        const bytes = joined(sent);
        expect(readAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(readAll([bytes]));
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
          const bytes = joined(sent);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          expect(outcomeOf(bytes)).toMatch(/^(messages|InvalidDataException)$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('gives messages or one protocol error when it is noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const bytes = Buffer.concat([Uint8Array.of(noise.length & 0x7f), noise]);
        expect(outcomeOf(bytes)).toMatch(/^(messages|InvalidDataException)$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** A message both as we and as the official client hold it. */
const pair: fc.Arbitrary<readonly [HubMessage, OfficialMessage]> = fc.oneof(
  fc.tuple(target, args).map(([name, given]): [HubMessage, OfficialMessage] => [
    { kind: 'invocation', target: name, arguments: given },
    {
      type: MessageType.Invocation,
      headers: {},
      target: name,
      arguments: given,
      streamIds: [],
    },
  ]),
  fc.tuple(ids, value).map(([invocationId, item]): [HubMessage, OfficialMessage] => [
    { kind: 'streamItem', invocationId, item },
    { type: MessageType.StreamItem, headers: {}, invocationId, item },
  ]),
  fc.tuple(ids, value).map(([invocationId, result]): [HubMessage, OfficialMessage] => [
    { kind: 'completion', invocationId, outcome: { kind: 'result', value: result } },
    { type: MessageType.Completion, headers: {}, invocationId, result },
  ]),
  fc
    .tuple(ids, fc.string({ minLength: 1 }))
    .map(([invocationId, error]): [HubMessage, OfficialMessage] => [
      { kind: 'completion', invocationId, outcome: { kind: 'error', error } },
      { type: MessageType.Completion, headers: {}, invocationId, error },
    ]),
);

describe('the official client', () => {
  it('reads what we write, and we read what it writes', () => {
    const official = new MessagePackHubProtocol();
    fc.assert(
      fc.property(pair, ([ours, theirs]) => {
        const bytes = new Uint8Array(messagePackProtocol.encode(ours));
        expect(official.parseMessages(bytes.buffer, { log() {} })).toEqual([theirs]);
        expect(readAll([new Uint8Array(official.writeMessage(theirs))])).toEqual([ours]);
      }),
    );
  });
});
