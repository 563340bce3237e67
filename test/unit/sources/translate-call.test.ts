import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callGuid } from '../../../src/contact-center/index.js';
import { acme, ann, people } from '../../support/directory-fixture.js';
import { directCall } from '../../support/wazo-events.js';
import { IngestUnderTest, ORIGIN_UUID, START } from './ingest-fixture.js';

const callId = callGuid(ORIGIN_UUID, '1763683300.50');
const stranger = '99999999-0000-4000-8000-000000000001';

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a report of a user's leg", () => {
  const call = {
    callId,
    role: 'callee',
    rings: false,
    callerNumber: '+15557654321',
    targetNumber: '1001',
    userNumber: '1001',
  };

  it.each([
    ['call_created', 'Down', 'ringing', false],
    ['call_created', 'Ringing', 'ringing', true],
    ['call_updated', 'Ringing', 'ringing', true],
    ['call_updated', 'Up', 'up', true],
    ['call_answered', 'Up', 'up', true],
  ])('%s %s says who it is in the call', (name, status, state, rings) => {
    expect(hub.translate(directCall(name, ann, status)).events).toEqual([
      {
        kind: 'leg-changed',
        at: START,
        userId: people.ann,
        legId: '1763683300.51',
        state,
        held: false,
        call: { ...call, rings },
      },
    ]);
  });

  it('of the caller has the numbers the other way round', () => {
    const event = directCall('call_created', ann, 'Ring', {
      is_caller: true,
      caller_id_number: '1001',
      peer_caller_id_number: '',
      dialed_extension: '+1800',
    });
    expect(hub.translate(event).events).toMatchObject([
      { call: { role: 'caller', callerNumber: '1001', targetNumber: '+1800' } },
    ]);
  });

  it('without a dialled number was dialled by its own', () => {
    const event = directCall('call_created', ann, 'Ringing', { dialed_extension: null });
    expect(hub.translate(event).events).toMatchObject([{ call: { targetNumber: '1001' } }]);
  });

  it.each([{ conversation_id: undefined }, { is_caller: undefined }])(
    'of an old system, with %j, says nothing of the call',
    (extra) => {
      const { events } = hub.translate(directCall('call_created', ann, 'Ringing', extra));
      expect(events).toHaveLength(1);
      expect(events[0]).not.toHaveProperty('call');
    },
  );

  it("of a Wazo without a uuid is in its organization's namespace", () => {
    const { name, data } = directCall('call_created', ann, 'Ringing');
    hub.deliverBody(Buffer.from(JSON.stringify({ name, data, origin_uuid: 'wazo' })));
    hub.settle();
    expect(hub.bursts.flat()).toMatchObject([
      { call: { callId: callGuid(acme, '1763683300.50') } },
    ]);
  });

  it('that ended has the cause', () => {
    const event = directCall('call_ended', ann, 'Down', { reason_code: 19 });
    expect(hub.translate(event).events).toEqual([
      { kind: 'channel-ended', at: START, legId: '1763683300.51', causeCode: 19 },
    ]);
  });
});

describe('a report of a leg that is no user of ours', () => {
  it.each([
    ['a trunk', null],
    ['somebody unknown', stranger],
  ])('of %s tells that the other party answered', (_what, userUuid) => {
    const event = directCall('call_answered', ann, 'Up', { user_uuid: userUuid });
    expect(hub.translate(event)).toEqual({
      outcome: 'applied',
      events: [{ kind: 'call-answered', at: START, callId, legId: '1763683300.51' }],
    });
  });

  it.each([
    ['is not up', { status: 'Ringing' }],
    ["is the caller's", { is_caller: true }],
    ['names no call', { conversation_id: '' }],
  ])('says nothing when it %s', (_what, extra) => {
    const event = directCall('call_updated', ann, 'Up', { user_uuid: null, ...extra });
    expect(hub.translate(event)).toEqual({ outcome: 'irrelevant', events: [] });
  });
});

describe('user_missed_call', () => {
  const data = {
    user_uuid: people.ann,
    caller_user_uuid: null,
    caller_id_name: 'Some One',
    caller_id_number: '+15557654321',
    dialed_extension: '1001',
    conversation_id: '1763683300.50',
  };

  it.each([
    ['no-answer', 'no-answer'],
    ['busy', 'busy'],
    ['channel-unavailable', 'unreachable'],
    ['phone-unreachable', 'unreachable'],
    ['dnd-enabled', 'do-not-disturb'],
    ['a new word', 'unknown'],
    [null, 'unknown'],
  ])('for the reason %s is missed as %s', (said, reason) => {
    const event = { name: 'user_missed_call', data: { ...data, reason: said } };
    expect(hub.translate(event).events).toEqual([
      {
        kind: 'call-missed',
        at: START,
        userId: people.ann,
        callId,
        legId: '1763683300.50',
        callerNumber: '+15557654321',
        targetNumber: '1001',
        reason,
      },
    ]);
  });

  it('of somebody unknown is not ours', () => {
    const event = { name: 'user_missed_call', data: { ...data, user_uuid: stranger } };
    expect(hub.translate(event)).toEqual({ outcome: 'unknown-entity', events: [] });
  });
});
