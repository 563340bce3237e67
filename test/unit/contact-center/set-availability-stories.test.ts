import { describe, expect, it } from 'vitest';
import type { Availability } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { begun, snapshotOf } from './snapshot-facts.js';
import { ann, doNotDisturb, loggedIn, SECOND, START, Story } from './story.js';

function set(availability: Availability, more: { until?: number; availabilityId?: string } = {}) {
  return {
    kind: 'availability-set',
    userId: people.ann,
    availabilityId: 'entry 1',
    availability,
    note: 'Dentist',
    source: 'my client',
    until: null,
    ...more,
  } as const;
}

const ended = {
  kind: 'availability-ended',
  userId: people.ann,
  availabilityId: 'entry 1',
} as const;

const atWork = {
  kind: 'presence-changed',
  userId: people.ann,
  availability: 'Available',
  note: '',
  source: 'wazo-chatd',
} as const;

/** Ann is logged in and could take a call. */
function annAtWork(): Story {
  const story = new Story();
  story.tell(loggedIn(ann), atWork);
  story.wait(SECOND);
  return story;
}

const availability = (story: Story) => story.center.userAvailability(people.ann);

describe('an availability that was set in the hub', () => {
  it('is the availability, from when it was set', () => {
    const story = annAtWork();
    story.tell(set('Away'));
    expect(availability(story)).toEqual({
      userId: people.ann,
      profileId: null,
      availability: 'Away',
      availabilityId: 'entry 1',
      startTime: START + SECOND,
      endTime: null,
      note: 'Dentist',
      eventSource: 'my client',
      transferNumber: '',
    });
  });

  it.each<[Availability, object, number]>([
    ['Away', { canBeAllocatedTo: false, available: false, schedule: true }, 1],
    ['DoNotDisturb', { canBeAllocatedTo: false, available: false, schedule: true }, 0],
    ['OffWork', { canBeAllocatedTo: false, available: false, schedule: false }, 1],
    ['Available', { canBeAllocatedTo: true, available: true, schedule: true }, 1],
  ])('%s counts in the status of user and queue', (word, status, free) => {
    const story = annAtWork();
    story.tell(set(word));
    expect(story.user()).toMatchObject(status);
    expect(story.queue().agentsImmediatelyFree).toBe(free);
  });

  it('hides the name of the presence beneath it, and a do-not-disturb of its own does, too', () => {
    const story = annAtWork();
    const profileId = '00000000-0000-4000-8000-0000000000aa';
    const named = () => availability(story)?.profileId;
    story.tell({ ...atWork, profileId });
    expect(named()).toBe(profileId);
    story.tell(set('Away'));
    expect(named()).toBeNull();
    story.tell(ended);
    expect(named()).toBe(profileId);
    story.tell(doNotDisturb(people.ann, true));
    expect(named()).toBeNull();
  });

  it('says which states read differently', () => {
    const story = annAtWork();
    expect(story.center.apply({ ...set('Away'), at: story.now }).states).toEqual([
      { kind: 'user-status', userId: people.ann },
      { kind: 'user-availability', userId: people.ann },
      { kind: 'queue-status', queueId: queueIds.sales },
    ]);
  });

  it('wins over what presence services say, before and after', () => {
    const story = annAtWork();
    story.tell(set('Away'), { ...atWork, availability: 'Busy', note: 'at my desk' });
    expect(availability(story)).toMatchObject({ availability: 'Away', note: 'Dentist' });
    const presence = { availability: 'Available', note: '', source: 'wazo-chatd' } as const;
    const users = [{ userId: people.ann, exists: true, presence }] as const;
    story.tell(begun, snapshotOf({ users: [...users] }));
    expect(availability(story)).toMatchObject({ availability: 'Away', note: 'Dentist' });
  });

  it('gives way to what presence services say now when it ends', () => {
    const story = annAtWork();
    story.tell(set('Away'), { ...atWork, availability: 'Busy', note: 'at my desk' });
    story.wait(SECOND);
    story.tell(ended);
    expect(availability(story)).toMatchObject({
      availability: 'Busy',
      availabilityId: null,
      note: 'at my desk',
      eventSource: 'wazo-chatd',
      startTime: START + 2 * SECOND,
    });
  });

  it('takes the place of the one before, whose end then means nothing', () => {
    const story = annAtWork();
    story.tell(set('Away'), set('Busy', { availabilityId: 'entry 2' }), ended);
    expect(availability(story)).toMatchObject({ availability: 'Busy' });
  });

  it.each<[Availability, Availability]>([
    ['Available', 'DoNotDisturb'],
    ['Away', 'DoNotDisturb'],
    ['OffWork', 'OffWork'],
  ])('%s reads %s while the phone is on do-not-disturb', (word, read) => {
    const story = annAtWork();
    story.tell(set(word), doNotDisturb(people.ann, true));
    expect(availability(story)).toMatchObject({ availability: read, availabilityId: 'entry 1' });
    story.tell(doNotDisturb(people.ann, false));
    expect(availability(story)).toMatchObject({ availability: word });
  });

  it('is nothing that a user has of whom only its end was told', () => {
    const story = new Story();
    story.tell(ended);
    expect(availability(story)).toBeUndefined();
  });

  it('goes with the user', () => {
    const story = annAtWork();
    story.tell(set('Away', { until: START + 5 * SECOND }));
    story.tell(snapshotOf({ users: [{ userId: people.ann, exists: false }] }));
    expect(availability(story)).toBeUndefined();
    story.wait(10 * SECOND);
    expect(availability(story)).toBeUndefined();
  });
});

describe('an availability until a time', () => {
  const until = START + 60 * SECOND;

  it('ends by itself then, and not before', () => {
    const story = annAtWork();
    story.tell(set('Away', { until }));
    expect(availability(story)).toMatchObject({ endTime: until });
    expect(story.center.nextDeadline(story.now)).toBe(until);
    story.wait(59 * SECOND - 1);
    expect(availability(story)).toMatchObject({ availability: 'Away' });
    story.wait(1);
    expect(availability(story)).toMatchObject({ availability: 'Available', startTime: until });
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
  });

  it('of several users ends for each at its own time', () => {
    const story = annAtWork();
    story.tell(
      set('Away', { until }),
      { ...set('Away', { until: until + SECOND }), userId: people.bob },
      { ...set('Away', { until: until - SECOND }), userId: people.carl },
    );
    const away = () =>
      [people.ann, people.bob, people.carl].map(
        (id) => story.center.userAvailability(id)?.availability === 'Away',
      );
    story.wait(until - SECOND - story.now);
    expect(away()).toEqual([true, true, false]);
    story.wait(SECOND);
    expect(away()).toEqual([false, true, false]);
    story.wait(SECOND);
    expect(away()).toEqual([false, false, false]);
  });

  it.each([
    ['one until further notice', set('Busy', { availabilityId: 'entry 2' }), 'Busy'],
    ['one until later', set('Busy', { until: until + SECOND }), 'Busy'],
  ] as const)('does not end %s that took its place', (_what, next, read) => {
    const story = annAtWork();
    story.tell(set('Away', { until }), next);
    story.wait(until - story.now);
    expect(availability(story)).toMatchObject({ availability: read });
  });
});
