import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LegCall } from '../../../src/contact-center/index.js';
import { people } from '../../support/directory-fixture.js';
import { SECOND, Story } from './story.js';

const parked = (legId: string, userId: string = people.ann) =>
  ({ kind: 'call-parked', legId, userIds: [userId] }) as const;
const unparked = (legId: string) => ({ kind: 'call-unparked', legId }) as const;

const counts = (story: Story) =>
  [people.ann, people.bob].map((userId) => story.user(userId).parkedCalls);

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

  it('stay one when another channel takes the place of the parked one', () => {
    const story = new Story();
    story.tell({ ...parked('1.1'), place: '1 701' }, { ...parked('3.1'), place: '1 702' });
    story.wait(SECOND);
    story.tell({ ...parked('2.1'), place: '1 701' });
    expect(story.user().parkedCalls).toBe(2);
    story.tell({ ...parked('1.1'), place: '1 701' }, unparked('1.1'));
    expect(story.user().parkedCalls).toBe(2);
    story.tell(unparked('2.1'), unparked('3.1'));
    expect(story.user().parkedCalls).toBe(0);
  });

  it('of two services are counted once, in whatever order these tell', () => {
    const silent = { ...parked('1.1'), userIds: [], callId: 'unknown call' };
    const facts = [parked('1.1'), { ...parked('1.1'), place: '1 701' }, silent, silent];
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (told) => {
        const story = new Story();
        story.tell(...told);
        expect(story.user().parkedCalls).toBe(1);
        story.tell(unparked('1.1'), unparked('1.1'), ...told);
        expect(story.user().parkedCalls).toBe(0);
      }),
    );
  });
});

describe('who parked a caller, when only the call tells,', () => {
  const call: LegCall = {
    callId: 'call 1.1',
    role: 'callee',
    rings: true,
    callerNumber: '+1',
    targetNumber: '1001',
    userNumber: '1001',
  };
  const up = (legId: string, userId: string, changes: Partial<LegCall> = {}) =>
    ({ kind: 'leg-changed', userId, legId, state: 'up', call: { ...call, ...changes } }) as const;
  const parkedBySomebody = { ...parked('1.1'), userIds: [], callId: call.callId };

  it('is the only user in it', () => {
    const story = new Story();
    story.tell(up('1.2', people.ann), parkedBySomebody);
    expect(counts(story)).toEqual([1, 0]);
  });

  it('is the one who is not the parked caller', () => {
    const story = new Story();
    const caller = up('1.1', people.ann, { role: 'caller', userNumber: '1001' });
    story.tell(caller, up('1.2', people.bob), parkedBySomebody);
    expect(counts(story)).toEqual([0, 1]);
  });

  it('is the one with the number that parked it', () => {
    const story = new Story();
    story.tell(up('1.2', people.ann), up('1.3', people.bob, { userNumber: '1002' }));
    story.tell({ ...parkedBySomebody, parkerNumber: '1002' });
    expect(counts(story)).toEqual([0, 1]);
  });

  it.each(['', '1009'])(
    'is nobody when several may have, and the number is "%s"',
    (parkerNumber) => {
      const story = new Story();
      story.tell(up('1.2', people.ann), up('1.3', people.bob), {
        ...parkedBySomebody,
        parkerNumber,
      });
      expect(counts(story)).toEqual([0, 0]);
    },
  );
});
