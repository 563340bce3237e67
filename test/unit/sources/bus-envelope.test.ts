import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedBusMessage, parseEnvelope } from '../../../src/sources/wazo/bus-envelope.js';

const ORIGIN = 'cc5d0d76-687e-40a7-81cf-75e0540d1787';

function parse(message: unknown) {
  const envelope = parseEnvelope(Buffer.from(JSON.stringify(message)));
  if (envelope === 'stasis') throw new Error('an ARI event was not expected here');
  return envelope;
}

function problemOf(body: Uint8Array): unknown {
  try {
    return parseEnvelope(body);
  } catch (error) {
    return error;
  }
}

describe('parseEnvelope', () => {
  it('takes a message of Wazo apart', () => {
    const timestamp = '2026-11-21T01:18:09.141311';
    const message = { name: 'Hangup', origin_uuid: ORIGIN, timestamp, data: { Uniqueid: '1.1' } };
    expect(parse(message)).toEqual({
      name: 'Hangup',
      originUuid: ORIGIN,
      tenantUuid: '',
      timestamp,
      timestampMs: Date.parse('2026-11-21T01:18:09.141Z'),
      data: { Uniqueid: '1.1' },
    });
  });

  it('writes the tenant in lower case, and empty when there is none', () => {
    const tenant_uuid = ORIGIN.toUpperCase();
    expect(parse({ name: 'x', data: {}, tenant_uuid }).tenantUuid).toBe(ORIGIN);
    expect(parse({ name: 'x', data: {}, tenant_uuid: null }).tenantUuid).toBe('');
  });

  it.each([
    ['marked by who publishes it', { name: 'ChannelCreated', category: 'stasis', data: {} }],
    ['marked, and without data', { name: 'ChannelCreated', category: 'stasis' }],
    ['bare', { type: 'ChannelCreated', application: 'callcontrol', channel: {} }],
  ])("knows an event of Asterisk's ARI: %s", (_what, message) => {
    expect(parseEnvelope(Buffer.from(JSON.stringify(message)))).toBe('stasis');
  });

  it('ignores what else is beside the data, such as the headers', () => {
    const { name } = parse({ name: 'x', data: {}, tenant_uuid: 'y', 'user_uuid:*': true });
    expect(name).toBe('x');
  });

  it.each([
    ['no stamp', undefined, undefined],
    ['a null stamp', null, undefined],
    ['what is no time', 'yesterday', undefined],
    ['a stamp with Z', '1970-01-01T00:00:01Z', 1000],
    ['a stamp with an offset', '1970-01-01T01:00:01+01:00', 1000],
    ['a naive stamp', '1970-01-01T00:00:01', 1000],
  ])('reads %s', (_what, timestamp, expected) => {
    expect(parse({ name: 'x', data: {}, timestamp }).timestampMs).toBe(expected);
  });

  it('writes the origin in lower case, and empty when there is none', () => {
    expect(parse({ name: 'x', data: {}, origin_uuid: ORIGIN.toUpperCase() }).originUuid).toBe(
      ORIGIN,
    );
    expect(parse({ name: 'x', data: {} }).originUuid).toBe('');
  });

  it.each([
    ['nothing', ''],
    ['half a message', '{"name": "x"'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no name', '{"data": {}}'],
    ['an empty name', '{"name": "", "data": {}}'],
    ['no data', '{"name": "x"}'],
    ['data that is a list', '{"name": "x", "data": []}'],
    ['a stamp that is a number', '{"name": "x", "data": {}, "timestamp": 1}'],
  ])('refuses %s', (_what, body) => {
    expect(problemOf(Buffer.from(body))).toBeInstanceOf(MalformedBusMessage);
  });

  it('says what is wrong without repeating the values', () => {
    const body = Buffer.from('{"name": 15551234567, "data": {}}');
    expect(() => parseEnvelope(body)).toThrow(/name/);
    expect(() => parseEnvelope(body)).not.toThrow(/15551234567/);
  });

  it('answers any bytes and any JSON with an envelope or that one error', () => {
    const body = fc.oneof(
      fc.uint8Array(),
      fc.json().map((json) => Buffer.from(json)),
    );
    fc.assert(
      fc.property(body, (bytes) => {
        const result = problemOf(bytes);
        const isEnvelope = typeof result === 'object' && result !== null && 'data' in result;
        expect(isEnvelope || result instanceof MalformedBusMessage).toBe(true);
      }),
    );
  });
});
