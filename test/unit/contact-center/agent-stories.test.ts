import { describe, expect, it } from 'vitest';
import { people, queueIds } from '../../support/directory-fixture.js';
import {
  ann,
  bob,
  callerFacts,
  carlAndCora,
  doNotDisturb,
  loggedIn,
  loggedOff,
  memberChanged,
  queueStatusOf,
  SECOND,
  servedQueueOf,
  START,
  Story,
  userStatusOf,
} from './story.js';

const ready = { serving: true, activeQueues: 1, canBeAllocatedTo: true } as const;
const away = { agentsImmediatelyFree: 0, agentsLongTermAway: 1 } as const;

describe('an agent', () => {
  it('who pauses serves on, but is in no active queue', () => {
    const story = new Story();
    story.tell(loggedIn(ann), memberChanged(ann, { paused: true, lastPause: 100 }));
    expect(story.user()).toEqual(userStatusOf({ serving: true }));
    expect(story.queue()).toEqual(servedQueueOf(1, { ...away, servingAgentsEstimate: 0 }));
    story.tell(memberChanged(ann, { paused: false, lastPause: 100 }));
    expect(story.user()).toEqual(userStatusOf(ready));
    expect(story.queue()).toEqual(servedQueueOf(1));
  });

  it('who pauses in one of two queues is active in the other', () => {
    const story = new Story();
    story.tell(
      loggedIn(bob),
      loggedIn(bob, queueIds.support),
      memberChanged(bob, { paused: true }),
    );
    expect(story.user(people.bob)).toMatchObject({ activeQueues: 1, canBeAllocatedTo: true });
    expect(story.queue()).toMatchObject({ ...away, agentsCheckedIn: 1 });
    expect(story.queue(queueIds.support)).toMatchObject({ agentsImmediatelyFree: 1 });
  });

  it('whose older pause is told late stays unpaused', () => {
    const story = new Story();
    story.tell(loggedIn(ann, queueIds.sales, { lastPause: 200, loginTime: 50 }));
    story.tell(memberChanged(ann, { paused: true, lastPause: 100 }));
    story.tell(memberChanged(ann, { paused: true, lastPause: 300, loginTime: 40 }));
    expect(story.user()).toEqual(userStatusOf(ready));
  });

  it('who does not want to be disturbed is away for long, in every queue', () => {
    const story = new Story();
    story.tell(loggedIn(ann), doNotDisturb(people.ann, true));
    expect(story.user()).toEqual(
      userStatusOf({ ...ready, canBeAllocatedTo: false, available: false }),
    );
    expect(story.queue()).toEqual(servedQueueOf(1, away));
    story.tell(doNotDisturb(people.ann, false));
    expect(story.user()).toEqual(userStatusOf(ready));
    expect(story.queue()).toEqual(servedQueueOf(1));
  });

  it('who logs off leaves all queues, and late news does not bring them back', () => {
    const story = new Story();
    story.tell(loggedIn(ann, queueIds.sales, { loginTime: 100 }));
    story.tell({ kind: 'agent-login-changed', member: ann, loggedIn: true });
    story.wait(SECOND);
    story.tell({ kind: 'agent-login-changed', member: ann, loggedIn: false });
    story.tell(loggedOff(ann), memberChanged(ann, { device: 'idle', loginTime: 100 }));
    expect(story.user()).toEqual(userStatusOf());
    expect(story.queue()).toEqual(queueStatusOf({ openStatus: 1 }));
    story.tell(loggedIn(ann, queueIds.sales, { loginTime: 101 }));
    expect(story.user()).toEqual(userStatusOf(ready));
  });

  it('who logs off while talking is not brought back by the end of the call', () => {
    const story = new Story();
    const call = callerFacts('1');
    story.tell(loggedIn(ann), call.joined, call.offered(ann), call.connected(ann));
    story.wait(10 * SECOND);
    story.tell(loggedOff(ann));
    story.wait(10 * SECOND);
    story.tell(call.completed(ann), call.hungUp);
    expect(story.user()).toEqual(userStatusOf({ talkingStatusChanged: START + 20 * SECOND }));
    expect(story.queue()).toEqual(queueStatusOf({ openStatus: 1 }));
  });

  it('whose older login ends late stays logged in', () => {
    const story = new Story();
    story.tell(loggedIn(ann, queueIds.sales, { loginTime: 200 }));
    story.tell({ ...loggedOff(ann), loginTime: 100 });
    expect(story.user()).toEqual(userStatusOf(ready));
  });

  it('who was in no queue yet when logging in serves already', () => {
    const story = new Story();
    story.tell({ kind: 'agent-login-changed', member: ann, loggedIn: true });
    expect(story.user()).toEqual(userStatusOf({ serving: true }));
    expect(story.queue()).toEqual(queueStatusOf());
  });

  it('whom a queue rings must be logged in, whatever was missed', () => {
    const story = new Story();
    story.tell(callerFacts('1.1').offered(ann));
    expect(story.queue()).toMatchObject({
      agentsCheckedIn: 1,
      agentsShortTermAway: 1,
      allocated: 1,
    });
  });

  it('whom a queue rings long after the log-off is back; right after it, the news was late', () => {
    const story = new Story();
    story.tell(loggedIn(ann), loggedOff(ann), callerFacts('1.1').offered(ann));
    expect(story.queue().agentsCheckedIn).toBe(0);
    story.wait(5 * SECOND + 1);
    story.tell(callerFacts('2.2').offered(ann));
    expect(story.queue().agentsCheckedIn).toBe(1);
  });

  it('whom several users share shows at each of them', () => {
    const story = new Story();
    const call = callerFacts('1.1', queueIds.support);
    story.tell(loggedIn(carlAndCora, queueIds.support), call.joined, call.offered(carlAndCora));
    story.tell(call.connected(carlAndCora));
    for (const userId of [people.carl, people.cora]) {
      expect(story.user(userId)).toEqual(
        userStatusOf({
          ...ready,
          userId,
          canBeAllocatedTo: false,
          talking: true,
          talkingStatusChanged: START,
          activeQueueId: queueIds.support,
        }),
      );
    }
    expect(story.queue(queueIds.support).agentsCheckedIn).toBe(1);
  });

  it('whom several users share is disturbed as long as one of them wants calls', () => {
    const story = new Story();
    story.tell(loggedIn(carlAndCora, queueIds.support), doNotDisturb(people.carl, true));
    expect(story.queue(queueIds.support).agentsImmediatelyFree).toBe(1);
    expect(story.user(people.carl).canBeAllocatedTo).toBe(false);
    expect(story.user(people.cora).canBeAllocatedTo).toBe(true);
    story.tell(doNotDisturb(people.cora, true));
    expect(story.queue(queueIds.support).agentsLongTermAway).toBe(1);
  });
});
