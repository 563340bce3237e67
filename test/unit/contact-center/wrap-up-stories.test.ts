import { describe, expect, it } from 'vitest';
import { people, queueIds } from '../../support/directory-fixture.js';
import { ann, bob, callerFacts, loggedIn, SECOND, START, Story, WRAP_UP_SECONDS } from './story.js';

const call = callerFacts('1.1');

describe('a wrap-up', () => {
  it("is the member's own when it has one", () => {
    const story = new Story();
    story.tell(loggedIn(ann, queueIds.sales, { wrapUpSeconds: 7 }), call.completed(ann));
    expect(story.user().wrapUpEnd).toBe(START + 7 * SECOND);
  });

  it('lasts a day at most, whatever was configured', () => {
    const story = new Story();
    story.tell(loggedIn(ann, queueIds.sales, { wrapUpSeconds: 1e15 }), call.completed(ann));
    expect(story.user().wrapUpEnd).toBe(START + 24 * 3_600 * SECOND);
  });

  it('counts in its own queue only, and for the user the one that ends last', () => {
    const story = new Story();
    const other = callerFacts('2.2', queueIds.support);
    story.tell(loggedIn(bob), loggedIn(bob, queueIds.support));
    story.tell(call.completed(bob, 30), other.completed(bob, 10));
    expect(story.queue().agentsOnWrapUp + story.queue(queueIds.support).agentsOnWrapUp).toBe(2);
    expect(story.user(people.bob).wrapUpEnd).toBe(START + 30 * SECOND);
    story.wait(10 * SECOND);
    expect(story.queue(queueIds.support)).toMatchObject({ agentsOnWrapUp: 0 });
    expect(story.user(people.bob)).toMatchObject({ canBeAllocatedTo: false });
  });

  it('is not ended by late news of the call that it follows', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.completed(ann), call.connected(ann), call.offered(ann));
    expect(story.user().wrapUpEnd).toBe(START + WRAP_UP_SECONDS * SECOND);
  });

  it('ends when another call rings', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.completed(ann));
    story.wait(SECOND);
    story.tell(callerFacts('2.2').offered(ann));
    expect(story.user()).toMatchObject({ wrapUpStart: null, wrapUpEnd: null, talking: true });
  });
});
