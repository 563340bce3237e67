import { describe, expect, it } from 'vitest';
import { people, queueIds } from '../../support/directory-fixture.js';
import { begun, callerIs, memberIs, salesWith, snapshotOf } from './snapshot-facts.js';
import {
  ann,
  bob,
  callerFacts,
  doNotDisturb,
  loggedIn,
  loggedOff,
  memberChanged,
  queueStatusOf,
  SECOND,
  servedQueueOf,
  START,
  Story,
} from './story.js';
import { told } from './told.js';

const call = callerFacts('1.1');
const caller = callerIs('1.1');

/** What is told from now on. */
function tellsNext(story: Story, act: () => void): string[] {
  const before = story.occurrences.length;
  act();
  return told(story.occurrences.slice(before));
}

function correctionsOf(story: Story, parts: Parameters<typeof snapshotOf>[0]): object {
  const { corrections } = story.center.apply({ ...snapshotOf(parts), at: story.now });
  return Object.fromEntries(corrections);
}

describe('members of a queue in a snapshot', () => {
  it.each([
    ['unknown ones come', [], [memberIs(ann)], servedQueueOf(1)],
    ['missing ones go', [loggedIn(ann), loggedIn(bob)], [memberIs(bob)], servedQueueOf(1)],
    [
      'a pause that was missed holds',
      [loggedIn(ann)],
      [memberIs(ann, { paused: true })],
      servedQueueOf(1, {
        servingAgentsEstimate: 0,
        agentsImmediatelyFree: 0,
        agentsLongTermAway: 1,
      }),
    ],
    [
      'an earlier pause wins over a later one, which the restart of the system forgot',
      [loggedIn(ann, queueIds.sales, { paused: true, lastPause: 200 })],
      [memberIs(ann, { paused: false, lastPause: 100 })],
      servedQueueOf(1),
    ],
    [
      'a device that was missed is there',
      [loggedIn(ann, queueIds.sales, { device: 'unavailable' })],
      [memberIs(ann)],
      servedQueueOf(1),
    ],
  ])('%s', (_rule, before, members, expected) => {
    const story = new Story();
    story.tell(...before, begun);
    story.tell(snapshotOf({ queues: [salesWith({ members })] }));
    expect(story.queue()).toEqual(expected);
    expect(story.occurrences).toEqual([]);
  });

  it('stay as events told since it began, fact by fact', () => {
    const story = new Story();
    story.tell(loggedIn(ann), begun, loggedIn(bob), loggedOff(ann));
    story.tell(snapshotOf({ queues: [salesWith({ members: [memberIs(ann)] })] }));
    expect(story.queue()).toEqual(servedQueueOf(1));
    expect(story.user(people.ann)).toMatchObject({ serving: false });

    story.tell(begun, memberChanged(bob, { device: 'in-use' }));
    story.tell(snapshotOf({ queues: [salesWith({ members: [memberIs(bob, { paused: true })] })] }));
    expect(story.queue()).toMatchObject({ agentsCheckedIn: 1, agentsLongTermAway: 1 });
    story.tell(memberChanged(bob, { paused: false }));
    expect(story.queue()).toMatchObject({ agentsShortTermAway: 1 });
  });

  it('of another queue stay as they were', () => {
    const story = new Story();
    story.tell(loggedIn(bob, queueIds.support), snapshotOf({ queues: [salesWith()] }));
    expect(story.queue(queueIds.support)).toMatchObject({ agentsCheckedIn: 1 });
  });

  it('come back after events were told that they left', () => {
    const story = new Story();
    story.tell(loggedIn(ann), loggedOff(ann));
    story.tell(snapshotOf({ queues: [salesWith({ members: [memberIs(ann)] })] }));
    story.tell(memberChanged(ann, { paused: true }));
    expect(story.queue()).toMatchObject({ agentsCheckedIn: 1, agentsLongTermAway: 1 });
  });

  it('wrap up as it says, silently when nobody was told of the beginning', () => {
    const story = new Story();
    story.tell(loggedIn(ann));
    const wrapUp = { start: START - SECOND, end: START + 9 * SECOND };
    story.tell(snapshotOf({ queues: [salesWith({ members: [{ ...memberIs(ann), wrapUp }] })] }));
    expect(story.queue()).toMatchObject({ agentsOnWrapUp: 1, agentsShortTermAway: 1 });
    expect(story.user()).toMatchObject({ wrapUpStart: wrapUp.start, wrapUpEnd: wrapUp.end });
    story.wait(9 * SECOND);
    expect(story.queue()).toEqual(servedQueueOf(1));
    expect(story.occurrences).toEqual([]);
  });

  it('end a wrap-up that it does not have, which is told since its beginning was', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.connected(ann), call.completed(ann));
    story.wait(5 * SECOND);
    const wrapUp = { start: START + 100, end: START + 31 * SECOND };
    const wrapsUp = salesWith({ members: [{ ...memberIs(ann), wrapUp }] });
    expect(tellsNext(story, () => story.tell(snapshotOf({ queues: [wrapsUp] })))).toEqual([]);
    const isFree = salesWith({ members: [{ ...memberIs(ann), wrapUp: null }] });
    expect(tellsNext(story, () => story.tell(snapshotOf({ queues: [isFree] })))).toEqual([
      'wrap-up-ended ann manual',
    ]);
    expect(story.queue()).toEqual(servedQueueOf(1));
  });

  it('keep a wrap-up that began since', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.connected(ann), begun, call.completed(ann));
    const isFree = salesWith({ members: [{ ...memberIs(ann), wrapUp: null }] });
    story.tell(snapshotOf({ queues: [isFree] }));
    expect(story.queue()).toMatchObject({ agentsOnWrapUp: 1 });
  });
});

describe('callers in a queue in a snapshot', () => {
  it('who wait unknown join silently, at their time', () => {
    const story = new Story();
    story.wait(20 * SECOND);
    const waiting = [caller.waiting(undefined, START + 5 * SECOND)];
    story.tell(begun, snapshotOf({ queues: [salesWith({ waiting })] }));
    expect(story.queue()).toEqual(
      queueStatusOf({
        requesters: 1,
        queuingRequesters: 1,
        notServedRequesters: 1,
        maxWaitTime: 15,
        openStatus: 1,
      }),
    );
    expect(story.occurrences).toEqual([]);
  });

  it.each([
    ['is rung for', [call.offered(ann)], ['user-call-allocated ann']],
    [
      'is answered',
      [call.left, call.connected(ann)],
      ['user-call-allocated ann', 'user-call-connected ann', 'wrap-up-enabled ann'],
    ],
    [
      'gives up',
      [call.abandoned, call.left, call.hungUp],
      ['queue-call-disconnected remote', 'caller-gave-up'],
    ],
    ['is sent on', [call.abandoned, call.left], ['queue-call-overflowed no-agent']],
    ['is told to have joined', [call.announced, call.joined], []],
  ])('and then %s: what happens from then on is told', (_what, facts, expected) => {
    const story = new Story();
    story.tell(
      loggedIn(ann),
      snapshotOf({
        queues: [{ ...salesWith(), members: [memberIs(ann)], waiting: [caller.waiting()] }],
      }),
    );
    story.wait(SECOND);
    story.tell(...facts);
    story.wait(3 * SECOND);
    expect(told(story.occurrences)).toEqual(expected);
  });

  it('are rung for silently; the answer is told without the ringing', () => {
    const story = new Story();
    const members = [memberIs(ann), memberIs(bob)];
    const waiting = [caller.waiting([ann, bob])];
    story.tell(snapshotOf({ queues: [salesWith({ members, waiting })] }));
    expect(story.queue()).toMatchObject({ allocated: 1, agentsShortTermAway: 2 });
    expect(story.user()).toMatchObject({ talking: true });
    story.tell(call.offered(ann));
    expect(story.occurrences).toEqual([]);
    story.tell(call.left, call.connected(ann));
    expect(told(story.occurrences)).toEqual([
      'user-call-connected ann',
      'wrap-up-enabled ann',
      'user-call-cancelled bob connected-elsewhere',
    ]);
  });

  it('are rung for no more: told of whom the ringing was told', () => {
    const story = new Story();
    const members = [memberIs(ann), memberIs(bob)];
    story.tell(loggedIn(ann), loggedIn(bob), call.joined, call.offered(ann));
    story.tell(
      snapshotOf({ queues: [salesWith({ members, waiting: [caller.waiting([ann, bob])] })] }),
    );
    const lines = tellsNext(story, () => {
      story.tell(snapshotOf({ queues: [salesWith({ members, waiting: [caller.waiting([])] })] }));
      story.wait(3 * SECOND);
    });
    expect(lines).toEqual(['user-call-cancelled ann no-answer']);
    expect(story.queue()).toMatchObject({ allocated: 0, queuingRequesters: 1 });
  });

  it('who are missing are over, told once with the cause "resync"', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann), begun);
    const gone = snapshotOf({ queues: [salesWith({ members: [memberIs(ann)] })] });
    const lines = tellsNext(story, () => story.tell(gone, gone));
    expect(lines).toEqual([
      'user-call-cancelled ann caller-gone',
      'queue-call-disconnected remote',
    ]);
    expect(story.occurrences.at(-1)).toMatchObject({ cause: 'resync', at: START });
    expect(story.gaveUp).toEqual([]);
    expect(story.queue()).toEqual(servedQueueOf(1));
  });

  it('who were found and are missing then are over in silence', () => {
    const story = new Story();
    const members = [memberIs(ann)];
    story.tell(snapshotOf({ queues: [salesWith({ members, waiting: [caller.waiting([ann])] })] }));
    story.tell(snapshotOf({ queues: [salesWith({ members })] }));
    expect(story.queue()).toEqual(servedQueueOf(1));
    expect(story.occurrences).toEqual([]);
  });

  it('stay as events told since it began', () => {
    const story = new Story();
    const second = callerFacts('1.2');
    story.tell(loggedIn(ann), call.joined, begun);
    story.tell(second.joined, call.left, call.connected(ann));
    const members = [memberIs(ann)];
    const waiting = [caller.waiting()];
    story.tell(snapshotOf({ queues: [salesWith({ members, waiting, connected: [] })] }));
    expect(story.queue()).toMatchObject({ connected: 1, queuingRequesters: 1 });

    story.tell(begun, second.abandoned, second.left, second.hungUp);
    const both = [caller.waiting(), callerIs('1.2').waiting()];
    story.tell(snapshotOf({ queues: [salesWith({ members, waiting: both })] }));
    // The first was told to talk before the snapshot began: it is back in the queue.
    expect(story.queue()).toMatchObject({ connected: 0, queuingRequesters: 1 });
  });

  it('who have just left are decided by what comes, not by the list', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.left, begun);
    story.tell(snapshotOf({ queues: [salesWith({ members: [memberIs(ann)] })] }));
    story.tell(call.connected(ann));
    expect(story.queue()).toMatchObject({ connected: 1 });
  });

  it('who were over wait again when it says so', () => {
    const story = new Story();
    story.tell(call.joined, call.abandoned, call.left, call.hungUp);
    story.wait(SECOND);
    const lines = tellsNext(story, () =>
      story.tell(begun, snapshotOf({ queues: [salesWith({ waiting: [caller.waiting()] })] })),
    );
    expect(story.queue()).toMatchObject({ queuingRequesters: 1 });
    expect(lines).toEqual([]);
  });

  it('who talk unknown are connected silently, and the end is told', () => {
    const story = new Story();
    const members = [memberIs(ann, { device: 'in-use' })];
    story.tell(
      snapshotOf({ queues: [salesWith({ members, connected: [caller.connected(ann)] })] }),
    );
    expect(story.queue()).toMatchObject({ connected: 1, requesters: 1 });
    expect(story.user()).toMatchObject({ talking: true, activeQueueId: queueIds.sales });
    expect(story.occurrences).toEqual([]);
    story.tell(call.completed(ann));
    expect(told(story.occurrences)).toEqual([
      'user-call-disconnected ann remote',
      'wrap-up-started ann',
    ]);
  });

  it('whose answer was missed: others ring no more, and the end is told', () => {
    const story = new Story();
    story.tell(loggedIn(ann), loggedIn(bob), call.joined, call.offered(ann), call.offered(bob));
    const members = [memberIs(ann), memberIs(bob)];
    const talks = salesWith({ members, connected: [caller.connected(ann)] });
    expect(tellsNext(story, () => story.tell(snapshotOf({ queues: [talks] })))).toEqual([
      'user-call-cancelled bob connected-elsewhere',
    ]);
    expect(story.queue()).toMatchObject({ connected: 1, allocated: 0, agentsImmediatelyFree: 1 });
    const isOver = salesWith({ members, connected: [] });
    expect(tellsNext(story, () => story.tell(snapshotOf({ queues: [isOver] })))).toEqual([
      'user-call-disconnected ann remote',
    ]);
    expect(story.queue()).toEqual(servedQueueOf(2));
  });

  it('who talk stay when the source cannot tell who does', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.connected(ann));
    story.tell(snapshotOf({ queues: [salesWith({ members: [memberIs(ann)] })] }));
    expect(story.queue()).toMatchObject({ connected: 1 });
  });
});

describe('a queue that does not exist', () => {
  it('has its last status and is forgotten', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined);
    const gone = { queueId: queueIds.sales, exists: false } as const;
    const { states, occurrences } = story.center.apply({
      ...snapshotOf({ queues: [gone] }),
      at: story.now,
    });
    expect(states).toContainEqual({ kind: 'queue-status', queueId: queueIds.sales });
    expect(told(occurrences)).toEqual(['queue-call-disconnected remote']);
    expect(story.queue()).toEqual(queueStatusOf());
    story.wait(11 * 60 * SECOND);
    story.center.sweep(story.now);
    expect(story.center.sizes()).toMatchObject({ visits: 0, members: 0 });
  });

  it('is known again when a snapshot has it', () => {
    const story = new Story();
    const { states } = story.center.apply({ ...snapshotOf({ queues: [salesWith()] }), at: START });
    expect(states).toEqual([{ kind: 'queue-status', queueId: queueIds.sales }]);
    expect(story.queue()).toEqual(queueStatusOf({ openStatus: 1 }));
  });
});

describe('agents in a snapshot', () => {
  it.each([
    ['logged in', true, true],
    ['logged off', false, false],
  ])('who are %s serve accordingly', (_what, isLoggedIn, serving) => {
    const story = new Story();
    story.tell({ kind: 'agent-login-changed', member: ann, loggedIn: !isLoggedIn });
    story.tell(snapshotOf({ agents: [{ member: ann, loggedIn: isLoggedIn }] }));
    expect(story.user().serving).toBe(serving);
  });

  it('who are logged off leave the queues that it does not list', () => {
    const story = new Story();
    story.tell(loggedIn(bob), loggedIn(bob, queueIds.support));
    const queues = [salesWith({ members: [memberIs(bob)] })];
    story.tell(snapshotOf({ queues, agents: [{ member: bob, loggedIn: false }] }));
    expect(story.queue()).toMatchObject({ agentsCheckedIn: 1 });
    expect(story.queue(queueIds.support)).toMatchObject({ agentsCheckedIn: 0 });
  });

  it('who logged in since stay', () => {
    const story = new Story();
    story.tell(begun, { kind: 'agent-login-changed', member: ann, loggedIn: true });
    story.tell(snapshotOf({ agents: [{ member: ann, loggedIn: false }] }));
    expect(story.user().serving).toBe(true);
  });
});

describe('corrections', () => {
  it('are none when the snapshot says what is known', () => {
    const story = new Story();
    story.tell(
      loggedIn(ann),
      loggedIn(bob),
      call.joined,
      call.offered(ann),
      doNotDisturb(people.ann, true),
    );
    const members = [memberIs(ann), memberIs(bob)];
    const queues = [salesWith({ members, waiting: [caller.waiting([ann])] })];
    expect(correctionsOf(story, { queues })).toEqual({});
  });

  it('count what disagreed in each table', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined);
    const members = [memberIs(bob)];
    const queues = [salesWith({ members, waiting: [callerIs('1.2').waiting([bob])] })];
    expect(correctionsOf(story, { queues })).toEqual({ members: 2, visits: 2, offers: 1 });
    expect(correctionsOf(story, { queues })).toEqual({});
  });

  it('leave out what events told since', () => {
    const story = new Story();
    story.tell(begun, loggedIn(ann), call.joined);
    expect(correctionsOf(story, { queues: [salesWith()] })).toEqual({});
  });
});
