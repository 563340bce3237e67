import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TENANT } from '../../../support/fake-portsip/wire-messages.js';
import { IngestUnderTest, MARA, NOOR, QUEUE } from './ingest-fixture.js';
import { mutatedSamples, NAMES, sample } from './mutated-samples.js';

const SECOND = 1000;
const PROFILE_ONLINE = '10f9e0cd-4b18-53dc-8dd0-0c6f32b6fba6';
const HOUR = 3_600 * SECOND;

const about = { tenant_id: TENANT.id, time: '1773993600' };

function callStart(session: string, from: string, to: string, direction = 'internal') {
  const parties = { caller: from, callee: to, direction };
  return { event_type: 'call_start', ...about, session_id: session, ...parties };
}

function target(step: string, session: string, number: string, more: object = {}) {
  const call = callStart(session, '33140506070', '201', 'inbound');
  const destination = `sip:${number}@192.0.2.10`;
  return { ...call, event_type: `cdr_target_${step}`, destination, ...more };
}

function record(session: string, more: object = {}) {
  const call = callStart(session, '33140506070', '201', 'inbound');
  return { ...call, event_type: 'call_cdr', ended_reason: 'caller_disconnected', ...more };
}

function phone(number: string, status: string) {
  const extension = `sip:${number}@acme.example`;
  return { event_type: 'extension_call', ...about, extension, call_status: status };
}

function callers(reason: string, session: string) {
  const caller = { session_id: session, caller_number: '33140506070', type: 'normal', reason };
  return {
    event_type: 'queue_caller_status',
    ...about,
    queue_number: '600',
    updated_callers: [caller],
  };
}

function agents(...states: readonly (readonly [string, string])[]) {
  return {
    event_type: 'queue_agent_status',
    ...about,
    queue_number: '600',
    updated_agents: states.map(([number, state]) => ({ agent_extension_number: number, state })),
  };
}

/** An endpoint of a call that the queue makes to call somebody back. */
function leg(callee: string, status: string) {
  return { caller: '600', callee, call_type: 'queue_callback_call', status };
}

describe('any message', () => {
  it.each(NAMES)('%s has an outcome', (name) => {
    const hub = new IngestUnderTest();
    hub.take(sample(name));
    expect(['applied', 'directory-change']).toContain(hub.outcomes[0]);
  });

  it('in any order, with fields missing, null, of another type or word, is mapped or counted', () => {
    const anything = fc.array(
      fc.oneof(
        mutatedSamples,
        fc.constantFrom(...NAMES).map((name) => sample(name)),
      ),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    const hub = new IngestUnderTest();
    fc.assert(
      fc.property(anything, fc.boolean(), (messages, isSnapshot) => {
        for (const message of messages) {
          hub.take(message, isSnapshot ? 'audit' : undefined);
          hub.wait(SECOND);
        }
        expect(hub.outcomes).not.toContain('failed');
      }),
      { numRuns: 200 },
    );
  });

  it('of another tenant reaches nobody', () => {
    const hub = new IngestUnderTest();
    for (const name of NAMES) {
      const foreign = JSON.stringify(sample(name)).replaceAll(TENANT.id, '77');
      hub.take(JSON.parse(foreign));
    }
    expect(hub.told()).toEqual([]);
    hub.take(phone('201', 'ON_CALL'));
    expect(hub.told()).toEqual(['phone-changed']);
  });
});

describe('a presence', () => {
  it('has an id that follows from its word, in changes and in snapshots', () => {
    const hub = new IngestUnderTest();
    const words = ['ONLINE', 'AVAILABLE', 'AWAY', 'BUSINESS_TRIP'];
    for (const presence of words) hub.take({ ...sample('extension_presence'), presence });
    const [online, available, away, trip] = hub.events.map((event) =>
      event.kind === 'presence-changed' ? event.profileId : undefined,
    );
    // By Python: uuid5(uuid5(NAMESPACE_DNS, 'portsip:pbx.example'), 'presence:ONLINE').
    expect([online, available]).toEqual([PROFILE_ONLINE, PROFILE_ONLINE]);
    expect(new Set([online, away, trip]).size).toBe(3);
    hub.told();
    const { status } = z
      .object({ status: z.array(z.looseObject({})) })
      .parse(sample('extension_status'));
    const entries = status.map((one) => ({ ...one, presence: 'ONLINE' }));
    hub.take({ ...sample('extension_status'), status: entries }, 'audit');
    expect(hub.events).toMatchObject([
      { kind: 'snapshot', users: entries.map(() => ({ presence: { profileId: PROFILE_ONLINE } })) },
    ]);
  });
});

describe('what the settings decide', () => {
  it.each(['Away', 'OffWork'] as const)('a business trip is %s', (businessTrip) => {
    const hub = new IngestUnderTest({ wrapUpSeconds: 30, businessTrip });
    hub.take({ ...sample('extension_presence'), presence: 'BUSINESS_TRIP' });
    expect(hub.events).toMatchObject([{ kind: 'presence-changed', availability: businessTrip }]);
    hub.told();
    const { status } = z
      .object({ status: z.array(z.looseObject({})) })
      .parse(sample('extension_status'));
    const trips = status.map((one) => ({ ...one, presence: 'BUSINESS_TRIP' }));
    hub.take({ ...sample('extension_status'), status: trips }, 'audit');
    const presences = hub.events.flatMap((event) =>
      event.kind === 'snapshot' ? (event.users ?? []) : [],
    );
    expect(presences).not.toEqual([]);
    for (const one of presences)
      expect(one).toMatchObject({ presence: { availability: businessTrip } });
  });

  it.each([30, 45])('a wrap-up that nobody laid down lasts %i s', (wrapUpSeconds) => {
    const hub = new IngestUnderTest({ wrapUpSeconds, businessTrip: 'Away' });
    hub.take(agents(['201', 'READY']));
    hub.told();
    hub.take(agents(['201', 'WRAP_UP']));
    expect(hub.events).toContainEqual(
      expect.objectContaining({ kind: 'wrap-up-begun', seconds: wrapUpSeconds }),
    );
  });
});

describe('a callback', () => {
  it.each([
    ['answered', 'answered', { handledBy: MARA, takenBy: MARA }],
    ['noanswer', 'answered', { handledBy: NOOR, takenBy: NOOR }],
    ['noanswer', 'noanswer', { handledBy: MARA, takenBy: null }],
  ])('rings at Mara (%s) and then at Noor (%s)', (first, second, expected) => {
    const hub = new IngestUnderTest();
    hub.take(callers('enqueue', '1'));
    hub.take(callers('callback', '1'));
    hub.told();
    const call_targets = [leg('201', first), leg('202', second), leg('33140506070', 'noanswer')];
    hub.take(record('2', { caller: '600', callee: '33140506070', call_targets }));
    expect(hub.events).toMatchObject([{ kind: 'callback-made', isAnswered: false, ...expected }]);
  });
});

describe('in which call an extension rings or talks', () => {
  it('is concluded when it can be one only', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '202', '201'));
    expect(hub.told()).toEqual(['leg-changed', 'call-arrived']);
    hub.take(phone('201', 'RINGING'));
    hub.take(phone('201', 'ON_CALL'));
    expect(hub.events).toMatchObject([
      { kind: 'phone-changed', phone: 'ringing' },
      { kind: 'leg-changed', userId: MARA, legId: '1/201', state: 'ringing' },
      { kind: 'phone-changed', phone: 'on-call' },
      { kind: 'leg-changed', userId: MARA, legId: '1/201', state: 'up' },
      { kind: 'call-answered', legId: '1/201' },
    ]);
  });

  it('is counted, and not guessed, when there are several', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(callStart('2', '33140506071', '201', 'inbound'));
    hub.told();
    hub.take(phone('201', 'RINGING'));
    expect(hub.told()).toEqual(['phone-changed']);
    expect(hub.outcomes.at(-1)).toBe('ambiguous');
  });

  it('is not a call that began more than a minute ago', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.wait(61 * SECOND);
    hub.told();
    hub.take(phone('201', 'RINGING'));
    expect(hub.told()).toEqual(['phone-changed']);
    expect(hub.outcomes.at(-1)).toBe('applied');
  });

  it.each([
    [2, [{ kind: 'queue-call-connected', queueId: QUEUE, member: { userIds: [NOOR] } }]],
    [3, []],
  ])('is the queue’s that an agent answered %i s ago, up to two', (seconds, concluded) => {
    const hub = new IngestUnderTest();
    hub.take(agents(['201', 'READY'], ['202', 'READY']));
    hub.take(callers('enqueue', '1'));
    hub.take(callers('agent_answered', '1'));
    hub.wait(seconds * SECOND);
    hub.told();
    hub.take(phone('202', 'ON_CALL'));
    expect(hub.events).toMatchObject([{ kind: 'phone-changed', userId: NOOR }, ...concluded]);
  });

  it('is not concluded of a call whose endpoints are told', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(target('add', '1', '201'));
    hub.told();
    hub.take(phone('201', 'RINGING'));
    expect(hub.told()).toEqual(['phone-changed']);
    hub.take(target('ringing', '1', '201'));
    expect(hub.told()).toEqual(['leg-changed']);
  });
});

describe('what only time tells', () => {
  it('an endpoint that was added rings after two seconds', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(target('add', '1', '201'));
    hub.told();
    hub.wait(1999);
    expect(hub.told()).toEqual([]);
    hub.wait(1);
    expect(hub.told()).toEqual(['leg-changed']);
    hub.wait(5 * SECOND);
    expect(hub.told()).toEqual([]);
  });

  it('a call without a record is over after twelve hours', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.wait(12 * HOUR - 1);
    hub.told();
    hub.wait(1);
    expect(hub.events).toMatchObject([
      { kind: 'hangup-requested' },
      { kind: 'channel-ended', legId: '1/201', cause: 'stale' },
      { kind: 'channel-ended', legId: '1', cause: 'stale' },
    ]);
    expect(hub.ingest.sizes().calls).toBe(1);
    hub.wait(HOUR);
    expect(hub.ingest.sizes().calls).toBe(0);
  });

  it('a call that the list of sessions has not had twice in a row is over', () => {
    const hub = new IngestUnderTest();
    const audit = (...sessions: string[]) => {
      hub.now += 60 * SECOND;
      hub.ingest.takeSessions(TENANT.id, new Set(sessions), hub.now);
      return hub.told().filter((kind) => kind === 'channel-ended').length;
    };
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(callStart('2', '33140506071', '202', 'inbound'));
    hub.told();
    expect(audit('2')).toBe(0);
    expect(audit('1', '2')).toBe(0);
    expect(audit('2')).toBe(0);
    hub.ingest.takeSessions('77', new Set(), hub.now);
    expect(audit('2')).toBe(2);
  });

  it('a call that began after the list was asked for is not missing in it', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.told();
    for (const _time of [1, 2]) hub.ingest.takeSessions(TENANT.id, new Set(), hub.now - 1);
    expect(hub.told()).toEqual([]);
  });
});

describe('a call', () => {
  it('is over with its record, whatever comes late', () => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(record('1'));
    hub.told();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(target('ringing', '1', '201'));
    hub.take(record('1'));
    expect(hub.told()).toEqual([]);
  });

  it('of which nothing was told before its record is not made up from that', () => {
    const hub = new IngestUnderTest();
    hub.take(record('1'));
    expect(hub.told()).toEqual([]);
  });

  it.each([
    [486, 'busy'],
    [480, 'unreachable'],
    [0, 'no-answer'],
  ])('with the code %i is missed as %s when it goes on to another', (code, reason) => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(target('ringing', '1', '201'));
    hub.take(target('fail', '1', '201', { status_code: code }));
    hub.take(target('ringing', '1', '202'));
    expect(hub.events.filter(({ kind }) => kind === 'call-missed')).toMatchObject([
      { userId: MARA, reason, target: '202' },
    ]);
  });

  it.each([
    ['still runs', () => undefined, { targetNumber: '33140509999' }],
    [
      'ended a second ago',
      (hub: IngestUnderTest) => endAndWait(hub, SECOND),
      { targetNumber: '33140509999' },
    ],
    [
      'ended three seconds ago',
      (hub: IngestUnderTest) => endAndWait(hub, 3 * SECOND),
      { targetNumber: '' },
    ],
  ])('is handed over to the one of the consultation, which %s', (_when, happens, to) => {
    const hub = new IngestUnderTest();
    hub.take(callStart('1', '33140506070', '201', 'inbound'));
    hub.take(target('answer', '1', '201'));
    const consultation = { caller: '201', callee: '33140509999', direction: 'outbound' };
    hub.take(callStart('2', '201', '33140509999', 'outbound'));
    hub.take(target('answer', '2', '33140509999', consultation));
    happens(hub);
    hub.told();
    hub.take(target('end', '1', '201', { end_reason: 'attended_transfer_complete' }));
    expect(hub.events).toContainEqual(
      expect.objectContaining({ kind: 'call-transfer', flow: 'attended', userId: MARA, ...to }),
    );
  });
});

function endAndWait(hub: IngestUnderTest, milliseconds: number): void {
  hub.take(record('2', { caller: '201', callee: '33140509999', direction: 'outbound' }));
  hub.wait(milliseconds);
}
