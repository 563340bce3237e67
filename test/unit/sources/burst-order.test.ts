import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inCausalOrder } from '../../../src/sources/wazo/burst-order.js';
import { ann, bob } from '../../support/directory-fixture.js';
import type { BusEvent } from '../../support/wazo-bus.js';
import {
  agentCall,
  hangup,
  queueAgent,
  queueCaller,
  queueMember,
  queueUserEvent,
} from '../../support/wazo-events.js';

const caller = { uniqueid: '1.1', number: '1', queue: 'sales' };
const status = (Status: string, extra: object = {}) =>
  queueMember('QueueMemberStatus', ann, 'sales', { Status, ...extra });
const pause = (Paused: string, LastPause: string) =>
  queueMember('QueueMemberPause', ann, 'sales', { Paused, LastPause });
const member = (name: string, LoginTime: string) => queueMember(name, ann, 'sales', { LoginTime });

/** Each burst in the one order in which it can have happened. */
const bursts: readonly [string, readonly BusEvent[]][] = [
  [
    'two callers who join and ring together, the older channel first',
    [
      queueCaller('QueueCallerJoin', { ...caller, uniqueid: 'pbx1-1763683200.9' }),
      queueCaller('QueueCallerJoin', { ...caller, uniqueid: 'pbx1-1763683200.10' }),
      queueCaller('QueueCallerJoin', { ...caller, uniqueid: 'pbx1-1763683201.2' }),
      queueAgent('AgentCalled', caller, ann, { DestUniqueid: '1763683202.11' }),
      queueAgent('AgentCalled', caller, bob, { DestUniqueid: '1763683202.100' }),
    ],
  ],
  [
    'a call from joining to its end, and the phone idle again',
    [
      status('6'),
      status('2'),
      status('1', { CallsTaken: '1', LastCall: '1763683270' }),
      queueUserEvent(caller),
      queueCaller('QueueCallerJoin', caller),
      queueAgent('AgentCalled', caller, ann),
      queueCaller('QueueCallerLeave', caller),
      queueAgent('AgentConnect', caller, ann),
      queueAgent('AgentComplete', caller, ann),
      hangup(caller.uniqueid),
    ],
  ],
  [
    'a ring that is answered',
    [status('1'), status('6'), status('2'), queueAgent('AgentConnect', caller, ann)],
  ],
  [
    'a ring that nobody answers: idle comes after ringing',
    [
      status('6'),
      status('1'),
      queueAgent('AgentCalled', caller, ann),
      queueAgent('AgentRingNoAnswer', caller, ann),
    ],
  ],
  [
    'a member that hangs up during the announcement: idle comes after ringing',
    [
      status('6'),
      status('1'),
      queueAgent('AgentCalled', caller, ann),
      queueAgent('AgentDump', caller, ann),
    ],
  ],
  [
    'a caller who gives up while it rings: idle comes after ringing',
    [
      status('6'),
      status('1'),
      queueAgent('AgentCalled', caller, ann),
      queueCaller('QueueCallerAbandon', caller),
      queueCaller('QueueCallerLeave', caller),
      hangup(caller.uniqueid),
    ],
  ],
  ['pause and unpause of a system without LastPause', [pause('1', '0'), pause('0', '0')]],
  [
    'pause, unpause and pause again by LastPause',
    [pause('1', '100'), pause('0', '100'), pause('1', '200')],
  ],
  [
    'a log-off with a new login right after it',
    [
      member('QueueMemberRemoved', '100'),
      member('QueueMemberAdded', '200'),
      status('6', { LoginTime: '200' }),
    ],
  ],
  [
    'login, pause and log-off',
    [
      member('QueueMemberAdded', '100'),
      queueMember('QueueMemberPause', ann, 'sales', { LoginTime: '100', Paused: '1' }),
      member('QueueMemberRemoved', '100'),
    ],
  ],
  [
    'a call that is parked and hangs up there',
    [
      { name: 'ParkedCall', data: { ParkeeUniqueid: '1.1' } },
      { name: 'ParkedCallGiveUp', data: { ParkeeUniqueid: '1.1' } },
      { name: 'HangupRequest', data: { Uniqueid: '1.1' } },
      hangup('1.1'),
    ],
  ],
  ['a phone that unregisters after it was idle', [status('1'), status('5')]],
];

function envelopeOf({ name, data }: BusEvent, timestampMs = 0) {
  return { envelope: { name, originUuid: '', tenantUuid: '', timestamp: '', timestampMs, data } };
}

/** As Asterisk writes it with `timestampevents=yes`. */
function stamped(event: BusEvent, Timestamp: string) {
  return envelopeOf({ ...event, data: { ...event.data, Timestamp } });
}

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

describe('the messages of one burst', () => {
  it.each(bursts)('come in an order that can have happened: %s', (_what, events) => {
    const ordered = events.map((event) => envelopeOf(event));
    fc.assert(
      fc.property(shuffled(ordered), (burst) => {
        expect(inCausalOrder(burst)).toEqual(ordered);
      }),
      { numRuns: 50 },
    );
  });

  it("follow Asterisk's own Timestamp when every one of them has it", () => {
    const ordered = [
      stamped(queueAgent('AgentComplete', caller, ann), '1763683200.000001'),
      stamped(status('1'), '1763683200.000002'),
      stamped(queueAgent('AgentCalled', caller, ann), '1763683200.000003'),
      stamped(status('6'), '1763683200.000004'),
    ];
    expect(inCausalOrder(ordered.toReversed())).toEqual(ordered);
  });

  it('follow their course when one of them lacks the Timestamp', () => {
    const complete = queueAgent('AgentComplete', caller, ann, { Timestamp: '1' });
    const burst = [envelopeOf(complete), envelopeOf(queueAgent('AgentCalled', caller, ann))];
    expect(inCausalOrder(burst)).toEqual(burst.toReversed());
  });

  it('of services follow their stamps, after those of Asterisk', () => {
    const created = envelopeOf(agentCall('call_created', caller, bob, 'Ringing'), 1);
    const ended = envelopeOf(agentCall('call_ended', caller, bob, 'Down'), 2);
    const joined = envelopeOf(queueCaller('QueueCallerJoin', caller), 3);
    expect(inCausalOrder([ended, created, joined])).toEqual([joined, created, ended]);
  });
});
