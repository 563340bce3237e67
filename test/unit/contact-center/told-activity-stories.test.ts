import { describe, expect, it } from 'vitest';
import type { MemberActivity } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { callerIs, salesWith, snapshotOf } from './snapshot-facts.js';
import {
  ann,
  bob,
  callerFacts,
  type Fact,
  loggedIn,
  memberChanged,
  SECOND,
  START,
  Story,
} from './story.js';
import { told } from './told.js';

// Stories of a system that says what members do, who waits and why they left, and not how it came about.

const call = callerFacts('1.1');
const about = {
  queueId: queueIds.sales,
  legId: '1.1',
  callId: 'call 1.1',
  callerNumber: '+1',
  callerName: 'One',
  targetNumber: '3000',
};
const answered: Fact = { kind: 'queue-call-answered', ...about };
const asksForCallback: Fact = { kind: 'queue-callback-requested', ...about };
const overflows: Fact = {
  kind: 'queue-exit',
  legId: '1.1',
  reason: 'no-agent',
  cause: 'overflow',
};
const ended: Fact = { kind: 'channel-ended', legId: '1.1', cause: 'caller_disconnected' };
const { endedBy: _endedBy, ...leftByAnn } = call.completed(ann, 0);
const wrapUpBegins: Fact = {
  kind: 'wrap-up-begun',
  queueId: queueIds.sales,
  member: ann,
  call: { callId: 'call 1.1', legId: '1.1' },
  seconds: 20,
};
const wrapUpIsOver: Fact = { kind: 'wrap-up-over', queueId: queueIds.sales, member: ann };

function reachable(userId: string, registered = true): Fact {
  return { kind: 'terminal-changed', userId, terminalId: 'extension', registered };
}

function does(activity: MemberActivity, member = ann): Fact {
  return memberChanged(member, { activity });
}

/** Ann and Bob are members of sales, have phones, and are ready. */
function openStory(): Story {
  const story = new Story({ activitiesTold: true });
  story.tell(loggedIn(ann, queueIds.sales, { activity: 'ready' }));
  story.tell(loggedIn(bob, queueIds.sales, { activity: 'ready' }));
  story.tell(reachable(people.ann), reachable(people.bob));
  return story;
}

describe('a member that is told to be', () => {
  it.each<[MemberActivity, object, object]>([
    [
      'ready',
      { agentsCheckedIn: 2, agentsImmediatelyFree: 2, servingAgentsEstimate: 2 },
      { canBeAllocatedTo: true, serving: true, activeQueues: 1, talking: false },
    ],
    [
      'not-ready',
      { agentsCheckedIn: 2, agentsLongTermAway: 1, servingAgentsEstimate: 1 },
      { canBeAllocatedTo: false, serving: false, activeQueues: 1, talking: false },
    ],
    [
      'queue-call',
      { agentsCheckedIn: 2, agentsShortTermAway: 1, servingAgentsEstimate: 2 },
      { canBeAllocatedTo: false, serving: true, talking: true, activeQueueId: queueIds.sales },
    ],
    [
      'other-call',
      { agentsCheckedIn: 2, agentsShortTermAway: 1, servingAgentsEstimate: 2 },
      { canBeAllocatedTo: false, serving: true, talking: true, activeQueueId: null },
    ],
    [
      'wrap-up',
      { agentsCheckedIn: 2, agentsShortTermAway: 1, servingAgentsEstimate: 2 },
      { canBeAllocatedTo: false, serving: true, talking: false },
    ],
    [
      'logged-out',
      { providers: 2, agentsCheckedIn: 1, agentsImmediatelyFree: 1, servingAgentsEstimate: 1 },
      { canBeAllocatedTo: false, serving: false, activeQueues: 0, talking: false },
    ],
  ])('%s counts so in its queue and as its user', (activity, queue, user) => {
    const story = openStory();
    story.tell(does(activity));
    expect(story.queue()).toMatchObject(queue);
    expect(story.user()).toMatchObject(user);
  });

  it('ready, but without a phone, is away for long', () => {
    const story = openStory();
    story.tell(reachable(people.ann, false));
    expect(story.queue()).toMatchObject({ agentsLongTermAway: 1, servingAgentsEstimate: 1 });
    expect(story.user()).toMatchObject({ canBeAllocatedTo: false, serviceTerminals: 0 });
  });

  it('ready, with a phone that rings, talks and is away for short', () => {
    const story = openStory();
    story.tell({ kind: 'phone-changed', userId: people.ann, phone: 'ringing' });
    expect(story.queue()).toMatchObject({ agentsShortTermAway: 1, agentsImmediatelyFree: 1 });
    expect(story.user()).toMatchObject({ talking: true, canBeAllocatedTo: false });
    story.wait(SECOND);
    story.tell({ kind: 'phone-changed', userId: people.ann, phone: 'idle' });
    expect(story.user()).toMatchObject({
      talking: false,
      talkingStatusChanged: START + SECOND,
      canBeAllocatedTo: true,
    });
  });

  it('logged out everywhere leaves the queue without anybody', () => {
    const story = openStory();
    story.tell(does('logged-out'), does('logged-out', bob), call.joined);
    expect(story.queue()).toMatchObject({ agentsCheckedIn: 0, providers: 2, openStatus: 1 });
  });
});

describe('a caller', () => {
  it('is connected as soon as somebody answered, and told to be with whom that is', () => {
    const story = openStory();
    story.tell(call.joined);
    story.wait(5 * SECOND);
    story.tell(answered);
    expect(story.queue()).toMatchObject({ connected: 1, queuingRequesters: 0 });
    story.tell(does('queue-call'), call.connected(ann, '', 0));
    expect(story.queue()).toMatchObject({ connected: 1 });
    expect(told(story.occurrences).slice(2)).toEqual([
      'user-call-allocated ann',
      'user-call-connected ann',
    ]);
  });

  it('who leaves the member is told to have hung up by whom the record says', () => {
    const story = openStory();
    story.tell(call.joined, answered, call.connected(ann, '', 0));
    const before = story.occurrences.length;
    story.tell(leftByAnn, does('wrap-up'), wrapUpBegins);
    expect(story.queue()).toMatchObject({ connected: 0, agentsOnWrapUp: 1 });
    expect(told(story.occurrences.slice(before))).toEqual([]);
    story.tell({ ...leftByAnn, endedBy: 'local' });
    expect(told(story.occurrences.slice(before))).toEqual([
      'user-call-disconnected ann local',
      'wrap-up-started ann',
    ]);
  });

  it('who leaves the member is told to have gone when no record comes', () => {
    const story = openStory();
    story.tell(call.joined, answered, call.connected(ann, '', 0));
    const before = story.occurrences.length;
    story.tell(leftByAnn, wrapUpBegins);
    story.wait(5 * SECOND);
    expect(told(story.occurrences.slice(before))).toEqual([
      'user-call-disconnected ann remote',
      'wrap-up-started ann',
    ]);
  });

  it('whose member is never told ends as a call of the queue', () => {
    const story = openStory();
    story.tell(call.joined, answered, ended);
    story.wait(5 * SECOND);
    expect(told(story.occurrences).slice(2)).toEqual(['queue-call-disconnected remote']);
    expect(story.queue()).toMatchObject({ connected: 0, requesters: 0 });
  });

  it('who is sent on leaves the queue at once', () => {
    const story = openStory();
    story.tell(call.joined, overflows);
    expect(story.queue()).toMatchObject({ queuingRequesters: 0, requesters: 0 });
    expect(told(story.occurrences).slice(2)).toEqual(['queue-call-overflowed no-agent']);
  });

  it('who asks to be called back leaves the queue, once', () => {
    const story = openStory();
    story.tell(call.joined, asksForCallback, asksForCallback, ended);
    story.wait(5 * SECOND);
    expect(story.queue()).toMatchObject({ queuingRequesters: 0, requesters: 0 });
    expect(told(story.occurrences).slice(2)).toEqual([
      'queue-call-disconnected local',
      'callback-asked',
    ]);
    expect(story.occurrences[2]).toMatchObject({ cause: 'callback_requested' });
  });
});

describe('a wrap-up whose end is told', () => {
  it.each([
    [7, 'manual'],
    [19, 'timer'],
    [45, 'timer'],
  ])('lasts until then: %i seconds, %s', (seconds, reason) => {
    const story = openStory();
    story.tell(does('wrap-up'), wrapUpBegins);
    expect(story.user()).toMatchObject({ wrapUpStart: START, wrapUpEnd: START + 20 * SECOND });
    story.wait(seconds * SECOND);
    expect(story.queue()).toMatchObject({ agentsOnWrapUp: 1 });
    story.tell(wrapUpIsOver, wrapUpIsOver, does('ready'));
    expect(story.queue()).toMatchObject({ agentsOnWrapUp: 0, agentsImmediatelyFree: 2 });
    expect(told(story.occurrences)).toEqual(['wrap-up-started ann', `wrap-up-ended ann ${reason}`]);
    expect(story.occurrences[1]).toMatchObject({ elapsedSeconds: seconds });
  });

  it('is told though its call ended a moment ago, and nobody knows how', () => {
    const story = openStory();
    story.tell(call.joined, call.connected(ann, '', 0), leftByAnn, wrapUpBegins);
    const before = story.occurrences.length;
    story.tell(wrapUpIsOver);
    expect(told(story.occurrences.slice(before))).toEqual([
      'user-call-disconnected ann remote',
      'wrap-up-started ann',
      'wrap-up-ended ann manual',
    ]);
  });
});

describe('a snapshot of members that do something', () => {
  const wrapUp = { start: START - 5 * SECOND, end: START + 5 * SECOND, untilTold: true };
  const inWrapUp = { member: ann, facts: { activity: 'wrap-up' as const }, wrapUp };

  it('has their wrap-ups go on until their end is told, in silence', () => {
    const story = openStory();
    story.tell(snapshotOf({ queues: [salesWith({ members: [inWrapUp] })] }));
    story.wait(60 * SECOND);
    expect(story.queue()).toMatchObject({ agentsOnWrapUp: 1, providers: 1 });
    expect(story.user()).toMatchObject({ wrapUpStart: wrapUp.start, wrapUpEnd: wrapUp.end });
    story.tell(snapshotOf({ queues: [salesWith({ members: [inWrapUp] })] }));
    expect(story.queue()).toMatchObject({ agentsOnWrapUp: 1 });
    story.tell(wrapUpIsOver);
    expect(story.queue()).toMatchObject({ agentsOnWrapUp: 0 });
    expect(story.occurrences).toEqual([]);
  });

  it('does not doubt a wrap-up whose beginning was told', () => {
    const story = openStory();
    story.tell(does('wrap-up'), wrapUpBegins);
    const same = { ...wrapUp, start: START, end: START + 20 * SECOND };
    story.wait(30 * SECOND);
    story.tell(snapshotOf({ queues: [salesWith({ members: [{ ...inWrapUp, wrapUp: same }] })] }));
    story.tell(wrapUpIsOver);
    expect(told(story.occurrences)).toEqual(['wrap-up-started ann', 'wrap-up-ended ann timer']);
  });

  it('tells with whom a caller talks, of whom it was only known that somebody answered', () => {
    const story = openStory();
    story.tell(call.joined, answered);
    const before = story.occurrences.length;
    const talks = { member: ann, facts: { activity: 'queue-call' as const }, wrapUp: null };
    const connected = callerIs('1.1').connected(ann);
    story.tell(snapshotOf({ queues: [salesWith({ members: [talks], connected: [connected] })] }));
    expect(story.queue()).toMatchObject({ connected: 1, providers: 1 });
    story.tell(call.completed(ann, 0));
    expect(told(story.occurrences.slice(before))).toEqual(['user-call-disconnected ann remote']);
  });

  it('has the phones that ring or talk', () => {
    const story = openStory();
    const users = [{ userId: people.ann, exists: true, phone: 'on-call' } as const];
    story.tell(snapshotOf({ users }));
    expect(story.user()).toMatchObject({ talking: true });
  });
});
