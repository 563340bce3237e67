import { acme, ann, bob, people } from '../../support/directory-fixture.js';
import { fakeUser } from '../../support/fake-wazo/entities.js';
import {
  agentChannel,
  agentLeg,
  agentLogin,
  callerChannel,
  phoneChannel,
  presenceRow,
  queueEntryRow,
  queueMemberRow,
  queueParams,
} from '../../support/fake-wazo/live-state.js';
import type { FakeWazoState, Json } from '../../support/fake-wazo/state.js';
import type { Agent, Caller } from '../../support/wazo-events.js';
import { type Leg, legEnds, type Phone, phoneOf, report } from './direct-call.js';
import { phoneLeg, QueueCall } from './queue-call.js';
import { shiftBegins } from './shift.js';
import { describeStory, type Turn } from './story.js';

const SALES = '7';

const first = new QueueCall(
  { uniqueid: '1763719205.10', number: '+15551234567', queue: 'sales' },
  SALES,
);
const second = new QueueCall(
  { uniqueid: '1763719207.20', number: '+15557654321', queue: 'sales' },
  SALES,
);
const third = new QueueCall(
  { uniqueid: '1763719390.30', number: '+15550003333', queue: 'sales' },
  SALES,
);

/** What the services say of the two agents, whatever they do. */
interface Now {
  /** Asterisk's words for the members of sales; bob's of support are the same. */
  readonly ann?: Json;
  readonly bob?: Json;
  readonly waiting?: readonly Json[];
  readonly channels?: readonly Json[];
  readonly calls?: readonly Json[];
  readonly presences?: readonly Json[];
}

function services(now: Now): (state: FakeWazoState) => void {
  return (state) => {
    state.amiRows.set('QueueStatus', [
      queueParams('sales'),
      queueMemberRow(ann, 'sales', now.ann),
      queueMemberRow(bob, 'sales', now.bob),
      ...(now.waiting ?? []),
      queueParams('support'),
      queueMemberRow(bob, 'support', now.bob),
    ]);
    state.amiRows.set('CoreShowChannels', [...(now.channels ?? [])]);
    state.calls = [...(now.calls ?? [])];
    state.agentStatuses = [agentLogin(ann, acme), agentLogin(bob, acme)];
    state.presences = [...(now.presences ?? PRESENT)];
    state.users = Array.from(Object.entries(people), ([name, id]) => fakeUser(id, acme, name));
  };
}

const PRESENT = [ann, bob].map(({ agentId, userUuid }) =>
  presenceRow(userUuid, acme, { lines: [{ id: agentId, state: 'available' }] }),
);

/** The phone of an agent in a queue's call, as the stories number it. */
function phoneRows(caller: Caller, agent: Agent, status: 'Ringing' | 'Up', bridge = '') {
  const uniqueid = phoneLeg(caller, agent);
  return {
    channel: { ...phoneChannel(caller, agent, bridge), Uniqueid: uniqueid },
    call: { ...agentLeg(caller, agent, acme, status), call_id: uniqueid },
    local: {
      ...agentChannel(caller, agent, bridge),
      Uniqueid: `${caller.uniqueid}1${String(agent.agentId)}0`,
    },
  };
}

const annTalks: readonly Turn[] = [
  { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
  { after: 300, what: 'the queue takes the caller in', events: first.joins() },
  { after: 1000, what: "ann's phone rings", events: first.rings(ann) },
  { after: 3000, what: 'ann answers', events: first.answeredBy(ann) },
];

const anotherWaits: readonly Turn[] = [
  { after: 4000, what: 'the dialplan sends another to sales', events: second.announced() },
  { after: 300, what: 'the queue takes that caller in', events: second.joins() },
];

describeStory('asterisk restart', {
  rest: services({}),
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    ...anotherWaits,
    { after: 1500, what: "bob's phone rings", events: second.rings(bob) },
    {
      after: 5000,
      what: 'asterisk has started anew, and wazo-amid is back',
      wazo: (state) => {
        services({})(state);
        state.amiRows.set('CoreStatus', [
          { CoreStartupDate: '2026-11-21', CoreStartupTime: '10:00:19' },
        ]);
      },
      events: [
        {
          name: 'FullyBooted',
          data: { Event: 'FullyBooted', Status: 'Fully Booted', Uptime: '1', LastReload: '1' },
        },
      ],
    },
    { after: 10_000, what: 'the next caller is sent to sales', events: third.announced() },
    { after: 300, what: 'the queue takes the caller in', events: third.joins() },
    { after: 1000, what: "ann's phone rings", events: third.rings(ann) },
    { after: 3000, what: 'ann answers', events: third.answeredBy(ann) },
    { after: 30_000, what: 'the caller hangs up', events: third.ends(ann, 'caller') },
  ],
  watch: 40_000,
});

const annsRows = phoneRows(first.caller, ann, 'Up', 'b1');
const annsCall: Now = {
  ann: { Status: '2', InCall: '1' },
  channels: [callerChannel(first.caller, 'b1'), annsRows.channel],
  calls: [annsRows.call],
};

const dorasPhone: Phone = {
  userUuid: people.dora,
  lineId: 5,
  number: '1005',
  dialString: 'PJSIP/dora',
};
const bobsPhone = phoneOf(bob, 'bob');

function directLeg(phone: Phone, uniqueid: string): Leg {
  const about = { uniqueid, linkedid: uniqueid, phone, isCaller: false };
  return { ...about, number: phone.number, peer: '+15550001111', dialled: phone.number };
}

const dorasLeg = directLeg(dorasPhone, '1763719206.51');
const bobsLeg = directLeg(bobsPhone, '1763719300.61');

describeStory('broker outage with lost calld events', {
  rest: services({}),
  turns: [
    shiftBegins(ann, bob),
    {
      after: 2000,
      what: "dora's phone rings, and she answers",
      events: [
        report('call_created', dorasLeg, 'Ringing'),
        report('call_answered', dorasLeg, 'Up'),
      ],
    },
    ...annTalks,
    { after: 10_000, what: 'the broker goes', fate: 'the bus goes', events: [] },
    {
      after: 20_000,
      what: 'asterisk, untold: somebody joins sales',
      events: second.joins().filter(({ name }) => name === 'QueueCallerJoin'),
    },
    {
      after: 20_000,
      what: 'asterisk, untold: that caller gives up',
      events: second.givesUp().filter(({ name }) => name !== 'call_ended'),
    },
    {
      after: 40_000,
      what: 'asterisk, untold: ann and her caller hang up',
      events: first.ends(ann, 'caller').filter(({ data }) => 'Event' in data),
    },
    {
      after: 80_000,
      what: 'asterisk, untold: the third joins sales',
      events: third.joins().filter(({ name }) => name === 'QueueCallerJoin'),
    },
    {
      after: 20_000,
      what: 'the broker is back; lost for ever: dora hung up, bob talks, ann is away',
      fate: 'the bus is back',
      wazo: services({
        ann: { LastCall: '1763719305', CallsTaken: '1' },
        bob: { Status: '2' },
        waiting: [queueEntryRow(third.caller, 20)],
        channels: [
          callerChannel(third.caller),
          { ...phoneChannel(third.caller, bob, 'b2'), Uniqueid: bobsLeg.uniqueid, Linkedid: '61' },
        ],
        calls: [{ ...report('call_answered', bobsLeg, 'Up').data, tenant_uuid: acme }],
        presences: [
          presenceRow(people.ann, acme, { state: 'away', status: 'coffee' }),
          ...PRESENT.slice(1),
        ],
      }),
      events: [],
    },
    { after: 10_000, what: "bob's call ends", events: legEnds(bobsLeg) },
    { after: 1000, what: "bob's phone rings for the third", events: third.rings(bob) },
    { after: 3000, what: 'bob answers', events: third.answeredBy(bob) },
    { after: 30_000, what: 'the caller hangs up', events: third.ends(bob, 'caller') },
  ],
  watch: 40_000,
});

const bobsRows = phoneRows(second.caller, bob, 'Ringing');

describeStory('redelivery after a kill of the hub', {
  rest: services({}),
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    ...anotherWaits,
    {
      after: 1500,
      what: "bob's phone rings",
      wazo: services({
        ...annsCall,
        bob: { Status: '6' },
        waiting: [queueEntryRow(second.caller, 5)],
        channels: [
          ...(annsCall.channels ?? []),
          callerChannel(second.caller),
          bobsRows.local,
          bobsRows.channel,
        ],
        calls: [annsRows.call, bobsRows.call],
      }),
      events: second.rings(bob),
    },
    { after: 20, what: 'the hub is killed', fate: 'the hub is killed', events: [] },
    { after: 3000, what: 'another hub starts', fate: 'another hub starts', events: [] },
    { after: 2000, what: 'bob answers', events: second.answeredBy(bob) },
    { after: 20_000, what: "ann's caller hangs up", events: first.ends(ann, 'caller') },
    { after: 10_000, what: 'bob hangs up', events: second.ends(bob, 'agent') },
  ],
  watch: 40_000,
});
