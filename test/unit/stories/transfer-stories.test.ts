import { ann, bob } from '../../support/directory-fixture.js';
import type { BusEvent } from '../../support/wazo-bus.js';
import { queueMembers } from '../../support/wazo-events.js';
import { type Leg, legEnds, phoneOf, report } from './direct-call.js';
import { phoneLeg, presenceOf, QueueCall } from './queue-call.js';
import { shiftBegins } from './shift.js';
import { describeStory, type Turn } from './story.js';

const call = new QueueCall(
  { uniqueid: '1763719205.10', number: '+15551234567', queue: 'sales' },
  '7',
);
const annsLeg = phoneLeg(call.caller, ann);

/** Ann's caller rings at bob, in the same conversation. */
const bobsLeg: Leg = {
  uniqueid: '1763719225.50',
  linkedid: call.caller.uniqueid,
  phone: phoneOf(bob, 'bob'),
  isCaller: false,
  number: '1043',
  peer: call.caller.number,
  dialled: '1043',
};

const annTalks: readonly Turn[] = [
  { after: 4000, what: 'a caller comes to sales', events: [...call.announced(), ...call.joins()] },
  { after: 1000, what: "ann's phone rings", events: call.rings(ann) },
  { after: 3000, what: 'ann answers', events: call.answeredBy(ann) },
];

const bobsPhoneRings: readonly BusEvent[] = [
  report('call_created', bobsLeg, 'Down'),
  report('call_updated', bobsLeg, 'Ringing'),
  ...queueMembers('QueueMemberStatus', bob, { Status: '6' }),
  presenceOf(bob, 'ringing'),
];
const bobAnswers: readonly BusEvent[] = [
  report('call_answered', bobsLeg, 'Up'),
  ...queueMembers('QueueMemberStatus', bob, { Status: '2' }),
  presenceOf(bob, 'talking'),
];
const callerHangsUp: readonly BusEvent[] = [
  ...call.hangsUp(),
  ...legEnds(bobsLeg),
  ...queueMembers('QueueMemberStatus', bob),
  presenceOf(bob, 'available'),
];

describeStory('blind transfer by a phone', {
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    {
      after: 20_000,
      what: 'ann sends the caller to 1043, which ends her part',
      events: [
        {
          name: 'BlindTransfer',
          data: {
            Event: 'BlindTransfer',
            Result: 'Success',
            TransfererUniqueid: annsLeg,
            TransfererLinkedid: call.caller.uniqueid,
            TransfereeUniqueid: call.caller.uniqueid,
            TransfereeLinkedid: call.caller.uniqueid,
            IsExternal: 'Yes',
            Context: 'default',
            Extension: '1043',
          },
        },
        ...call.leftBy(ann),
      ],
    },
    { after: 1000, what: "bob's phone rings", events: bobsPhoneRings },
    { after: 4000, what: 'bob answers', events: bobAnswers },
    { after: 20_000, what: 'the caller hangs up', events: callerHangsUp },
  ],
  watch: 20_000,
});

describeStory('attended transfer by wazo-calld', {
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    {
      after: 20_000,
      what: 'ann begins a transfer to bob, whose phone rings',
      events: [transfer('transfer_created', 'ringback'), ...bobsPhoneRings],
    },
    {
      after: 4000,
      what: 'bob answers, and the two confer',
      events: [...bobAnswers, transfer('transfer_answered', 'answered')],
    },
    {
      after: 10_000,
      what: 'ann hands the caller over',
      events: [
        transfer('transfer_completed', 'completed'),
        ...call.leftBy(ann),
        transfer('transfer_ended', 'ended'),
      ],
    },
    { after: 20_000, what: 'the caller hangs up', events: callerHangsUp },
  ],
  watch: 20_000,
});

describeStory('attended transfer that ann takes back', {
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    {
      after: 20_000,
      what: 'ann begins a transfer to bob, whose phone rings',
      events: [transfer('transfer_created', 'ringback'), ...bobsPhoneRings],
    },
    {
      after: 8000,
      what: 'bob does not answer, and ann is back with the caller',
      events: [
        transfer('transfer_cancelled', 'cancelled'),
        ...legEnds(bobsLeg, 19, 'User alerting, no answer'),
        ...queueMembers('QueueMemberStatus', bob),
        presenceOf(bob, 'available'),
        transfer('transfer_ended', 'ended'),
      ],
    },
    { after: 10_000, what: 'the caller hangs up', events: call.ends(ann, 'caller') },
  ],
  watch: 40_000,
});

function transfer(name: string, status: string): BusEvent {
  return {
    name,
    data: {
      id: 'transfer-1',
      initiator_uuid: ann.userUuid,
      initiator_tenant_uuid: 'cccccccc-0000-4000-8000-000000000001',
      transferred_call: call.caller.uniqueid,
      initiator_call: annsLeg,
      recipient_call: bobsLeg.uniqueid,
      status,
      flow: 'attended',
    },
  };
}
