import { ann, bob } from '../../support/directory-fixture.js';
import { QueueCall } from './queue-call.js';
import { logsOff, pausedBlock, pauses, resumes, shiftBegins } from './shift.js';
import { describeStory, type Turn } from './story.js';

const call = new QueueCall(
  { uniqueid: '1763719205.10', number: '+15551234567', queue: 'sales' },
  '7',
);

/** Ann has a caller of sales on the line. */
const annTalks: readonly Turn[] = [
  { after: 4000, what: 'the dialplan sends a caller to sales', events: call.announced() },
  { after: 300, what: 'the queue takes the caller in', events: call.joins() },
  { after: 1000, what: "ann's phone rings", events: call.rings(ann) },
  { after: 3000, what: 'ann answers', events: call.answeredBy(ann) },
];

describeStory('pause in the middle of a call', {
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    { after: 10_000, what: 'ann pauses, while she talks', events: pauses(ann, 'lunch') },
    {
      after: 20_000,
      what: 'the caller hangs up',
      events: call.ends(ann, 'caller', 0, pausedBlock('lunch')),
    },
    { after: 60_000, what: 'ann is back', events: resumes(ann) },
  ],
  watch: 5000,
});

describeStory('pause and log-off of an agent of two queues', {
  turns: [
    shiftBegins(ann, bob),
    { after: 5000, what: 'bob pauses', events: pauses(bob, 'coffee') },
    { after: 5000, what: 'bob is back', events: resumes(bob) },
    { after: 5000, what: 'bob pauses again', events: pauses(bob, 'home') },
    { after: 5000, what: 'bob logs off', events: logsOff(bob) },
  ],
  watch: 5000,
});

describeStory('log-off in wrap-up', {
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    { after: 20_000, what: 'ann hangs up', events: call.ends(ann, 'agent') },
    { after: 10_000, what: 'ann logs off', events: logsOff(ann) },
  ],
  watch: 40_000,
});

describeStory('log-off in the middle of a call', {
  turns: [
    shiftBegins(ann, bob),
    ...annTalks,
    { after: 10_000, what: 'ann logs off, and talks on', events: logsOff(ann) },
    {
      after: 10_000,
      what: 'the caller hangs up',
      events: call.ends({ ...ann, queues: [] }, 'caller'),
    },
  ],
  watch: 40_000,
});
