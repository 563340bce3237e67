import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callGuid } from '../../../src/contact-center/index.js';
import {
  acme,
  ann,
  people,
  queueIds,
  SALES_WRAP_UP_SECONDS,
} from '../../support/directory-fixture.js';
import {
  hangup,
  queueAgent,
  queueCaller,
  queueMember,
  queueUserEvent,
} from '../../support/wazo-events.js';
import { IngestUnderTest, ORIGIN_UUID, START } from './ingest-fixture.js';

const caller = { uniqueid: '1763683200.40', number: '+15551234567', queue: 'sales' };
const aboutCall = {
  at: START,
  queueId: queueIds.sales,
  legId: caller.uniqueid,
  callId: callGuid(ORIGIN_UUID, caller.uniqueid),
  callerNumber: caller.number,
  callerName: 'Some One',
  targetNumber: '',
};
const member = { memberId: 'Local/id-42@agentcallback', userIds: [people.ann] };
const offer = { ...aboutCall, offerId: `${caller.uniqueid}142`, member, memberNumber: '1042' };
const aboutMember = { at: START, queueId: queueIds.sales, member };
const pauseFacts = { paused: false, lastPause: 0, loginTime: 1763680000 };
const facts = { ...pauseFacts, device: 'idle', ringInUse: false, wrapUpSeconds: 0 };

/** By Asterisk's number. */
const devices = [
  'unknown',
  'idle',
  'in-use',
  'busy',
  'invalid',
  'unavailable',
  'ringing',
  'ringing-in-use',
  'on-hold',
];

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an Asterisk event of a queue', () => {
  it.each([
    ['QueueCallerJoin', 'queue-call-joined'],
    ['QueueCallerLeave', 'queue-call-left'],
    ['QueueCallerAbandon', 'queue-call-abandoned'],
  ])('%s is about a caller', (name, kind) => {
    expect(hub.translate(queueCaller(name, caller)).events).toEqual([{ kind, ...aboutCall }]);
  });

  it.each([
    ['AgentCalled', { kind: 'queue-call-offered' }],
    ['AgentRingNoAnswer', { kind: 'queue-call-offer-ended' }],
    ['AgentDump', { kind: 'queue-call-offer-ended' }],
    ['AgentConnect', { kind: 'queue-call-connected', wrapUpSeconds: SALES_WRAP_UP_SECONDS }],
  ])('%s is about a caller and a member', (name, expected) => {
    expect(hub.translate(queueAgent(name, caller, ann)).events).toEqual([
      { ...offer, ...expected },
    ]);
  });

  it.each([
    ['caller', 'remote'],
    ['agent', 'local'],
    ['transfer', 'local'],
    [undefined, 'remote'],
  ])("AgentComplete for the reason %s carries the queue's wrap-up", (Reason, endedBy) => {
    const completed = queueAgent('AgentComplete', caller, ann, { Reason });
    expect(hub.translate(completed).events).toEqual([
      {
        kind: 'queue-call-completed',
        ...offer,
        wrapUpSeconds: SALES_WRAP_UP_SECONDS,
        endedBy,
      },
    ]);
  });

  it.each([
    ['XIVO_DSTID, until 2020', { XIVO_DSTID: '7' }],
    ['WAZO_DSTID', { WAZO_DSTID: '7', XIVO_DSTID: '7' }],
  ])('UserEvent Queue is about a caller on the way to the queue of %s', (_what, ids) => {
    const event = queueUserEvent(caller, { ...ids, ChanVariable: { WAZO_ENTRY_EXTEN: '3001' } });
    expect(hub.translate(event).events).toEqual([
      { kind: 'queue-call-announced', ...aboutCall, targetNumber: '3001' },
    ]);
  });

  it.each([
    ['of another kind', { UserEvent: 'Agent' }, 'irrelevant'],
    ['of a queue that nobody knows', { WAZO_DSTID: '99' }, 'unknown-entity'],
    ['of no queue', { WAZO_DSTID: '' }, 'unknown-entity'],
  ])('a UserEvent %s says nothing', (_what, extra, outcome) => {
    expect(hub.translate(queueUserEvent(caller, extra))).toEqual({ outcome, events: [] });
  });

  it.each([
    ['QueueMemberAdded', { kind: 'queue-member-added', facts }],
    ['QueueMemberStatus', { kind: 'queue-member-changed', facts }],
    ['QueueMemberPenalty', { kind: 'queue-member-changed', facts }],
    ['QueueMemberRinginuse', { kind: 'queue-member-changed', facts }],
    ['QueueMemberPause', { kind: 'queue-member-changed', facts: pauseFacts }],
    ['QueueMemberRemoved', { kind: 'queue-member-removed', loginTime: 1763680000 }],
  ])('%s is about a member', (name, expected) => {
    expect(hub.translate(queueMember(name, ann, 'sales')).events).toEqual([
      { ...aboutMember, ...expected },
    ]);
  });

  it('Hangup ends a channel, whoever it belongs to', () => {
    expect(hub.translate(hangup('1.1')).events).toEqual([
      { kind: 'channel-ended', at: START, legId: '1.1', causeCode: 16 },
    ]);
    const said = { ...hangup('1.1').data, 'Cause-txt': 'Normal Clearing' };
    expect(hub.translate({ name: 'Hangup', data: said }).events).toMatchObject([
      { cause: 'Normal Clearing' },
    ]);
  });
});

describe('the end of a channel', () => {
  it('is asked for by the phone whose HangupRequest it is', () => {
    const data = { Event: 'HangupRequest', Uniqueid: '1.1' };
    expect(hub.translate({ name: 'HangupRequest', data }).events).toEqual([
      { kind: 'hangup-requested', at: START, legId: '1.1' },
    ]);
  });
});

describe('the fields of an Asterisk event', () => {
  it.each([...devices.entries()])('Status %d is %s', (code, device) => {
    const event = queueMember('QueueMemberStatus', ann, 'sales', { Status: String(code) });
    expect(hub.translate(event).events).toMatchObject([{ facts: { device } }]);
  });

  it.each([
    [{ Interface: 'PJSIP/dora' }, 'PJSIP/dora', [people.dora]],
    [{ Interface: 'PJSIP/nobody' }, 'PJSIP/nobody', []],
    [{ Interface: 'Local/id-42@agentcallback/n' }, 'Local/id-42@agentcallback', [people.ann]],
    [
      { Interface: 'Local/id-44@agentcallback' },
      'Local/id-44@agentcallback',
      [people.carl, people.cora],
    ],
    [
      { Interface: `Local/${people.dora}@usersharedlines` },
      `Local/${people.dora}@usersharedlines`,
      [people.dora],
    ],
    [{ Interface: undefined, Location: 'PJSIP/dora' }, 'PJSIP/dora', [people.dora]],
  ])('the member %j is found', (names, memberId, userIds) => {
    const event = queueMember('QueueMemberStatus', ann, 'sales', names);
    expect(hub.translate(event).events).toMatchObject([{ member: { memberId, userIds } }]);
  });

  it.each(['<unknown>', 'anonymous', 'Anonymous'])('a number of %j is none', (CallerIDNum) => {
    const event = queueCaller('QueueCallerJoin', caller, { CallerIDNum });
    expect(hub.translate(event).events).toMatchObject([{ callerNumber: '' }]);
  });

  it("Timestamp is the event's time, unless it is ahead of the hub's", () => {
    const seconds = START / 1000;
    const times = [`${seconds - 3}.250000`, `${seconds + 3}.0`, 'soon'].flatMap((Timestamp) =>
      hub
        .translate(queueCaller('QueueCallerJoin', caller, { Timestamp }))
        .events.map(({ at }) => at),
    );
    expect(times[0]).toBe(START - 2_750);
    expect(times.slice(1).every((at) => at <= Date.now() && at >= START)).toBe(true);
  });

  it('Linkedid makes the call id, in the namespace of the Wazo that speaks', () => {
    const event = queueCaller('QueueCallerJoin', caller, { Linkedid: '1.7' });
    expect(hub.translate(event).events).toMatchObject([{ callId: callGuid(ORIGIN_UUID, '1.7') }]);
  });

  it("a Wazo without a uuid gets its organization's namespace", () => {
    const { name, data } = queueCaller('QueueCallerJoin', caller);
    hub.deliverBody(Buffer.from(JSON.stringify({ name, data, origin_uuid: 'wazo' })));
    hub.settle();
    expect(hub.bursts.flat()).toMatchObject([{ callId: callGuid(acme, caller.uniqueid) }]);
  });

  it('what older versions leave out is not made up', () => {
    const name = 'QueueMemberStatus';
    const data = { Queue: 'sales', Location: 'PJSIP/dora', Status: '1', Wrapuptime: '' };
    expect(hub.translate({ name, data }).events).toMatchObject([{ facts: { device: 'idle' } }]);
  });

  it('without the rung channel, the caller and the member tell offers apart', () => {
    const event = queueAgent('AgentCalled', caller, ann, { DestUniqueid: undefined });
    expect(hub.translate(event).events).toMatchObject([
      { offerId: '1763683200.40 Local/id-42@agentcallback' },
    ]);
  });
});
