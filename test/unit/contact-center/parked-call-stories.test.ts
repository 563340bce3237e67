import { describe, expect, it } from 'vitest';
import { people } from '../../support/directory-fixture.js';
import { SECOND, Story } from './story.js';

const parked = (legId: string, userId: string = people.ann) =>
  ({ kind: 'call-parked', legId, userIds: [userId] }) as const;
const unparked = (legId: string) => ({ kind: 'call-unparked', legId }) as const;

describe('the calls that a user has parked', () => {
  it('are counted until they are fetched or hang up', () => {
    const story = new Story();
    story.tell(parked('1.1'), parked('2.1'), parked('2.1'));
    expect(story.user().parkedCalls).toBe(2);
    story.tell(unparked('1.1'), unparked('1.1'));
    expect(story.user().parkedCalls).toBe(1);
    story.tell({ kind: 'channel-ended', legId: '2.1' });
    expect(story.user().parkedCalls).toBe(0);
  });

  it('are told as the status of the user', () => {
    const story = new Story();
    const told = [{ kind: 'user-status', userId: people.ann }];
    expect(story.center.apply({ ...parked('1.1'), at: 1 }).states).toEqual(told);
    expect(story.center.apply({ ...unparked('1.1'), at: 2 }).states).toEqual(told);
  });

  it('are not those that left their place in the same burst, in whatever order it is told', () => {
    const story = new Story();
    story.tell(unparked('1.1'), parked('1.1'));
    expect(story.user().parkedCalls).toBe(0);
    story.wait(SECOND);
    story.tell(parked('1.1'));
    expect(story.user().parkedCalls).toBe(1);
  });

  it('go to whoever parked them last', () => {
    const story = new Story();
    story.tell(parked('1.1'), parked('1.1', people.bob));
    expect([story.user(), story.user(people.bob)]).toMatchObject([
      { parkedCalls: 0 },
      { parkedCalls: 1 },
    ]);
  });

  it('go after a day when their end was lost', () => {
    const story = new Story();
    story.tell(parked('1.1'));
    const later = story.now + 24 * 3_600 * SECOND;
    expect(story.center.sweep(later).states).toEqual([{ kind: 'user-status', userId: people.ann }]);
    expect(story.center.sizes()).toMatchObject({ parkedCalls: 0 });
  });
});
