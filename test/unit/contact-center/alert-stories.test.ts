import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueueAlert, QueueCondition } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { callerIs, memberIs, salesWith, snapshotOf } from './snapshot-facts.js';
import { ann, callerFacts, type Fact, loggedIn, SECOND, START, Story } from './story.js';

const QUIET_SECONDS = 30;

const longer: QueueCondition = { measure: 'queueLength', above: 1 };
const tooLong: QueueCondition = { measure: 'longestWait', above: 60 };
const level: QueueCondition = {
  measure: 'serviceLevel',
  below: 80,
  withinSeconds: 20,
  windowSeconds: 600,
  minimumCalls: 2,
};

type Wishes = Partial<Pick<QueueAlert, 'name' | 'recipients' | 'forSeconds' | 'quietSeconds'>>;

function alert(condition: QueueCondition, wishes: Wishes = {}): QueueAlert {
  const times = { forSeconds: 0, quietSeconds: QUIET_SECONDS };
  const basis = { id: `alert ${condition.measure}`, name: 'Look!', recipients: [people.dora] };
  return { ...basis, ...times, ...condition, ...wishes };
}

const [one, two, three] = [callerFacts('1.1'), callerFacts('1.2'), callerFacts('1.3')];

/** A story of Sales with alerts, which looks at the clock whenever the center asks for it. */
class AlertStory extends Story {
  constructor(...alerts: readonly QueueAlert[]) {
    super();
    this.watch(...alerts);
  }

  watch(...alerts: readonly QueueAlert[]): void {
    this.center.setQueueRules([{ id: queueIds.sales, alerts }], this.now);
    this.wait(0);
  }

  /** Tells a burst: the center looks at its end. */
  burst(...facts: readonly Fact[]): void {
    this.tell(...facts);
    this.wait(0);
  }

  pass(seconds: number): void {
    const end = this.now + seconds * SECOND;
    for (let looks = 0; looks < 10_000; looks += 1) {
      const deadline = this.center.nextDeadline(this.now);
      if (deadline === undefined || deadline > end) break;
      this.wait(Math.max(deadline - this.now, 0));
    }
    this.wait(end - this.now);
  }

  /** What was measured at each alert, and when in seconds since the start. */
  get alerts(): string[] {
    return this.occurrences.flatMap((told) =>
      told.kind === 'user-alerted' ? [`${told.value} at ${(told.at - START) / SECOND}`] : [],
    );
  }
}

describe('an alert on the length of a queue', () => {
  it('is told once, with the condition and what was measured, to each who wants to know', () => {
    const recipients = [people.dora, people.cora];
    const story = new AlertStory(alert(longer, { recipients }));
    story.burst(one.joined);
    expect(story.alerts).toEqual([]);
    story.burst(two.joined);
    story.burst(three.joined);
    const told = {
      kind: 'user-alerted',
      at: START,
      queueId: queueIds.sales,
      alertId: 'alert queueLength',
      name: 'Look!',
      expression: 'queueLength > 1',
      limit: 1,
      value: 2,
    };
    expect(story.occurrences.filter(({ kind }) => kind === 'user-alerted')).toEqual(
      recipients.map((userId) => ({ ...told, userId })),
    );
  });

  it('counts callers for whom a phone rings, and no longer those who talk', () => {
    const story = new AlertStory(alert(longer));
    story.tell(loggedIn(ann));
    story.burst(one.joined, one.offered(ann), one.connected(ann), two.joined);
    expect(story.alerts).toEqual([]);
    story.burst(three.joined, three.offered(ann));
    expect(story.alerts).toEqual(['2 at 0']);
  });

  it('is not told of the middle of a burst', () => {
    const story = new AlertStory(alert(longer));
    story.burst(one.joined, two.joined, two.abandoned, two.hungUp);
    expect(story.alerts).toEqual([]);
  });

  it('is told again only after the queue was short for the quiet time', () => {
    const story = new AlertStory(alert(longer));
    story.burst(one.joined, two.joined);
    story.burst(two.abandoned, two.hungUp);
    story.pass(QUIET_SECONDS - 1);
    story.burst(three.joined);
    story.pass(10);
    story.burst(three.abandoned, three.hungUp);
    story.pass(QUIET_SECONDS);
    story.burst(callerFacts('1.4').joined);
    expect(story.alerts).toEqual(['2 at 0', `2 at ${QUIET_SECONDS - 1 + 10 + QUIET_SECONDS}`]);
  });

  it('that has to hold for a time is told at its end, by itself', () => {
    const story = new AlertStory(alert(longer, { forSeconds: 15 }));
    story.burst(one.joined, two.joined);
    story.pass(14);
    expect(story.alerts).toEqual([]);
    story.pass(60);
    expect(story.alerts).toEqual(['2 at 15']);
  });

  it('goes on as it stood when the rules are laid down anew, unless its limit is another', () => {
    const story = new AlertStory(alert(longer));
    story.burst(one.joined, two.joined);
    story.watch(alert(longer, { name: 'Look here!' }));
    expect(story.alerts).toEqual(['2 at 0']);
    story.watch(alert({ ...longer, above: 0 }));
    expect(story.alerts).toEqual(['2 at 0', '2 at 0']);
    story.watch();
    story.burst(three.joined);
    expect(story.alerts).toHaveLength(2);
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
  });

  it('of another queue is none of this one', () => {
    const story = new AlertStory(alert(longer));
    story.burst(callerFacts('1.1', queueIds.support).joined);
    story.burst(callerFacts('1.2', queueIds.support).joined);
    expect(story.alerts).toEqual([]);
  });

  it('is told exactly when the queue gets longer after having been short for long enough', () => {
    const step = fc.record({ caller: fc.integer({ min: 1, max: 4 }), after: fc.nat(25) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const story = new AlertStory(alert(longer));
        const waiting = new Map<number, ReturnType<typeof callerFacts>>();
        const expected: string[] = [];
        let shortSince: number | undefined;
        let isOver = true;
        for (const [index, { caller, after }] of steps.entries()) {
          story.pass(after);
          const known = waiting.get(caller);
          const call = known ?? callerFacts(`${caller}.${index}`);
          if (known === undefined) waiting.set(caller, call);
          else waiting.delete(caller);
          story.burst(...(known === undefined ? [call.joined] : [call.abandoned, call.hungUp]));
          const second = (story.now - START) / SECOND;
          if (waiting.size <= 1) {
            shortSince ??= second;
            continue;
          }
          isOver ||= shortSince !== undefined && second - shortSince >= QUIET_SECONDS;
          if (isOver) expected.push(`${waiting.size} at ${second}`);
          isOver = false;
          shortSince = undefined;
        }
        expect(story.alerts).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an alert on the longest wait', () => {
  it('is told by the passing of time alone, in the second in which it becomes true', () => {
    const story = new AlertStory(alert(tooLong));
    story.pass(5);
    story.burst(one.joined);
    story.pass(10);
    story.burst(two.joined);
    story.pass(50);
    expect(story.alerts).toEqual([]);
    story.pass(1);
    expect(story.alerts).toEqual(['61 at 66']);
    story.pass(300);
    expect(story.alerts).toHaveLength(1);
  });

  it('is not told of a caller who is answered in time', () => {
    const story = new AlertStory(alert(tooLong));
    story.burst(loggedIn(ann), one.joined);
    story.pass(60);
    story.burst(one.offered(ann), one.connected(ann));
    story.pass(600);
    expect(story.alerts).toEqual([]);
  });

  it('is told at once of somebody who has waited for long when told of', () => {
    const story = new AlertStory(alert(tooLong));
    story.pass(100);
    story.apply({ ...one.joined, at: START });
    story.wait(0);
    expect(story.alerts).toEqual(['100 at 100']);
  });
});

/** A caller whom Ann answers after a wait. */
function answered(story: AlertStory, legId: string, waitSeconds: number): void {
  const call = callerFacts(legId);
  story.burst(call.joined);
  story.pass(waitSeconds);
  story.burst(call.connected(ann), call.completed(ann), call.hungUp);
}

describe('an alert on the service level', () => {
  it('is told when too few of enough callers were answered in time', () => {
    const story = new AlertStory(alert(level));
    story.burst(loggedIn(ann));
    answered(story, '1.1', 30);
    expect(story.alerts).toEqual([]);
    answered(story, '1.2', 10);
    expect(story.alerts).toEqual(['50 at 40']);
  });

  it('counts callers who gave up and who were sent on, but not who were turned away', () => {
    const story = new AlertStory(alert({ ...level, minimumCalls: 3 }));
    story.burst(loggedIn(ann), callerFacts('1.0').announced);
    story.pass(10);
    answered(story, '1.1', 1);
    story.burst(two.joined);
    story.burst(two.abandoned, two.hungUp);
    expect(story.alerts).toEqual([]);
    story.burst(three.joined);
    story.burst(three.left);
    story.pass(2);
    expect(story.alerts).toEqual(['33 at 13']);
  });

  it('counts a call once, in whatever order and however often it is told', () => {
    const story = new AlertStory(alert(level));
    story.burst(loggedIn(ann), one.joined);
    story.pass(30);
    const course = [one.hungUp, one.completed(ann), one.connected(ann), one.left];
    story.burst(...course, ...course);
    story.burst(...course.toReversed());
    story.pass(60);
    expect(story.alerts).toEqual([]);
  });

  it('is told when time takes the good calls out of the window', () => {
    const story = new AlertStory(alert(level));
    story.burst(loggedIn(ann));
    for (const legId of ['2.1', '2.2', '2.3', '2.4', '2.5', '2.6']) answered(story, legId, 0);
    story.pass(300);
    answered(story, '3.1', 30);
    answered(story, '3.2', 0);
    expect(story.alerts).toEqual([]);
    story.pass(600);
    expect(story.alerts).toEqual(['50 at 600']);
  });
});

describe('alerts', () => {
  it('on several things of one queue are told each for itself', () => {
    const story = new AlertStory(alert(longer), alert(tooLong));
    story.burst(one.joined, two.joined);
    story.pass(120);
    expect(story.alerts).toEqual(['2 at 0', '61 at 61']);
  });

  it('of a queue that is deserted leave nothing to look at', () => {
    const story = new AlertStory(alert(longer), alert(tooLong));
    story.burst(one.joined, two.joined);
    story.pass(120);
    story.burst(one.abandoned, one.hungUp, two.abandoned, two.hungUp);
    story.pass(QUIET_SECONDS);
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
  });
});

describe('a snapshot', () => {
  const callers = ['5.1', '5.2'].map((legId) => callerIs(legId));
  const twoWait = salesWith({ waiting: callers.map((caller) => caller.waiting()) });

  it('alerts when the queue really is as long as it shows', () => {
    const story = new AlertStory(alert(longer), alert(tooLong));
    story.pass(90);
    story.burst(snapshotOf({ queues: [twoWait] }));
    expect(story.alerts).toEqual(['2 at 90', '90 at 90']);
    story.burst(snapshotOf({ queues: [twoWait] }));
    expect(story.alerts).toHaveLength(2);
  });

  it('alerts nobody of a queue that was long before it', () => {
    const story = new AlertStory(alert(longer, { forSeconds: 15 }));
    story.burst(one.joined, two.joined);
    story.pass(10);
    story.burst(snapshotOf({ queues: [salesWith()] }));
    story.pass(60);
    expect(story.alerts).toEqual([]);
  });

  it('says nothing of the service level: neither who is gone nor who talks was seen waiting', () => {
    const story = new AlertStory(alert({ ...level, minimumCalls: 1 }));
    story.burst(loggedIn(ann), one.joined, two.joined);
    story.pass(60);
    const connected = [callerIs('1.2').connected(ann, story.now), callerIs('5.1').connected(ann)];
    story.burst(snapshotOf({ queues: [salesWith({ members: [memberIs(ann)], connected })] }));
    story.pass(60);
    expect(story.alerts).toEqual([]);
  });
});
