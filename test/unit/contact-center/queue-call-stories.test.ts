import { describe, expect, it } from 'vitest';
import { people, queueIds } from '../../support/directory-fixture.js';
import {
  ann,
  bob,
  callerFacts,
  loggedIn,
  memberChanged,
  queueStatusOf,
  SECOND,
  servedQueueOf,
  START,
  Story,
  userStatusOf,
  WRAP_UP_SECONDS,
} from './story.js';

const call = callerFacts('1.1');
const ready = { serving: true, activeQueues: 1, canBeAllocatedTo: true } as const;
const busy = { ...ready, canBeAllocatedTo: false } as const;
const oneWaits = { requesters: 1, notServedRequesters: 1, queuingRequesters: 1 } as const;
const oneRings = { requesters: 1, notServedRequesters: 1, allocated: 1 } as const;
const oneTalks = { requesters: 1, connected: 1 } as const;
const annBusy = { agentsImmediatelyFree: 0, agentsShortTermAway: 1 } as const;
const gaveUp = {
  kind: 'caller-gave-up',
  queueId: queueIds.sales,
  callId: 'call 1.1',
  legId: '1.1',
  callerNumber: '+1',
  callerName: 'One',
} as const;

function expectState(story: Story, user: object, queue: object): void {
  expect({ user: story.user(), queue: story.queue() }).toEqual({ user, queue });
}

describe('a queue call', () => {
  it('that is answered, step by step', () => {
    const story = new Story();
    expectState(story, userStatusOf(), queueStatusOf());

    story.tell(loggedIn(ann));
    expectState(story, userStatusOf(ready), servedQueueOf(1));

    story.tell(call.joined);
    expectState(story, userStatusOf(ready), servedQueueOf(1, oneWaits));

    story.wait(5 * SECOND);
    story.tell(call.offered(ann), memberChanged(ann, { device: 'ringing' }));
    const talking = { talking: true, talkingStatusChanged: START + 5 * SECOND } as const;
    const ringing = servedQueueOf(1, { ...oneRings, ...annBusy, maxWaitTime: 5 });
    expectState(story, userStatusOf({ ...busy, ...talking }), ringing);

    story.wait(2 * SECOND);
    story.tell(call.left);
    expectState(story, userStatusOf({ ...busy, ...talking }), { ...ringing, maxWaitTime: 7 });

    story.tell(call.connected(ann), memberChanged(ann, { device: 'in-use' }));
    const inCall = { ...busy, ...talking, activeQueueId: queueIds.sales };
    const connected = servedQueueOf(1, { ...oneTalks, ...annBusy });
    expectState(story, userStatusOf(inCall), connected);

    story.tell({ kind: 'leg-held', legId: '1.1', held: true });
    expectState(story, userStatusOf(inCall), connected);

    story.wait(60 * SECOND);
    story.tell(call.completed(ann), memberChanged(ann, { device: 'idle' }), call.hungUp);
    const end = START + 67 * SECOND;
    const wrapUp = { wrapUpStart: end, wrapUpEnd: end + WRAP_UP_SECONDS * SECOND };
    const over = { talking: false, talkingStatusChanged: end } as const;
    const wrappingUp = servedQueueOf(1, { ...annBusy, agentsOnWrapUp: 1 });
    expectState(story, userStatusOf({ ...busy, ...over, ...wrapUp }), wrappingUp);
    expect(story.center.nextDeadline(story.now)).toBe(wrapUp.wrapUpEnd);

    story.wait(WRAP_UP_SECONDS * SECOND - 1);
    expectState(story, userStatusOf({ ...busy, ...over, ...wrapUp }), wrappingUp);

    story.wait(1);
    expectState(story, userStatusOf({ ...ready, ...over }), servedQueueOf(1));
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
    expect(story.gaveUp).toEqual([]);
  });

  it('whose caller gives up while the phone rings', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann));
    story.wait(12 * SECOND);
    story.tell(call.abandoned);
    const over = { talking: false, talkingStatusChanged: START + 12 * SECOND } as const;
    expectState(story, userStatusOf({ ...ready, ...over }), servedQueueOf(1));
    expect(story.gaveUp).toEqual([]);
    story.tell(call.left);
    story.wait(SECOND);
    story.tell(call.hungUp);
    expectState(story, userStatusOf({ ...ready, ...over }), servedQueueOf(1));
    expect(story.gaveUp).toEqual([{ ...gaveUp, at: START + 12 * SECOND }]);
    story.tell(call.abandoned, call.hungUp, call.joined, call.offered(ann));
    expect(story.gaveUp).toHaveLength(1);
    expectState(story, userStatusOf({ ...ready, ...over }), servedQueueOf(1));
  });

  it('that times out is no giving up: the caller hangs up only later', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.abandoned, call.left);
    expectState(story, userStatusOf(ready), servedQueueOf(1));
    story.wait(2 * SECOND);
    story.tell(call.hungUp);
    expect(story.gaveUp).toEqual([]);
  });

  it('that leaves by a digit is waiting until the grace is over', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.left);
    expect(story.center.nextDeadline(story.now)).toBe(START + 2 * SECOND);
    story.wait(2 * SECOND - 1);
    expect(story.queue()).toEqual(servedQueueOf(1, { ...oneWaits, maxWaitTime: 1 }));
    story.wait(1);
    expect(story.queue()).toEqual(servedQueueOf(1));
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
  });

  it('whose giving up is told last, after the grace and the hangup, is given up all the same', () => {
    const story = new Story();
    story.tell(call.joined, call.left);
    story.wait(2 * SECOND);
    story.tell(call.hungUp);
    story.tell(call.abandoned);
    expect(story.gaveUp).toHaveLength(1);
  });

  it('that left is told of even when nobody looked at the very end of the grace', () => {
    const story = new Story();
    story.tell(call.joined, call.left);
    const late = START + 3 * SECOND;
    expect(story.center.nextDeadline(late)).toBe(START + 2 * SECOND);
    expect(story.center.tick(late).states).toEqual([
      { kind: 'queue-status', queueId: queueIds.sales },
    ]);
    expect(story.center.nextDeadline(late)).toBeUndefined();
  });

  it('that the first agent does not take goes to the second', () => {
    const story = new Story();
    story.tell(loggedIn(ann), loggedIn(bob), call.joined, call.offered(ann));
    expect(story.queue()).toEqual(
      servedQueueOf(2, { ...oneRings, agentsImmediatelyFree: 1, agentsShortTermAway: 1 }),
    );
    story.tell(call.offerEnded(ann));
    expect(story.queue()).toEqual(servedQueueOf(2, oneWaits));
    const missed = userStatusOf({ ...ready, talkingStatusChanged: START });
    expect(story.user()).toEqual(missed);
    story.tell(call.offered(bob), call.left, call.connected(bob));
    expect(story.user()).toEqual(missed);
    expect(story.user(people.bob)).toMatchObject({ talking: true, activeQueueId: queueIds.sales });
    expect(story.queue()).toEqual(
      servedQueueOf(2, { ...oneTalks, agentsImmediatelyFree: 1, agentsShortTermAway: 1 }),
    );
    story.tell(call.offered(ann));
    expect(story.user()).toEqual(missed);
  });

  it('that rings at two agents at once is one call, and frees who did not take it', () => {
    const story = new Story();
    story.tell(loggedIn(ann), loggedIn(bob), call.joined, call.offered(ann), call.offered(bob));
    const bothAway = { agentsImmediatelyFree: 0, agentsShortTermAway: 2 };
    expect(story.queue()).toEqual(servedQueueOf(2, { ...oneRings, ...bothAway }));
    story.tell(call.left, call.connected(ann));
    expect(story.user()).toMatchObject({ talking: true, canBeAllocatedTo: false });
    expect(story.user(people.bob)).toMatchObject({ talking: false, canBeAllocatedTo: true });
    expect(story.queue().agentsImmediatelyFree).toBe(1);
  });

  it('rings no more when the rung leg is gone, though the queue did not say so', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann));
    story.tell({ kind: 'channel-ended', legId: call.offered(ann).offerId });
    expect(story.queue()).toEqual(servedQueueOf(1, oneWaits));
  });

  it('that is over is remembered for ten minutes, so that late news does not revive it', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.abandoned, call.left, call.hungUp);
    story.wait(10 * 60 * SECOND - 1);
    story.center.sweep(story.now);
    story.tell(call.offered(ann));
    expect(story.queue()).toEqual(servedQueueOf(1));
    story.wait(1);
    story.center.sweep(story.now);
    expect(story.center.sizes()).toMatchObject({ visits: 0 });
  });

  it('that joins again after it left is a new stay', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.abandoned, call.left);
    story.wait(10 * SECOND);
    story.tell(call.joined);
    expect(story.queue()).toEqual(servedQueueOf(1, oneWaits));
    story.wait(3 * SECOND);
    expect(story.queue().maxWaitTime).toBe(3);
    story.tell(call.abandoned, call.hungUp);
    expect(story.gaveUp).toHaveLength(1);
  });

  it('that moves to another queue counts there only', () => {
    const story = new Story();
    const there = callerFacts('1.1', queueIds.support);
    story.tell(loggedIn(bob), loggedIn(bob, queueIds.support), call.joined, call.abandoned);
    story.tell(there.joined, there.offered(bob), there.connected(bob));
    expect([story.queue().requesters, story.queue(queueIds.support).connected]).toEqual([0, 1]);
    expect(story.queue().agentsShortTermAway).toBe(1);
    expect(story.user(people.bob).activeQueueId).toBe(queueIds.support);
  });

  it('that the agent transfers is over for the queue while the caller talks on', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann), call.connected(ann));
    story.tell(call.completed(ann, 0));
    const over = { talkingStatusChanged: START } as const;
    expectState(story, userStatusOf({ ...ready, ...over }), servedQueueOf(1));
    expect(story.gaveUp).toEqual([]);
  });
});
