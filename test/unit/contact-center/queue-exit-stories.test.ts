import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueueExit } from '../../../src/contact-center/index.js';
import { queueIds } from '../../support/directory-fixture.js';
import { ann, callerFacts, loggedIn, SECOND, START, Story } from './story.js';
import { told } from './told.js';

const call = callerFacts('1.1');

function exit(cause: string, reason: QueueExit['reason'] = 'no-agent') {
  return { kind: 'queue-exit', legId: '1.1', reason, cause } as const;
}

function overflows(story: Story): object[] {
  return story.occurrences.filter(({ kind }) => kind === 'queue-call-overflowed');
}

describe('why a queue let go of a caller', () => {
  it('is told at once, since nothing can show it to be otherwise', () => {
    const story = new Story();
    story.tell(call.joined, call.abandoned, call.left, exit('TIMEOUT'));
    expect(overflows(story)).toMatchObject([{ at: START, reason: 'no-agent', cause: 'TIMEOUT' }]);
  });

  it('tells of a caller whom the queue never took in', () => {
    const story = new Story();
    story.tell(call.announced, exit('FULL', 'full'));
    expect(told(story.occurrences)).toEqual(['queue-call-incoming', 'queue-call-overflowed full']);
    story.wait(10 * SECOND);
    expect(overflows(story)).toHaveLength(1);
  });

  it('makes no caller who gave up of one who hangs up soon after', () => {
    const story = new Story();
    story.tell(call.joined, call.abandoned, call.left, exit('TIMEOUT'), call.hungUp);
    expect(story.gaveUp).toEqual([]);
  });

  it('does not concern a caller who was answered', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.connected(ann), exit('CONTINUE', 'unknown'));
    expect(overflows(story)).toEqual([]);
    expect(story.queue()).toMatchObject({ connected: 1 });
  });

  it('is that of the queue in which the caller was, not of the next', () => {
    const story = new Story();
    const next = callerFacts('1.1', queueIds.support);
    story.tell(call.joined, call.abandoned, call.left, exit('LEAVEEMPTY'));
    story.wait(SECOND);
    story.tell(next.joined);
    story.wait(SECOND);
    story.tell(next.abandoned, next.left, exit('TIMEOUT'));
    expect(overflows(story)).toMatchObject([
      { queueId: queueIds.sales, cause: 'LEAVEEMPTY' },
      { queueId: queueIds.support, cause: 'TIMEOUT' },
    ]);
  });

  it('is told once, in whatever order it is told, some of it twice', () => {
    const facts = [call.announced, call.joined, call.abandoned, call.left, exit('TIMEOUT')];
    const events = facts.map((fact, index) => ({ ...fact, at: START + index * 200 }));
    const shuffled = fc
      .subarray(events)
      .chain((twice) =>
        fc.shuffledSubarray([...events, ...twice], { minLength: events.length + twice.length }),
      );
    fc.assert(
      fc.property(shuffled, (order) => {
        const story = new Story();
        for (const event of order) story.apply(event);
        story.wait(10 * SECOND);
        expect(overflows(story)).toMatchObject([{ reason: 'no-agent', cause: 'TIMEOUT' }]);
      }),
    );
  });

  it('is forgotten after ten minutes when no caller comes to it', () => {
    const story = new Story();
    story.tell(exit('TIMEOUT'));
    expect(story.center.sizes()).toMatchObject({ queueExits: 1 });
    story.center.sweep(story.now + 10 * 60 * SECOND);
    expect(story.center.sizes()).toMatchObject({ queueExits: 0 });
  });
});
