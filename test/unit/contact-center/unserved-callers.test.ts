import { describe, expect, it } from 'vitest';
import { people, queueIds } from '../../support/directory-fixture.js';
import { callerIs, memberIs, salesWith, snapshotOf } from './snapshot-facts.js';
import { ann, bob, callerFacts, type Fact, loggedIn, SECOND, START, Story } from './story.js';
import { told } from './told.js';

const HOUR = 3_600 * SECOND;

const call = callerFacts('1.1');
const support = callerFacts('1.1', queueIds.support);

const someoneAnswers = { kind: 'call-answered', callId: 'call 1.1', legId: '9.9' } as const;
const doraAnswers: Fact = {
  kind: 'leg-changed',
  userId: people.dora,
  legId: '1.9',
  state: 'up',
  call: {
    callId: 'call 1.1',
    role: 'callee',
    rings: true,
    callerNumber: '+1',
    targetNumber: '3000',
    userNumber: '1001',
  },
};

/** Seconds to wait, or what is told. */
type Step = number | Fact;

function play(...steps: readonly Step[]): Story {
  const story = new Story();
  story.tell(loggedIn(ann), loggedIn(bob, queueIds.support));
  for (const step of steps) {
    if (typeof step === 'number') story.wait(step * SECOND);
    else story.tell(step);
  }
  return story;
}

function unserved(story: Story): string[] {
  return told(story.occurrences).filter(
    (line) => line === 'caller-gave-up' || line === 'overflow-unanswered',
  );
}

const timesOut = [call.joined, 20, call.abandoned, call.left, 5];

describe('that nobody served a caller is told', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['who gives up', [call.joined, 20, call.abandoned, call.hungUp], ['caller-gave-up']],
    ['sent on after a time-out, at the end', [...timesOut, call.hungUp], ['overflow-unanswered']],
    ['sent on, but not before the end', [...timesOut, 600], []],
    ['who leaves by a digit', [call.joined, call.left, 9, call.hungUp], ['overflow-unanswered']],
    ['turned away at the door', [call.announced, 9, call.hungUp], ['overflow-unanswered']],
    ['who is answered', [call.joined, call.connected(ann), 60, call.hungUp], []],
    ['sent on and answered by a user', [...timesOut, doraAnswers, 60, call.hungUp], []],
    ['sent on and answered outside', [...timesOut, someoneAnswers, 60, call.hungUp], []],
    [
      'sent on and answered in another queue',
      [
        ...timesOut,
        support.joined,
        support.connected(bob),
        60,
        support.completed(bob),
        call.hungUp,
      ],
      [],
    ],
    [
      'sent on to another queue and given up there, for both',
      [...timesOut, support.joined, 30, support.abandoned, call.hungUp],
      ['overflow-unanswered', 'caller-gave-up'],
    ],
    [
      'answered before the queue, but not after it',
      [someoneAnswers, 10, ...timesOut, call.hungUp],
      ['overflow-unanswered'],
    ],
    [
      'told twice, once',
      [...timesOut, call.hungUp, call.abandoned, call.left, call.hungUp, 60],
      ['overflow-unanswered'],
    ],
    [
      'whose hangup comes before all else, as a giving up',
      [call.joined, 20, call.hungUp, call.left, call.abandoned, 60],
      ['caller-gave-up'],
    ],
  ])('of one %s', (_what, steps, expected) => {
    expect(unserved(play(...steps))).toEqual(expected);
  });

  it('with who it was, and when the call ended', () => {
    const story = play(...timesOut, call.hungUp);
    expect(story.occurrences.at(-1)).toEqual({
      kind: 'overflow-unanswered',
      at: START + 25 * SECOND,
      queueId: queueIds.sales,
      callId: 'call 1.1',
      legId: '1.1',
      callerNumber: '+1',
      callerName: 'One',
    });
  });

  it.each([
    ['who is still unserved after an hour', [], 1],
    ['who talks for an hour', [doraAnswers], 0],
  ])('also of one sent on %s', (_what, steps, count) => {
    const story = play(...timesOut, ...steps);
    story.center.sweep((story.now += HOUR));
    story.tell(call.hungUp);
    expect(unserved(story)).toHaveLength(count);
  });

  it('not of one sent on who talks in another queue by a snapshot', () => {
    const connected = [callerIs('1.1').connected(bob, START + 30 * SECOND)];
    const queue = {
      ...salesWith({ members: [memberIs(bob)], connected }),
      queueId: queueIds.support,
    };
    const story = play(...timesOut, 9, snapshotOf({ queues: [queue] }), 60, call.hungUp);
    expect(unserved(story)).toEqual([]);
  });

  it('not of one who is gone by a snapshot, since nobody knows why', () => {
    const story = play(call.joined, 20, snapshotOf({ queues: [salesWith()] }), 60, call.hungUp);
    expect(unserved(story)).toEqual([]);
  });

  it('not of one sent on whose hangup was lost, who is forgotten after a day', () => {
    const story = play(...timesOut);
    story.center.sweep((story.now += 25 * HOUR));
    expect(story.center.sizes()).toMatchObject({ visits: 0 });
    story.tell(call.hungUp);
    expect(unserved(story)).toEqual([]);
  });
});
