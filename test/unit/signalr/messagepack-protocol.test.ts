import { Buffer } from 'node:buffer';
import {
  JsonHubProtocol,
  MessageType,
  type HubMessage as OfficialMessage,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { encode as encodeMessagePack } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { jsonProtocol } from '../../../src/signalr/protocol/json-protocol.js';
import { lengthPrefix } from '../../../src/signalr/protocol/length-prefix.js';
import { messagePackProtocol } from '../../../src/signalr/protocol/messagepack-protocol.js';
import type { HubMessage } from '../../../src/signalr/protocol/messages.js';
import {
  MessageTooLargeError,
  ProtocolError,
} from '../../../src/signalr/protocol/protocol-error.js';

const log = { log() {} };

function readAll(chunks: readonly Uint8Array[], limit = 32_768): HubMessage[] {
  const reader = messagePackProtocol.createReader(limit);
  const messages: HubMessage[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let next = reader.next(); next !== undefined; next = reader.next()) messages.push(next);
  }
  return messages;
}

const framed = (body: Uint8Array) => Buffer.concat([lengthPrefix(body.length), body]);
const read = (elements: unknown) => readAll([framed(encodeMessagePack(elements))]);
const readHex = (hex: string) => readAll([framed(Buffer.from(hex, 'hex'))]);
const written = (message: HubMessage) => Buffer.from(messagePackProtocol.encode(message));

/** What a client of Microsoft's makes of our bytes. */
function officiallyRead(message: HubMessage): readonly OfficialMessage[] {
  const bytes = new Uint8Array(messagePackProtocol.encode(message));
  return new MessagePackHubProtocol().parseMessages(bytes.buffer, log);
}

describe('reading MessagePack hub messages', () => {
  it.each<[string, unknown[], HubMessage]>([
    [
      'an invocation of six elements',
      [1, {}, '7', 'T', [1, 'a'], ['s']],
      {
        kind: 'invocation',
        invocationId: '7',
        target: 'T',
        arguments: [1, 'a'],
        streamIds: ['s'],
      },
    ],
    [
      'an invocation of five elements',
      [1, { a: 'b' }, null, 'T', []],
      { kind: 'invocation', target: 'T', arguments: [] },
    ],
    [
      'an invocation with nil for everything optional',
      [1, null, null, 'T', [], null],
      { kind: 'invocation', target: 'T', arguments: [] },
    ],
    ['an empty id', [1, {}, '', 'T', []], { kind: 'invocation', target: 'T', arguments: [] }],
    ['elements to come', [6, 'more'], { kind: 'ping' }],
    ['a stream item', [2, {}, '1', null], { kind: 'streamItem', invocationId: '1', item: null }],
    [
      'an error',
      [3, {}, '1', 1, 'E'],
      { kind: 'completion', invocationId: '1', outcome: { kind: 'error', error: 'E' } },
    ],
    ['void', [3, {}, '1', 2], { kind: 'completion', invocationId: '1', outcome: { kind: 'void' } }],
    [
      'a result',
      [3, {}, '1', 3, null],
      { kind: 'completion', invocationId: '1', outcome: { kind: 'result', value: null } },
    ],
    [
      'a stream invocation',
      [4, {}, '1', 'T', []],
      { kind: 'streamInvocation', invocationId: '1', target: 'T', arguments: [] },
    ],
    ['a cancellation', [5, {}, '1'], { kind: 'cancelInvocation', invocationId: '1' }],
    ['a Close of two elements', [7, null], { kind: 'close' }],
    ['a Close of three', [7, 'E', true], { kind: 'close', error: 'E', allowReconnect: true }],
    ['an ack', [8, 3], { kind: 'ack', sequenceId: 3 }],
    ['a sequence', [9, 3], { kind: 'sequence', sequenceId: 3 }],
    ['an unknown type', [99, 'x'], { kind: 'unknown', type: 99 }],
  ])('%s', (_name, elements, message) => {
    expect(read(elements)).toEqual([message]);
  });

  it.each<[string, HubMessage]>([
    ['9106', { kind: 'ping' }],
    ['dc000106', { kind: 'ping' }],
    ['dd00000001cc06', { kind: 'ping' }],
    ['91d30000000000000006', { kind: 'ping' }],
    ['92cf0000000000000008d10003', { kind: 'ack', sequenceId: 3 }],
    ['92ca41000000cb4008000000000000', { kind: 'ack', sequenceId: 3 }],
  ])('integers and lengths longer than they need to be (%s)', (hex, message) => {
    expect(readHex(hex)).toEqual([message]);
  });

  it.each<[string, unknown]>([
    ['a map', { type: 6 }],
    ['no elements', []],
    ['a type that is text', ['6']],
    ['no target', [1, {}, null]],
    ['a target that is no text', [1, {}, null, 5, []]],
    ['no arguments', [1, {}, null, 'T']],
    ['arguments that are no array', [1, {}, null, 'T', {}]],
    ['headers that are no map', [1, 5, null, 'T', []]],
    ['an id that is no text', [1, {}, 5, 'T', []]],
    ['a stream id that is no text', [1, {}, null, 'T', [], [5]]],
    ['no item', [2, {}, '1']],
    ['no id of a stream item', [2, {}, null, 5]],
    ['no kind of result', [3, {}, '1']],
    ['an unknown kind of result', [3, {}, '1', 4]],
    ['no result', [3, {}, '1', 3]],
    ['an error that is no text', [3, {}, '1', 1, 5]],
    ['no id of a stream invocation', [4, {}, null, 'T', []]],
    ['no id of a cancellation', [5, {}]],
    ['a Close of one element', [7]],
    ['a Close error that is no text', [7, 5]],
    ['an allowReconnect that is no boolean', [7, null, 'yes']],
    ['an ack without number', [8]],
  ])('refuses %s', (_name, elements) => {
    expect(() => read(elements)).toThrow(ProtocolError);
  });

  it.each([
    ['nothing', ''],
    ['a byte that the format does not use', '91c1'],
    ['an array that ends early', '9206'],
    ['a length field that ends early', 'dc00'],
    ['text that ends early', '91d90561'],
    ['a second value', '910691'],
    ['a map key that is an array', '9206819006'],
    [
      'a key that would change a prototype',
      `920681a9${Buffer.from('__proto__').toString('hex')}80`,
    ],
    ['an array of 2^32 - 1 elements', '9206ddffffffff'],
    ['a map of 2^32 - 1 entries', '9206dfffffffff'],
    ['2^32 - 1 bytes', '9206c6ffffffff'],
    ['arrays in arrays that each announce all that is left', `91${'dc7000'.repeat(9_000)}`],
    ['nesting without end', `9206${'91'.repeat(101)}c0`],
  ])('refuses %s', (_name, hex) => {
    expect(() => readHex(hex)).toThrow(ProtocolError);
  });

  it('takes a date of a wrong size for an invalid date, which only its own call fails for', () => {
    const [message] = readHex('960180c0a15491d5ff000090');
    expect(message).toEqual({ kind: 'invocation', target: 'T', arguments: [new Date(Number.NaN)] });
  });

  it('counts the prefix into the size limit, and refuses before the message has come', () => {
    const ping = framed(encodeMessagePack([6, 'x'.repeat(50)]));
    expect(readAll([ping], ping.length)).toEqual([{ kind: 'ping' }]);
    expect(() => readAll([ping], ping.length - 1)).toThrow(MessageTooLargeError);
    expect(() => readAll([lengthPrefix(32_766)], 32_768)).toThrow(MessageTooLargeError);
  });

  it('reads a prefix of five bytes and no longer one', () => {
    expect(readAll([Buffer.from('82808080009106', 'hex')])).toEqual([{ kind: 'ping' }]);
    for (const prefix of ['8080808008', '8080808080', 'ffffffff7f']) {
      expect(() => readAll([Buffer.from(prefix, 'hex')])).toThrow(ProtocolError);
    }
  });
});

describe('writing MessagePack hub messages', () => {
  it.each<[HubMessage, string]>([
    [{ kind: 'ping' }, '029106'],
    [{ kind: 'close' }, '049307c0c2'],
    [{ kind: 'close', error: 'E', allowReconnect: true }, '059307a145c3'],
    [{ kind: 'invocation', target: 'T', arguments: [1] }, '09960180c0a154910190'],
    [
      { kind: 'streamInvocation', invocationId: '1', target: 'T', arguments: [], streamIds: ['2'] },
      '0b960480a131a1549091a132',
    ],
    [{ kind: 'streamItem', invocationId: '1', item: undefined }, '06940280a131c0'],
    [
      { kind: 'completion', invocationId: '1', outcome: { kind: 'result', value: null } },
      '07950380a13103c0',
    ],
    [{ kind: 'completion', invocationId: '1', outcome: { kind: 'void' } }, '06940380a13102'],
    [
      { kind: 'completion', invocationId: '1', outcome: { kind: 'error', error: 'E' } },
      '08950380a13101a145',
    ],
    [{ kind: 'cancelInvocation', invocationId: '1' }, '05930580a131'],
    [{ kind: 'ack', sequenceId: 300 }, '059208cd012c'],
    [{ kind: 'sequence', sequenceId: 1 }, '03920901'],
  ])('%j', (message, hex) => {
    expect(written(message).toString('hex')).toBe(hex);
  });

  it.each<[number, string]>([
    [0, '00'],
    [0x7f, '7f'],
    [0x80, '8001'],
    [0x3fff, 'ff7f'],
    [0x4000, '808001'],
    [0x1f_ffff, 'ffff7f'],
    [0x20_0000, '80808001'],
    [0x7fff_ffff, 'ffffffff07'],
  ])('the prefix of %i bytes is %s', (length, hex) => {
    expect(Buffer.from(lengthPrefix(length)).toString('hex')).toBe(hex);
  });

  it.each<[HubMessage, OfficialMessage]>([
    [
      { kind: 'invocation', target: 'T', arguments: [{ a: 'ü' }] },
      {
        type: MessageType.Invocation,
        headers: {},
        target: 'T',
        arguments: [{ a: 'ü' }],
        streamIds: [],
      },
    ],
    [
      { kind: 'close', error: 'E', allowReconnect: true },
      { type: MessageType.Close, error: 'E', allowReconnect: true },
    ],
    [
      { kind: 'ack', sequenceId: 2 ** 40 },
      { type: MessageType.Ack, sequenceId: 2 ** 40 },
    ],
  ])('is understood by the official client: %j', (message, official) => {
    expect(officiallyRead(message)).toEqual([official]);
  });

  it.each([{}, { a: 1 }, { a: { b: '}' }, c: null, d: undefined }, manyMembers(20)])(
    'a template joined with a value is the invocation that the whole would be (%j)',
    (constant) => {
      const source = { target: 'T', constant, slot: 'data' };
      const value = { x: 'é'.repeat(100), y: [1] };
      for (const protocol of [messagePackProtocol, jsonProtocol]) {
        const template = protocol.encodeTemplate(source);
        const joined = Buffer.concat(protocol.join(template, protocol.encodeValue(value)));
        const args = [{ ...constant, data: value }];
        const whole = protocol.encode({ kind: 'invocation', target: 'T', arguments: args });
        expect(joined.equals(whole)).toBe(true);
      }
    },
  );

  it.each<[string, () => unknown]>([
    ['a bigint', () => 1n],
    ['a function', () => () => 1],
    [
      'a cycle',
      () => {
        const cycle: unknown[] = [];
        cycle.push(cycle);
        return cycle;
      },
    ],
  ])('%s can not be encoded, and the next message is', (_name, make) => {
    expect(() => messagePackProtocol.encodeValue(make())).toThrow(TypeError);
    expect(written({ kind: 'ping' }).toString('hex')).toBe('029106');
  });
});

describe('values of the official MessagePack client', () => {
  it.each<[string, unknown]>([
    ['bytes', Uint8Array.of(0, 1, 255)],
    ['a date', new Date('2024-02-29T12:34:56.789Z')],
    ['a date before 1970', new Date('1901-01-01T00:00:00Z')],
    ['a date far off', new Date('9999-12-31T23:59:59.999Z')],
    ['null', null],
    ['nested maps', { a: { b: [{ c: 1 }, null, 'ü', true, 1.5] } }],
    ['2^53 - 1', Number.MAX_SAFE_INTEGER],
    ['-(2^53 - 1)', Number.MIN_SAFE_INTEGER],
    ['a long text', 'x'.repeat(30_000)],
  ])('%s come through there and back', (_name, value) => {
    const official = new MessagePackHubProtocol();
    const bytes = official.writeMessage({
      type: MessageType.StreamItem,
      invocationId: '1',
      item: value,
    });
    const [item] = readAll([new Uint8Array(bytes)], 65_536);
    expect(item).toEqual({ kind: 'streamItem', invocationId: '1', item: value });
    expect(item && officiallyRead(item)).toEqual([
      { type: MessageType.StreamItem, headers: {}, invocationId: '1', item: value },
    ]);
  });

  it('bytes look the same to both protocols of the official client', () => {
    const message: OfficialMessage = {
      type: MessageType.Invocation,
      target: 'T',
      arguments: [1, 'a', null],
    };
    const packed = readAll([new Uint8Array(new MessagePackHubProtocol().writeMessage(message))]);
    const reader = jsonProtocol.createReader(1_000);
    reader.push(Buffer.from(new JsonHubProtocol().writeMessage(message)));
    expect(packed).toEqual([reader.next()]);
  });
});

/** Too many for the short form of a map. */
function manyMembers(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}`, n]));
}
