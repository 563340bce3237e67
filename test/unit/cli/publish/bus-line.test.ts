import { describe, expect, it } from 'vitest';
import { LineFault, messageOf, parseBusLine } from '../../../../src/cli/publish/bus-line.js';
import { parseEnvelope, STASIS } from '../../../../src/sources/wazo/bus-envelope.js';

const STAMP = '2026-11-21T10:00:00.000001';
const parse = (json: unknown) => parseBusLine(Buffer.from(JSON.stringify(json)));

const recorded = {
  name: 'agent_status_update',
  origin_uuid: 'cc5d0d76-687e-40a7-81cf-75e0540d1787',
  timestamp: '2026-03-02T09:00:00.001348',
  tenant_uuid: '5a000000-0000-4000-8000-000000000001',
  required_access: 'event.agent_status_update',
  required_acl: 'events.status.agent',
  'user_uuid:5a000000-0000-4000-8000-000000000101': true,
  category: null,
  data: { agent_id: 7, status: 'logged_in' },
};

describe('a message as it was on the bus', () => {
  it('has its top level as headers, and all of it as body', () => {
    const { headers, body } = messageOf(parse(recorded), STAMP);
    const { data, category, ...about } = recorded;
    expect(headers).toEqual({ ...about, timestamp: STAMP });
    expect(JSON.parse(body.toString())).toEqual({ ...about, category, data, timestamp: STAMP });
  });

  it('is read by the hub as it was recorded', () => {
    const { body } = messageOf(parse(recorded), recorded.timestamp);
    expect(parseEnvelope(body)).toEqual(parseEnvelope(Buffer.from(JSON.stringify(recorded))));
  });
});

it('a name and data are enough: the rest is filled in', () => {
  const { headers, body } = messageOf(parse({ name: 'x', data: { a: 1 } }), STAMP);
  expect(headers).toMatchObject({ name: 'x', required_access: 'event.x', timestamp: STAMP });
  expect(JSON.parse(body.toString())).toEqual({ ...headers, data: { a: 1 } });
});

it("an event of Asterisk's ARI goes as it is, marked as such", () => {
  const stasis = { type: 'ChannelVarset', application: 'callcontrol', channel: { id: '1' } };
  const { headers, body } = messageOf(parse(stasis), STAMP);
  expect(headers).toEqual({
    category: 'stasis',
    name: 'ChannelVarset',
    application_name: 'callcontrol',
  });
  expect(parseEnvelope(body)).toBe(STASIS);
});

it.each([
  ['what was recorded', recorded, 'status.agent'],
  ['the table of events', { name: 'Hangup', data: { Uniqueid: '1.1' } }, 'ami.Hangup'],
  [
    'the table, with a word in the place of any',
    { name: 'auth_tenant_deleted', data: { uuid: '5a000000-0000-4000-8000-000000000001' } },
    'auth.tenants.any.deleted',
  ],
  ['nobody', { name: 'unheard_of', data: {} }, undefined],
])('the routing key is known from %s', (_from, json, key) => {
  expect(parse(json).routingKey).toBe(key);
});

describe('a fault names the place', () => {
  it.each([
    ['no JSON', 'nope', /^it is not JSON: /u],
    ['no object', '7', /^Invalid input/u],
    ['no name', '{"data":{}}', /^name: /u],
    ['no data', '{"name":"x"}', /^data: /u],
    ['a field of a known event', '{"name":"Hangup","data":{}}', /^Uniqueid: [^;]+$/u],
    ['two fields', '{"name":"QueueCallerJoin","data":{}}', /^Queue: .+; Uniqueid: [^;]+$/u],
  ])('%s', (_what, text, message) => {
    expect(() => parseBusLine(Buffer.from(text))).toThrow(LineFault);
    expect(() => parseBusLine(Buffer.from(text))).toThrow(message);
  });

  it('bytes that are no UTF-8', () => {
    expect(() => parseBusLine(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not UTF-8');
  });
});
