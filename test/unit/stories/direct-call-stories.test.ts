import { ann, bob, people } from '../../support/directory-fixture.js';
import { presence, queueMembers } from '../../support/wazo-events.js';
import {
  hangupRequest,
  hold,
  type Leg,
  legEnds,
  parking,
  type Phone,
  phoneOf,
  report,
} from './direct-call.js';
import { phoneLeg, presenceOf, QueueCall } from './queue-call.js';
import { shiftBegins } from './shift.js';
import { describeStory } from './story.js';

const annsPhone = phoneOf(ann, 'ann');
const bobsPhone = phoneOf(bob, 'bob');
const dorasPhone: Phone = {
  userUuid: people.dora,
  lineId: 5,
  number: '1005',
  dialString: 'PJSIP/dora',
};

const OUTSIDE = '+15550001111';
const outside: Leg = {
  uniqueid: '1763719205.30',
  linkedid: '1763719205.30',
  isCaller: true,
  number: OUTSIDE,
  peer: '1005',
  dialled: '1005',
};
const dora: Leg = {
  uniqueid: '1763719205.31',
  linkedid: '1763719205.30',
  phone: dorasPhone,
  isCaller: false,
  number: '1005',
  peer: OUTSIDE,
  dialled: '1005',
};

const rings = [
  report('call_created', outside, 'Ring'),
  report('call_created', dora, 'Down'),
  report('call_updated', dora, 'Ringing'),
];
const isAnswered = [
  report('call_answered', dora, 'Up'),
  report('call_answered', outside, 'Up'),
  report('call_updated', dora, 'Up'),
];

describeStory('a call to the own number', {
  turns: [
    { after: 1000, what: 'dora comes to work', events: [presence(people.dora)] },
    { after: 4000, what: "dora's phone rings", events: rings },
    { after: 5000, what: 'dora answers', events: isAnswered },
    {
      after: 10_000,
      what: 'dora holds the call',
      events: [hold('call_held', dora.uniqueid, dorasPhone)],
    },
    {
      after: 10_000,
      what: 'dora takes it back',
      events: [hold('call_resumed', dora.uniqueid, dorasPhone)],
    },
    {
      after: 10_000,
      what: 'dora hangs up',
      events: [hangupRequest(dora), ...legEnds(dora), ...legEnds(outside)],
    },
  ],
  watch: 5000,
});

describeStory('a missed call to the own number', {
  turns: [
    { after: 1000, what: 'dora comes to work', events: [presence(people.dora)] },
    { after: 4000, what: "dora's phone rings", events: rings },
    {
      after: 20_000,
      what: 'nobody answers, and the caller is sent to the voice mail',
      events: [
        ...legEnds(dora, 19, 'User alerting, no answer'),
        {
          name: 'user_missed_call',
          data: {
            user_uuid: people.dora,
            caller_user_uuid: null,
            caller_id_name: 'Some One',
            caller_id_number: OUTSIDE,
            dialed_extension: '1005',
            conversation_id: outside.linkedid,
            reason: 'no-answer',
          },
        },
      ],
    },
    { after: 15_000, what: 'the caller has left a message', events: legEnds(outside) },
  ],
  watch: 5000,
});

const toBob: Leg = {
  uniqueid: '1763719215.40',
  linkedid: '1763719215.40',
  phone: annsPhone,
  isCaller: true,
  number: annsPhone.number,
  peer: bobsPhone.number,
  dialled: bobsPhone.number,
};
const bobsLeg: Leg = {
  uniqueid: '1763719215.41',
  linkedid: '1763719215.40',
  phone: bobsPhone,
  isCaller: false,
  number: bobsPhone.number,
  peer: annsPhone.number,
  dialled: bobsPhone.number,
};

describeStory('a call between two agents', {
  turns: [
    shiftBegins(ann, bob),
    {
      after: 4000,
      what: 'ann calls bob, whose phone rings',
      events: [
        report('call_created', toBob, 'Ring'),
        report('call_created', bobsLeg, 'Down'),
        report('call_updated', bobsLeg, 'Ringing'),
        ...queueMembers('QueueMemberStatus', ann, { Status: '2' }),
        ...queueMembers('QueueMemberStatus', bob, { Status: '6' }),
        presenceOf(ann, 'progressing'),
        presenceOf(bob, 'ringing'),
      ],
    },
    {
      after: 5000,
      what: 'bob answers',
      events: [
        report('call_answered', bobsLeg, 'Up'),
        report('call_answered', toBob, 'Up'),
        ...queueMembers('QueueMemberStatus', bob, { Status: '2' }),
        presenceOf(ann, 'talking'),
        presenceOf(bob, 'talking'),
      ],
    },
    {
      after: 20_000,
      what: 'ann hangs up',
      events: [
        hangupRequest(toBob),
        ...legEnds(bobsLeg),
        ...legEnds(toBob),
        ...queueMembers('QueueMemberStatus', ann),
        ...queueMembers('QueueMemberStatus', bob),
        presenceOf(ann, 'available'),
        presenceOf(bob, 'available'),
      ],
    },
  ],
  watch: 5000,
});

const call = new QueueCall(
  { uniqueid: '1763719205.10', number: '+15551234567', queue: 'sales' },
  '7',
);

/** Bob dials the parking place. */
const fetching: Leg = {
  uniqueid: '1763719265.60',
  linkedid: '1763719265.60',
  phone: bobsPhone,
  isCaller: true,
  number: bobsPhone.number,
  peer: '701',
  dialled: '701',
};

describeStory('hold and park of a queue call', {
  turns: [
    shiftBegins(ann, bob),
    {
      after: 4000,
      what: 'a caller comes to sales',
      events: [...call.announced(), ...call.joins()],
    },
    { after: 1000, what: "ann's phone rings", events: call.rings(ann) },
    { after: 3000, what: 'ann answers', events: call.answeredBy(ann) },
    {
      after: 10_000,
      what: 'ann holds the call',
      events: [
        hold('call_held', phoneLeg(call.caller, ann), annsPhone),
        presenceOf(ann, 'holding'),
      ],
    },
    {
      after: 10_000,
      what: 'ann takes it back',
      events: [
        hold('call_resumed', phoneLeg(call.caller, ann), annsPhone),
        presenceOf(ann, 'talking'),
      ],
    },
    {
      after: 10_000,
      what: 'ann parks the caller, which ends her part',
      events: [parking('ParkedCall', call.caller.uniqueid, annsPhone), ...call.leftBy(ann)],
    },
    {
      after: 20_000,
      what: 'bob takes the caller from the parking place',
      events: [
        report('call_created', fetching, 'Ring'),
        report('call_answered', fetching, 'Up'),
        parking('UnParkedCall', call.caller.uniqueid, annsPhone),
        ...queueMembers('QueueMemberStatus', bob, { Status: '2' }),
        presenceOf(bob, 'talking'),
      ],
    },
    {
      after: 20_000,
      what: 'the caller hangs up',
      events: [
        ...call.hangsUp(),
        ...legEnds(fetching),
        ...queueMembers('QueueMemberStatus', bob),
        presenceOf(bob, 'available'),
      ],
    },
  ],
  watch: 20_000,
});
