import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteLongIntegers } from '../../../../src/sources/portsip/wsi/quote-long-integers.js';
import { readJson } from '../../../../src/sources/portsip/wsi/read-json.js';
import { repairJson } from '../../../../src/sources/portsip/wsi/repair-json.js';

describe('integers beyond 2^53', () => {
  it.each([
    ['{"id":794493219508322304}', '{"id":"794493219508322304"}'],
    [
      '[ 794493219508322305 , -1234567890123456 ]',
      '[ "794493219508322305" , "-1234567890123456" ]',
    ],
    ['{"id":123456789012345}', '{"id":123456789012345}'],
    ['[1.2345678901234567, 12345678901234567e2]', '[1.2345678901234567, 12345678901234567e2]'],
    [String.raw`{"a\"1234567890123456":"\\"}`, String.raw`{"a\"1234567890123456":"\\"}`],
    ['{"note":"call 1234567890123456 back"}', '{"note":"call 1234567890123456 back"}'],
  ])('%s', (given, quoted) => {
    expect(quoteLongIntegers(given)).toBe(quoted);
  });

  it('leaves every JSON value as it is that JavaScript can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 1), (value, indent) => {
        fc.pre(!/(?<!["\d.eE-])-?\d{16}/u.test(JSON.stringify(value)));
        const text = JSON.stringify(value, undefined, indent);
        expect(readJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps every digit of every integer, wherever it stands, and every string beside it', () => {
    const long = fc
      .tuple(fc.integer({ min: 10 ** 15, max: 9 * 10 ** 15 }), fc.nat())
      .map(([first, rest]) => `${first}${rest}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), long), { maxLength: 6 }), (pairs) => {
        const text = `[${pairs.map(([name, value]) => `{${JSON.stringify(name)}:${value}}`).join()}]`;
        const read = readJson(text);
        const wanted = pairs.map(([name, value]) => [[name, value]]);
        const got = Array.isArray(read) ? read.map((one: object) => Object.entries(one)) : read;
        expect(got).toEqual(wanted);
      }),
    );
  });

  it('any text reads as JSON or is a SyntaxError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), jsonLikeText()), (text) => {
        const fault = faultOf(() => readJson(text));
        expect(fault === undefined || fault instanceof SyntaxError).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('an unclosed string of a megabyte is read in one pass', () => {
    expect(() => readJson(`{"a":"${String.raw`\"`.repeat(500_000)}`)).toThrow(SyntaxError);
    expect(() => readJson('['.repeat(1_000_000))).toThrow(SyntaxError);
    expect(() => readJson('{"a":['.repeat(150_000))).toThrow(SyntaxError);
  });
});

describe('repairs', () => {
  it.each([
    ['a full-width comma', '{"a":1，"b":"，"}', { a: 1, b: '，' }],
    ['a full-width colon', '{"a"：1}', { a: 1 }],
    ['an array that is never closed', '{"a":[{"x":1}，"b":[2] ] }', { a: [{ x: 1 }], b: [2] }],
    ['the same without surplus bracket', '{"a":[{"x":1},"b":[2]}', { a: [{ x: 1 }], b: [2] }],
    ['an unclosed empty array', '{"a":["b":[2]]}', { a: [], b: [2] }],
    ['a comma too many', '{"a":[1,2,],"b":3,}', { a: [1, 2], b: 3 }],
    ['a missing comma', '{"a":"1"\n"b":true}', { a: '1', b: true }],
  ])('%s', (_case, text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  it.each(['', '{"a":1', '{"a":[1', '{"a":"cut', '[1 2]', '{"a" 1}', '}', 'no json'])(
    'a text that says something else stays refused: %s',
    (text) => {
      expect(() => readJson(text)).toThrow(SyntaxError);
    },
  );

  it('sound JSON keeps its meaning', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, undefined, 2);
        expect(JSON.parse(repairJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });
});

function jsonLikeText() {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '，',
    '"a"',
    '"',
    '\\',
    '1',
    '12345678901234567890',
    ' ',
    'true',
    'null',
    '-',
    'e5',
    '"event_type":"queue_status"',
  );
  return fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(''));
}

function faultOf(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
