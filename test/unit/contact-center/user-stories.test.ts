import { describe, expect, it } from 'vitest';
import type { Availability, Forward } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import {
  ann,
  callerFacts,
  doNotDisturb,
  loggedIn,
  SECOND,
  START,
  Story,
  userStatusOf,
} from './story.js';

const DAY = 24 * 3_600 * SECOND;

const ready = { serving: true, activeQueues: 1, canBeAllocatedTo: true } as const;

function presence(userId: string, availability: Availability, more: object = {}) {
  return {
    kind: 'presence-changed',
    userId,
    availability,
    note: '',
    source: 'wazo-chatd',
    ...more,
  } as const;
}

describe('a user', () => {
  it('talks from the first ring of the own phone until the last leg is gone', () => {
    const story = new Story();
    const leg = { kind: 'leg-changed', userId: people.ann, state: 'ringing' } as const;
    story.tell({ ...leg, legId: 'a' });
    story.wait(SECOND);
    story.tell({ ...leg, legId: 'b' }, { kind: 'channel-ended', legId: 'a' });
    story.tell({ kind: 'leg-held', legId: 'b', held: true });
    expect(story.user()).toEqual(userStatusOf({ talking: true, talkingStatusChanged: START }));
    story.wait(SECOND);
    story.tell({ kind: 'channel-ended', legId: 'b' }, { ...leg, legId: 'b', state: 'up' });
    const end = START + 2 * SECOND;
    expect(story.user()).toEqual(userStatusOf({ talkingStatusChanged: end }));
  });

  it('whose calls never ended talks no longer than a day', () => {
    const story = new Story();
    const call = callerFacts('1.1');
    story.tell({ kind: 'leg-changed', userId: people.bob, legId: 'b', state: 'up' });
    story.tell(call.joined, call.connected(ann));
    story.wait(DAY - 1);
    expect(story.center.sweep(story.now).states).toEqual([]);
    story.wait(1);
    expect(story.center.sweep(story.now).states).toEqual([
      { kind: 'user-status', userId: people.ann },
      { kind: 'user-status', userId: people.bob },
      { kind: 'queue-status', queueId: queueIds.sales },
    ]);
    const over = { talking: false, talkingStatusChanged: START + DAY };
    expect([story.user(), story.user(people.bob)]).toMatchObject([over, over]);
    expect(story.center.sizes()).toMatchObject({ visits: 0, legs: 0 });
  });

  it.each<[Availability, boolean, object]>([
    ['Available', false, { available: true, schedule: true }],
    ['Busy', false, { available: false, schedule: true }],
    ['Away', false, { available: false, schedule: true }],
    ['BRB', false, { available: false, schedule: true }],
    ['OffWork', false, { available: false, schedule: false }],
    ['DoNotDisturb', false, { available: false, schedule: true }],
    ['Available', true, { available: false, schedule: true }],
  ])('who is %s (do-not-disturb %s) reads %j', (availability, disturbed, expected) => {
    const story = new Story();
    story.tell(
      loggedIn(ann),
      presence(people.ann, availability),
      doNotDisturb(people.ann, disturbed),
    );
    const canBeAllocatedTo = availability === 'Available' && !disturbed;
    expect(story.user()).toEqual(userStatusOf({ ...ready, ...expected, canBeAllocatedTo }));
  });

  it('has the terminals that the presence service says, and then those told of one by one', () => {
    const story = new Story();
    const terminal = { kind: 'terminal-changed', userId: people.ann, registered: true } as const;
    story.tell({ ...terminal, terminalId: '1' }, { ...terminal, terminalId: '2' });
    story.tell({ ...terminal, terminalId: '2', registered: false });
    expect(story.user().serviceTerminals).toBe(1);
    const terminals = { 1: true, 2: true, 3: true, 4: false };
    story.tell(presence(people.ann, 'Available', { terminals }));
    expect(story.user().serviceTerminals).toBe(3);
    story.tell({ ...terminal, terminalId: '2', registered: false });
    expect(story.user().serviceTerminals).toBe(2);
    story.tell(presence(people.ann, 'Away'));
    expect(story.user().serviceTerminals).toBe(2);
  });

  it('has no more than sixteen terminals told of one by one', () => {
    const story = new Story();
    for (let id = 0; id < 20; id += 1) {
      const terminalId = String(id);
      story.tell({ kind: 'terminal-changed', userId: people.ann, terminalId, registered: true });
    }
    expect(story.user().serviceTerminals).toBe(16);
    const terminals = Object.fromEntries(Array.from({ length: 20 }, (_, id) => [id, true]));
    story.tell(presence(people.ann, 'Available', { terminals }));
    expect(story.user().serviceTerminals).toBe(16);
  });
});

describe("a user's availability", () => {
  it('is not known before somebody tells it', () => {
    const story = new Story();
    story.tell(loggedIn(ann));
    expect(story.center.userAvailability(people.ann)).toBeUndefined();
  });

  it('begins when it changes, not when it is told again', () => {
    const story = new Story();
    story.tell(presence(people.ann, 'Away', { note: 'Lunch' }));
    story.wait(SECOND);
    story.tell(presence(people.ann, 'Away', { note: 'Long lunch' }));
    expect(story.center.userAvailability(people.ann)).toEqual({
      userId: people.ann,
      profileId: null,
      availability: 'Away',
      availabilityId: null,
      startTime: START,
      endTime: null,
      note: 'Long lunch',
      eventSource: 'wazo-chatd',
      transferNumber: '',
    });
  });

  it('is DoNotDisturb while that is set, and what it was before afterwards', () => {
    const story = new Story();
    story.tell(presence(people.ann, 'Away'));
    story.wait(SECOND);
    story.tell(doNotDisturb(people.ann, true));
    const disturbed = story.center.userAvailability(people.ann);
    expect(disturbed).toMatchObject({
      availability: 'DoNotDisturb',
      startTime: START + SECOND,
      eventSource: 'wazo-confd',
    });
    story.tell(doNotDisturb(people.ann, false));
    expect(story.center.userAvailability(people.ann)).toMatchObject({ availability: 'Away' });
  });
});

/** Ann's calls go elsewhere, or no longer. */
const forward = (setting: Forward, enabled: boolean, destination: string) =>
  ({ kind: 'setting-changed', userId: people.ann, setting, enabled, destination }) as const;
/** Ann switches do-not-disturb. */
const service = (enabled: boolean) =>
  ({
    kind: 'setting-changed',
    userId: people.ann,
    setting: 'services.dnd',
    enabled,
    destination: '',
  }) as const;

describe("a user's settings", () => {
  it('are told when they change, each by itself', () => {
    const story = new Story();
    story.tell(service(true), service(true), service(false));
    story.tell(forward('forwards.busy', true, '+1'), forward('forwards.busy', true, '+1'));
    story.tell(forward('forwards.busy', true, '+2'), forward('forwards.busy', false, '+2'));
    const told = { kind: 'user-setting-changed', at: story.now, userId: people.ann };
    const dnd = { ...told, keyword: 'services.dnd', values: null };
    const busy = { ...told, keyword: 'forwards.busy' };
    expect(story.occurrences).toEqual([
      { ...dnd, value: 'true' },
      { ...dnd, value: 'false' },
      { ...busy, value: '+1', values: { enabled: 'true', destination: '+1' } },
      { ...busy, value: '+2', values: { enabled: 'true', destination: '+2' } },
      { ...busy, value: '', values: { enabled: 'false', destination: '+2' } },
    ]);
  });

  it('tell where calls go meanwhile only by an unconditional forward', () => {
    const story = new Story();
    const available = { availability: 'Available', note: '', source: 'wazo-chatd' } as const;
    story.tell({ kind: 'presence-changed', userId: people.ann, ...available });
    const transferNumber = () => story.center.userAvailability(people.ann)?.transferNumber;
    story.tell(forward('forwards.busy', true, '+1'));
    expect(transferNumber()).toBe('');
    story.tell(forward('forwards.unconditional', true, '+2'));
    expect(transferNumber()).toBe('+2');
    story.tell(forward('forwards.unconditional', false, '+2'));
    expect(transferNumber()).toBe('');
  });

  it('say nothing of the availability before anybody else did', () => {
    const story = new Story();
    story.tell(forward('forwards.unconditional', true, '+2'));
    expect(story.center.userAvailability(people.ann)).toBeUndefined();
  });
});
