import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrame, type WsiFrame } from '../../../../src/sources/portsip/wsi/parse-frame.js';
import type { PortsipMessage } from '../../../../src/sources/portsip/wsi/message-catalogue.js';
import {
  TENANT,
  WIRE_TIME_MS,
  type WireMessage,
} from '../../../support/fake-portsip/wire-messages.js';
import { mutatedSamples, NAMES, sample } from './mutated-samples.js';

describe('the messages of the catalogue', () => {
  it.each(NAMES)('%s is read without doubt', (name) => {
    expect(parse(sample(name))).toMatchObject({ kind: 'event', name, doubts: [] });
  });

  it.each(NAMES)('%s says the same with its ids and numbers as JSON numbers', (name) => {
    const text = JSON.stringify(sample(name));
    const bare = text.replaceAll(/"([1-9]\d*|0)"/gu, '$1');
    expect(parseFrame(bare)).toEqual(parseFrame(text));
  });

  it.each(NAMES)('%s says the same with its numbers as strings', (name) => {
    const text = JSON.stringify(sample(name));
    const quoted = text.replaceAll(/":(\d+|true|false)/gu, '":"$1"');
    expect(parseFrame(quoted)).toEqual(parseFrame(text));
  });

  it('extension_status', () => {
    expect(messageOf(sample('extension_status'))).toEqual({
      kind: 'extension_status',
      tenantId: TENANT.id,
      status: [
        {
          number: '201',
          domain: 'acme.example',
          extensionId: '812345678901234201',
          callStatus: 'IDLE',
          online: true,
          pushOnline: false,
          presence: 'ONLINE',
          presenceNote: '',
          at: WIRE_TIME_MS,
        },
        {
          number: '202',
          domain: 'acme.example',
          extensionId: '812345678901234202',
          callStatus: 'ON_CALL',
          online: false,
          pushOnline: true,
          presence: 'AWAY',
          presenceNote: 'at the dentist',
          at: WIRE_TIME_MS,
        },
      ],
      unreadable: 0,
    });
  });

  it('queue_status', () => {
    expect(messageOf(sample('queue_status'))).toMatchObject({
      kind: 'queue_status',
      tenantId: TENANT.id,
      queueId: '712345678901234501',
      queueNumber: '600',
      queueName: 'Support',
      waitingList: [
        {
          sessionId: '912345678901234001',
          position: 1,
          callerNumber: '33140506070',
          at: WIRE_TIME_MS,
          callerType: 'normal',
        },
      ],
      agents: [
        { extensionNumber: '201', state: 'QUEUE_CALL', sessionId: '912345678901234001' },
        { extensionNumber: '202', state: 'READY', sessionId: undefined },
      ],
    });
  });

  it('queue_agent_status with removed agents', () => {
    expect(messageOf(sample('queue_agent_status'))).toMatchObject({
      updatedAgents: [{ extensionNumber: '201' }],
      removedAgents: ['203'],
    });
  });

  it('cdr_target_ringing, whose destination the PBX misspells', () => {
    expect(messageOf(sample('cdr_target_ringing'))).toMatchObject({
      kind: 'cdr_target',
      step: 'ringing',
      sessionId: '912345678901234001',
      destination: { number: '201', domain: '192.0.2.21' },
    });
  });

  it('call_cdr with its targets', () => {
    expect(messageOf(sample('call_cdr'))).toMatchObject({
      kind: 'call_cdr',
      direction: 'inbound',
      endReason: 'caller_disconnected',
      talkSeconds: 48,
      statusCode: 0,
      targets: [{ callType: 'queue_call', status: 'answered', endReason: 'callee_disconnected' }],
    });
  });
});

describe('spellings', () => {
  it.each([
    ['ONLINE', 'ONLINE'],
    ['AVAILABLE', 'ONLINE'],
    ['Do Not Disturb', 'DO_NOT_DISTURB'],
    ['DO_NOT_DISTURB', 'DO_NOT_DISTURB'],
    ['business_trip', 'BUSINESS_TRIP'],
    ['GONE_FISHING', 'unrecognized'],
    ['constructor', 'unrecognized'],
  ])('presence %s', (spelled, presence) => {
    const message = messageOf({ ...sample('extension_presence'), presence: spelled });
    expect(message).toMatchObject({ presence });
  });

  it.each([
    ['', 'IDLE'],
    ['ON_ACLL', 'ON_CALL'],
    ['ringing', 'RINGING'],
    ['WHISPERING', 'unrecognized'],
  ])('call status %j', (spelled, callStatus) => {
    const message = messageOf({ ...sample('extension_call'), call_status: spelled });
    expect(message).toMatchObject({ callStatus });
  });

  it.each([
    ['READY', 'READY'],
    ['Not Ready', 'NOT_READY'],
    ['BREAK', 'NOT_READY'],
    ['Queue Call', 'QUEUE_CALL'],
    ['Wrap Up', 'WRAP_UP'],
    ['Other Call', 'OTHER_CALL'],
    ['ONLINE', 'LOGGED_OUT'],
    ['LOGGED_OUT', 'LOGGED_OUT'],
    ['Logout', 'LOGGED_OUT'],
    ['Offline', 'OFFLINE'],
  ])('agent state %s', (status, state) => {
    const message = messageOf({
      ...sample('extension_agent_status'),
      agent_status: [{ queue_number: 600, status }],
    });
    expect(message).toMatchObject({ agentStatus: [{ queueNumber: '600', state }] });
  });

  it.each([
    ['ext', 'internal'],
    ['in', 'inbound'],
    ['out', 'outbound'],
    ['in2out', 'inbound_outbound'],
    ['inbound_outbound', 'inbound_outbound'],
    ['internal', 'internal'],
  ])('direction %s', (spelled, direction) => {
    expect(messageOf({ ...sample('call_start'), direction: spelled })).toMatchObject({ direction });
  });

  it.each([
    ['callee_disconnect', 'callee_disconnected'],
    ['callee_disconnected', 'callee_disconnected'],
    ['None', 'none'],
    ['attended_transfer_complete', 'attended_transfer_complete'],
  ])('ended_reason %s, also as end_reason', (spelled, endReason) => {
    const { ended_reason: _former, ...rest } = sample('call_cdr');
    expect(messageOf({ ...rest, ended_reason: spelled })).toMatchObject({ endReason });
    expect(messageOf({ ...rest, end_reason: spelled })).toMatchObject({ endReason });
  });

  it('did_cid is did', () => {
    const { did: _did, ...rest } = sample('call_start');
    expect(messageOf({ ...rest, did_cid: '4420' })).toMatchObject({ did: '4420' });
  });

  it.each([
    ['sip:101@Acme.example:5061;transport=tls', '101', 'acme.example'],
    ['"Ann" <sips:101@acme.example>', '101', 'acme.example'],
    ['tel:+4420', '+4420', ''],
    ['101', '101', ''],
  ])('caller %s', (caller, number, domain) => {
    expect(messageOf({ ...sample('call_start'), caller })).toMatchObject({
      caller: { number, domain },
    });
  });

  it.each([
    ['1773993600', WIRE_TIME_MS],
    [1773993600, WIRE_TIME_MS],
    [1773993600000, WIRE_TIME_MS],
    ['0', undefined],
    ['', undefined],
    ['yesterday', undefined],
    ['99999999999999999', undefined],
  ])('time %j', (spelled, at) => {
    expect(messageOf({ ...sample('extension_call'), time: spelled })).toMatchObject({ at });
  });

  it.each([
    ['target_answer', 'cdr_target'],
    ['queue_destroyed', 'queue_destroyed'],
    ['Queue_Destroy', 'queue_destroyed'],
  ])('the name %s', (name, kind) => {
    const { event_type: _name, ...rest } = sample(
      kind === 'cdr_target' ? 'cdr_target_answer' : 'queue_destroy',
    );
    expect(messageOf({ event_type: name, ...rest })).toMatchObject({ kind });
  });
});

describe('queue_status in the published forms', () => {
  const callers = JSON.stringify(sample('queue_status')['waiting_list']).slice(0, -1);
  const agents = JSON.stringify(sample('queue_status')['agents']);
  const head = '"event_type":"queue_status","queue_id":712345678901234501,"queue_number":"600"';

  it.each([
    [
      'unclosed, full-width comma, bracket surplus',
      `{${head},"waiting_list":${callers}，\n"agents":${agents}]}`,
    ],
    [
      'agents as an entry of the waiting list',
      `{${head},"waiting_list":${callers},{"agents":${agents}}]}`,
    ],
    [
      'agents within the last caller',
      `{${head},"waiting_list":${callers.slice(0, -1)},"agents":${agents}}]}`,
    ],
    ['as it is meant', `{${head},"waiting_list":${callers}],"agents":${agents}}`],
  ])('%s', (_case, text) => {
    expect(parseFrame(text)).toMatchObject({
      kind: 'event',
      doubts: [],
      message: {
        queueId: '712345678901234501',
        waitingList: [{ callerNumber: '33140506070' }],
        agents: [{ extensionNumber: '201' }, { extensionNumber: '202' }],
      },
    });
  });

  it('a list that is null is empty, a list that is not there is not known', () => {
    const { agents: _agents, ...rest } = sample('queue_status');
    expect(messageOf({ ...rest, waiting_list: null })).toMatchObject({
      waitingList: [],
      agents: undefined,
    });
  });

  it('an entry that cannot be read is left out and told', () => {
    const frame = parse({ ...sample('queue_status'), agents: [{ state: 'READY' }, 'who?'] });
    expect(frame).toMatchObject({ doubts: ['2 unreadable entries'], message: { agents: [] } });
  });
});

describe('what is not a message', () => {
  it('an unknown word is told by its field', () => {
    const frame = parse({ ...sample('extension_presence'), presence: 'GONE_FISHING' });
    expect(frame).toMatchObject({ kind: 'event', doubts: ['unknown word in presence'] });
  });

  it('a name or note that reads like our word for unknown is no doubt', () => {
    const frame = parse({ ...sample('extension_presence'), presence_note: 'unrecognized' });
    expect(frame).toMatchObject({ kind: 'event', doubts: [] });
  });

  it.each([
    ['answer to auth', { command: 'auth', id: '1', status: 0 }, { command: 'auth', ok: true }],
    ['refusal', { command: 'auth', error: 'no', id: 2, status: '-1' }, { ok: false, error: 'no' }],
    ['answer of v12', { status: 0 }, { command: '', ok: true }],
    [
      'answer that names topics',
      { command: 'subscribe', status: 0, topics: ['a'] },
      { topics: ['a'] },
    ],
  ])('%s', (_case, wire, reply) => {
    expect(parse(wire)).toMatchObject({ kind: 'reply', reply });
  });

  it.each([
    ['no JSON', 'hello', 'unreadable'],
    ['an array', '[]', 'unreadable'],
    ['a number', '7', 'unreadable'],
    ['an empty object', '{}', 'unreadable'],
    ['an event_type that is no text', '{"event_type":{}}', 'unreadable'],
    ['a reply without number', '{"command":"auth","status":"fine"}', 'reply'],
    [
      'an extension_call about nobody',
      '{"event_type":"extension_call","call_status":""}',
      'extension_call',
    ],
    [
      'a presence without presence',
      '{"event_type":"extension_presence","extension":"sip:1@a"}',
      'extension_presence',
    ],
    ['a call without session', '{"event_type":"call_start"}', 'call_start'],
    ['a rounded id', '{"event_type":"call_start","session_id":7.5e17}', 'call_start'],
    [
      'an endless id',
      `{"event_type":"call_start","session_id":"${'7'.repeat(200)}"}`,
      'call_start',
    ],
  ])('malformed: %s', (_case, text, name) => {
    expect(parseFrame(text)).toMatchObject({ kind: 'malformed', name });
  });

  it('the name of an event we do not know, and of one without consequence', () => {
    expect(parse({ event_type: 'moon_phase' })).toEqual({ kind: 'unknown', name: 'moon_phase' });
    expect(parse({ event_type: 'extension_hold' }).kind).toBe('irrelevant');
    expect(parse({ event_type: 'toString' }).kind).toBe('unknown');
  });
});

describe('mutations', () => {
  it('any field of any message missing, null, of another type or another word: read or told, never thrown', () => {
    fc.assert(
      fc.property(mutatedSamples, (wire) => {
        expect(['event', 'malformed', 'unknown', 'irrelevant', 'reply']).toContain(
          parseFrame(JSON.stringify(wire) ?? '').kind,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('a message with one bad field either loses only that field, or is malformed by name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), fc.boolean(), (name, index, toNull) => {
        const fields = Object.keys(sample(name)).filter((field) => field !== 'event_type');
        const field = fields[index % fields.length] ?? '';
        const { [field]: _gone, ...rest } = sample(name);
        const frame = parse(toNull ? { ...rest, [field]: null } : rest);
        expect(frame).toMatchObject({ name });
        expect(['event', 'malformed']).toContain(frame.kind);
      }),
    );
  });
});

function parse(wire: WireMessage): WsiFrame {
  return parseFrame(JSON.stringify(wire));
}

function messageOf(wire: WireMessage): PortsipMessage {
  const frame = parse(wire);
  if (frame.kind !== 'event') throw new Error(`not an event: ${JSON.stringify(frame)}`);
  return frame.message;
}
