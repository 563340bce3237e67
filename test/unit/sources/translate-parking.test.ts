import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callGuid } from '../../../src/contact-center/index.js';
import { people } from '../../support/directory-fixture.js';
import { IngestUnderTest, ORIGIN_UUID, START } from './ingest-fixture.js';

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

const callId = callGuid(ORIGIN_UUID, '1.1');

describe("a parking place, in Asterisk's words,", () => {
  const data = { ParkeeUniqueid: '1.2', ParkerDialString: 'PJSIP/ann' };
  const whole = {
    ...data,
    ParkeeLinkedid: '1.1',
    ParkerCallerIDNum: '1001',
    Parkinglot: 'parkinglot-2',
    ParkingSpace: '701',
  };
  const parked = { kind: 'call-parked', at: START, legId: '1.2', userIds: [people.ann] };

  it.each(['ParkedCall', 'ParkedCallSwap'])('has a caller by %s', (name) => {
    expect(hub.translate({ name, data: whole }).events).toEqual([
      { ...parked, place: '2 701', callId, parkerNumber: '1001' },
    ]);
  });

  it('has a caller though only their leg and the phone are told', () => {
    expect(hub.translate({ name: 'ParkedCall', data }).events).toEqual([parked]);
  });

  it.each(['UnParkedCall', 'ParkedCallGiveUp', 'ParkedCallTimeOut'])('is empty by %s', (name) => {
    expect(hub.translate({ name, data }).events).toEqual([
      { kind: 'call-unparked', at: START, legId: '1.2' },
    ]);
  });

  it('leaves it to the call who parked it when the phone is not known', () => {
    const unknown = { ...whole, ParkerDialString: 'PJSIP/nobody' };
    expect(hub.translate({ name: 'ParkedCall', data: unknown }).events).toMatchObject([
      { userIds: [], callId, parkerNumber: '1001' },
    ]);
  });

  it('says nothing when neither the phone nor the call is known', () => {
    const unknown = { ...data, ParkerDialString: 'PJSIP/nobody' };
    expect(hub.translate({ name: 'ParkedCall', data: unknown })).toEqual({
      outcome: 'unknown-entity',
      events: [],
    });
  });
});

describe("a parking place, in wazo-calld's words,", () => {
  const data = {
    parking_id: 2,
    call_id: '1.2',
    conversation_id: '1.1',
    caller_id_name: 'Some One',
    caller_id_num: '+15551234567',
    parker_caller_id_name: 'Ann',
    parker_caller_id_num: '1001',
    slot: '701',
    parked_at: '2026-11-21T10:00:00+00:00',
    timeout_at: '2026-11-21T10:01:00+00:00',
  };

  it('has a caller in the place of the same name', () => {
    expect(hub.translate({ name: 'call_parked', data }).events).toEqual([
      {
        kind: 'call-parked',
        at: START,
        legId: '1.2',
        userIds: [],
        place: '2 701',
        callId,
        parkerNumber: '1001',
      },
    ]);
  });

  it.each(['call_unparked', 'parked_call_hungup', 'parked_call_timed_out'])(
    'is empty by %s',
    (name) => {
      expect(hub.translate({ name, data }).events).toEqual([
        { kind: 'call-unparked', at: START, legId: '1.2' },
      ]);
    },
  );

  it('needs a leg', () => {
    expect(hub.translate({ name: 'call_parked', data: { ...data, call_id: '' } }).outcome).toBe(
      'malformed',
    );
  });
});
