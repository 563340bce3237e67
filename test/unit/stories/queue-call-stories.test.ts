import { ann, bob } from '../../support/directory-fixture.js';
import { QueueCall } from './queue-call.js';
import { shiftBegins } from './shift.js';
import { describeStory } from './story.js';

const SALES = '7';
const SUPPORT = '8';

const first = new QueueCall(
  { uniqueid: '1763719205.10', number: '+15551234567', queue: 'sales' },
  SALES,
);
const second = new QueueCall(
  { uniqueid: '1763719207.20', number: '+15557654321', queue: 'sales' },
  SALES,
);
/** The first caller, whom the queue's fallback has sent to the other queue. */
const firstElsewhere = new QueueCall({ ...first.caller, queue: 'support' }, SUPPORT);

describeStory('answered', {
  turns: [
    shiftBegins(ann, bob),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    { after: 1000, what: "ann's phone rings", events: first.rings(ann) },
    { after: 3000, what: 'ann answers', events: first.answeredBy(ann) },
    { after: 60_000, what: 'the caller hangs up', events: first.ends(ann, 'caller') },
  ],
  watch: 40_000,
});

describeStory('abandoned while waiting', {
  turns: [
    shiftBegins(),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    { after: 12_000, what: 'the caller gives up', events: first.givesUp() },
  ],
  watch: 20_000,
});

describeStory('abandoned while ringing', {
  turns: [
    shiftBegins(ann),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    { after: 1000, what: "ann's phone rings", events: first.rings(ann) },
    {
      after: 4000,
      what: 'the caller gives up',
      events: [...first.givesUp(), ...first.fallsSilent(ann)],
    },
  ],
  watch: 20_000,
});

describeStory('timed out', {
  turns: [
    shiftBegins(bob),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    {
      after: 20_000,
      what: 'the time of the queue is over, and the caller lives on',
      events: first.timesOut(),
    },
    {
      after: 400,
      what: 'the fallback of sales sends the caller to support',
      events: firstElsewhere.announced(),
    },
    { after: 200, what: 'support takes the caller in', events: firstElsewhere.joins() },
    { after: 1000, what: "bob's phone rings", events: firstElsewhere.rings(bob) },
    { after: 3000, what: 'bob answers', events: firstElsewhere.answeredBy(bob) },
    { after: 30_000, what: 'bob hangs up', events: firstElsewhere.ends(bob, 'agent') },
  ],
  watch: 10_000,
});

describeStory('timed out to a voice mail', {
  turns: [
    shiftBegins(ann),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    { after: 20_000, what: 'the time of the queue is over', events: first.timesOut() },
    { after: 30_000, what: 'the caller has left a message', events: first.hangsUp() },
  ],
  watch: 10_000,
});

describeStory('refused by the queue', {
  turns: [
    shiftBegins(),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 8000, what: 'the caller, never taken in, hangs up', events: first.hangsUp() },
  ],
  watch: 10_000,
});

describeStory('refused by an agent', {
  turns: [
    shiftBegins(ann),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    { after: 1000, what: "ann's phone rings", events: first.rings(ann) },
    { after: 2000, what: 'ann refuses the call', events: first.ringsInVain(ann, 0, 0) },
    { after: 5000, what: "ann's phone rings again", events: first.rings(ann, 1) },
    { after: 2000, what: 'ann answers', events: first.answeredBy(ann, 1) },
    { after: 20_000, what: 'ann hangs up', events: first.ends(ann, 'agent', 1) },
  ],
  watch: 40_000,
});

describeStory('ring no answer, then answered by another', {
  turns: [
    shiftBegins(ann, bob),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    { after: 1000, what: "ann's phone rings", events: first.rings(ann) },
    { after: 15_000, what: 'ann does not answer', events: first.ringsInVain(ann) },
    { after: 1000, what: "bob's phone rings", events: first.rings(bob) },
    { after: 3000, what: 'bob answers', events: first.answeredBy(bob) },
    { after: 30_000, what: 'the caller hangs up', events: first.ends(bob, 'caller') },
  ],
  watch: 40_000,
});

describeStory('ringall', {
  turns: [
    shiftBegins(ann, bob),
    { after: 4000, what: 'the dialplan sends a caller to sales', events: first.announced() },
    { after: 300, what: 'the queue takes the caller in', events: first.joins() },
    {
      after: 1000,
      what: 'both phones ring',
      events: [...first.rings(ann), ...first.rings(bob)],
    },
    {
      after: 3000,
      what: "bob answers, and ann's phone falls silent",
      events: [...first.answeredBy(bob), ...first.fallsSilent(ann)],
    },
    { after: 30_000, what: 'the caller hangs up', events: first.ends(bob, 'caller') },
  ],
  watch: 40_000,
});

describeStory('two calls at once', {
  turns: [
    shiftBegins(ann, bob),
    {
      after: 4000,
      what: 'two callers are sent to sales and taken in',
      events: [...first.announced(), ...first.joins(1), ...second.announced(), ...second.joins(2)],
    },
    {
      after: 1000,
      what: "ann's phone rings for the first, bob's for the second",
      events: [...first.rings(ann), ...second.rings(bob)],
    },
    { after: 3000, what: 'bob answers', events: second.answeredBy(bob, 0, 1) },
    { after: 2000, what: 'ann answers', events: first.answeredBy(ann) },
    { after: 20_000, what: 'bob hangs up', events: second.ends(bob, 'agent') },
    { after: 10_000, what: 'the first caller hangs up', events: first.ends(ann, 'caller') },
  ],
  watch: 40_000,
});
