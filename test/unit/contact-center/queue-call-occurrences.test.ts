import { describe, expect, it } from 'vitest';
import { people, queueIds } from '../../support/directory-fixture.js';
import { ann, bob, callerFacts, carlAndCora, loggedIn, SECOND, START, Story } from './story.js';
import { told } from './told.js';

const call = callerFacts('1.1');
const elsewhere = callerFacts('1.1', queueIds.support);

/** What a queue tells of a caller whom it took in. */
const arrived = ['queue-call-incoming', 'queue-call-arrived'];
const gaveUp = ['queue-call-disconnected remote', 'caller-gave-up'];
const aboutCall = { callId: 'call 1.1', legId: '1.1', callerNumber: '+1', targetNumber: '3000' };

describe('a queue tells', () => {
  it('of a caller announced before the join, and of the join when it comes', () => {
    const story = new Story();
    story.tell(call.announced);
    expect(told(story.occurrences)).toEqual(['queue-call-incoming']);
    story.wait(SECOND);
    story.tell(call.joined);
    const about = { ...aboutCall, queueId: queueIds.sales };
    expect(story.occurrences).toEqual([
      { kind: 'queue-call-incoming', at: START, ...about },
      { kind: 'queue-call-arrived', at: START + SECOND, ...about },
    ]);
  });

  it('of both at the join when nothing was announced, and nothing when that is told late', () => {
    const story = new Story();
    story.tell(call.joined, call.announced, call.joined);
    expect(told(story.occurrences)).toEqual(arrived);
  });

  it('counts nobody who was only announced', () => {
    const story = new Story();
    story.tell(call.announced);
    expect(story.queue().requesters).toBe(0);
  });

  it('of a caller who hangs up while waiting, with the cause', () => {
    const story = new Story();
    story.tell(call.joined, call.abandoned, call.left);
    story.wait(SECOND);
    story.tell({ ...call.hungUp, cause: 'Normal Clearing' });
    expect(told(story.occurrences)).toEqual([...arrived, ...gaveUp]);
    expect(story.occurrences[2]).toMatchObject({ at: START, cause: 'Normal Clearing' });
    story.wait(60 * SECOND);
    expect(story.occurrences).toHaveLength(4);
  });

  it.each([
    ['is sent on after the time-out', [call.joined, call.abandoned, call.left], 1_501, 'no-agent'],
    ['leaves by a digit', [call.joined, call.left], 2_000, 'unknown'],
    ['is turned away at the door', [call.announced], 1_500, 'unknown'],
  ])('of a caller who %s when the grace is over', (_what, facts, grace, reason) => {
    const story = new Story();
    story.tell(...facts);
    const before = story.occurrences.length;
    expect(story.center.nextDeadline(story.now)).toBe(START + grace);
    story.wait(grace - 1);
    expect(story.occurrences).toHaveLength(before);
    story.wait(1);
    expect(told(story.occurrences.slice(before))).toEqual([`queue-call-overflowed ${reason}`]);
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
    story.tell(call.hungUp);
    story.wait(60 * SECOND);
    expect(told(story.occurrences.slice(before + 1))).toEqual(['overflow-unanswered']);
  });

  it('of a caller whose abandon was lost, two seconds after the hangup', () => {
    const story = new Story();
    story.tell(call.joined, call.hungUp);
    story.wait(2 * SECOND - 1);
    expect(told(story.occurrences)).toEqual(arrived);
    story.wait(1);
    expect(told(story.occurrences)).toEqual([...arrived, 'queue-call-disconnected remote']);
  });

  it('of an overflow before the next queue tells of the same caller', () => {
    const story = new Story();
    story.tell(call.joined, call.abandoned, call.left, elsewhere.announced, elsewhere.joined);
    expect(told(story.occurrences)).toEqual([
      ...arrived,
      'queue-call-overflowed no-agent',
      ...arrived,
    ]);
    expect(story.occurrences[4]).toMatchObject({ queueId: queueIds.support });
  });

  it('of no overflow because an earlier queue is told of again', () => {
    const story = new Story();
    story.tell(call.joined, call.abandoned, elsewhere.joined, elsewhere.left, call.joined);
    expect(told(story.occurrences).filter((one) => one.includes('overflowed'))).toHaveLength(1);
    story.tell(elsewhere.connected(ann));
    expect(told(story.occurrences)).toContain('user-call-connected ann');
  });

  it('of each stay of a caller who comes back', () => {
    const story = new Story();
    story.tell(call.joined, call.abandoned, call.left);
    story.wait(SECOND);
    story.tell(call.announced, call.joined, call.abandoned, call.left, call.hungUp);
    expect(told(story.occurrences)).toEqual([
      ...arrived,
      'queue-call-overflowed no-agent',
      ...arrived,
      ...gaveUp,
    ]);
  });
});

describe('the agents are told', () => {
  const connected = ['user-call-connected ann', 'wrap-up-enabled ann'];
  const completed = ['user-call-disconnected ann remote', 'wrap-up-started ann'];

  it('of an answered call, step by step', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.announced, call.joined, call.offered(ann));
    story.tell(call.left, call.connected(ann), call.completed(ann), call.hungUp);
    story.wait(30 * SECOND);
    expect(told(story.occurrences)).toEqual([
      ...arrived,
      'user-call-allocated ann',
      ...connected,
      ...completed,
      'wrap-up-ended ann timer',
    ]);
    const user = { ...aboutCall, userId: people.ann, queueId: queueIds.sales, at: START };
    const { callId, legId, userId, queueId, at } = user;
    const wrapUp = { callId, legId, userId, queueId, at };
    expect(story.occurrences.slice(2)).toEqual([
      { kind: 'user-call-allocated', ...user, userNumber: '1042' },
      { kind: 'user-call-connected', ...user, userNumber: '1042', userLegId: '1.1 ann' },
      { kind: 'wrap-up-enabled', ...wrapUp, maxSeconds: 30 },
      { kind: 'user-call-disconnected', ...user, endedBy: 'remote', cause: null },
      { kind: 'wrap-up-started', ...wrapUp, maxSeconds: 30 },
      {
        kind: 'wrap-up-ended',
        ...wrapUp,
        at: START + 30 * SECOND,
        reason: 'timer',
        elapsedSeconds: 30,
      },
    ]);
  });

  it('of all that the end of a call implies, in its order, and of nothing again', () => {
    const story = new Story();
    const all = [call.completed(ann), call.connected(ann), call.offered(ann), call.joined];
    story.tell(loggedIn(ann), ...all, ...all);
    const whole = [...arrived, 'user-call-allocated ann', ...connected, ...completed];
    expect(told(story.occurrences)).toEqual(whole);
  });

  it('nothing of a wrap-up where there is none', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann));
    story.tell(call.connected(ann, '', 0), call.completed(ann, 0, 'local'));
    expect(told(story.occurrences.slice(2))).toEqual([
      'user-call-allocated ann',
      'user-call-connected ann',
      'user-call-disconnected ann local',
    ]);
  });

  it('that the call is over when only the hangup was told', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann), call.connected(ann), call.hungUp);
    expect(story.occurrences).toHaveLength(5);
    story.wait(2 * SECOND);
    expect(told(story.occurrences.slice(5))).toEqual(['user-call-disconnected ann remote']);
  });

  it('that one did not answer and the next did', () => {
    const story = new Story();
    story.tell(loggedIn(ann), loggedIn(bob), call.joined, call.offered(bob));
    story.tell(call.offerEnded(bob), call.offered(ann), call.connected(ann));
    expect(told(story.occurrences.slice(2))).toEqual([
      'user-call-allocated bob',
      'user-call-cancelled bob no-answer',
      'user-call-allocated ann',
      ...connected,
    ]);
  });

  it('once more of each further attempt', () => {
    const story = new Story();
    story.tell(call.joined, call.offered(bob), call.offerEnded(bob), call.offered(bob, ' 2'));
    expect(told(story.occurrences.slice(2))).toEqual([
      'user-call-allocated bob',
      'user-call-cancelled bob no-answer',
      'user-call-allocated bob',
    ]);
  });

  it('that another one answered, though their leg had ended before', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann), call.offered(bob));
    story.tell({ kind: 'channel-ended', legId: call.offered(bob).offerId });
    expect(story.occurrences).toHaveLength(4);
    story.tell(call.left, call.connected(ann), call.offered(carlAndCora));
    expect(told(story.occurrences.slice(4))).toEqual([
      ...connected,
      'user-call-cancelled bob connected-elsewhere',
    ]);
  });

  it('that it rings no more, two seconds after their leg ended for no known reason', () => {
    const story = new Story();
    story.tell(call.joined, call.offered(bob));
    story.tell({ kind: 'channel-ended', legId: call.offered(bob).offerId });
    expect(story.center.nextDeadline(story.now)).toBe(START + 2 * SECOND);
    story.wait(2 * SECOND);
    expect(told(story.occurrences.slice(3))).toEqual(['user-call-cancelled bob no-answer']);
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
  });

  it('that the caller is gone', () => {
    const story = new Story();
    story.tell(call.joined, call.offered(bob), call.abandoned, call.left, call.hungUp);
    expect(told(story.occurrences.slice(3))).toEqual([
      'user-call-cancelled bob caller-gone',
      ...gaveUp,
    ]);
  });

  it('each of those who share an agent', () => {
    const story = new Story();
    story.tell(call.joined, call.offered(carlAndCora));
    expect(told(story.occurrences.slice(2))).toEqual([
      'user-call-allocated carl',
      'user-call-allocated cora',
    ]);
  });
});

/** Ann wraps up since 12 seconds. */
function wrappingUp(): Story {
  const story = new Story();
  story.tell(loggedIn(ann), call.connected(ann), call.completed(ann));
  story.occurrences.length = 0;
  story.wait(12 * SECOND);
  return story;
}

describe('a wrap-up ends', () => {
  const next = callerFacts('2.1');

  it.each([
    ['the next call', next.offered(ann)],
    [
      'a logoff from the queue',
      { kind: 'queue-member-removed', queueId: queueIds.sales, member: ann },
    ],
    ["the agent's logoff", { kind: 'agent-login-changed', member: ann, loggedIn: false }],
  ] as const)('before its time by %s', (_what, fact) => {
    const story = wrappingUp();
    story.tell(fact, fact);
    expect(told(story.occurrences.slice(0, 1))).toEqual(['wrap-up-ended ann manual']);
    expect(story.occurrences[0]).toMatchObject({
      at: START + 12 * SECOND,
      callId: 'call 1.1',
      elapsedSeconds: 12,
    });
    story.wait(60 * SECOND);
    expect(told(story.occurrences).filter((one) => one.startsWith('wrap-up'))).toHaveLength(1);
  });

  it('by itself, also when nobody looked until the next call', () => {
    const story = wrappingUp();
    story.now += 60 * SECOND;
    story.tell(next.offered(ann));
    expect(told(story.occurrences.slice(0, 1))).toEqual(['wrap-up-ended ann timer']);
    expect(story.occurrences[0]).toMatchObject({ elapsedSeconds: 30 });
  });
});
