import { describe, expect, it } from 'vitest';
import type { ExistingUserSnapshot } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { begun, snapshotOf } from './snapshot-facts.js';
import {
  ann,
  callerFacts,
  carlAndCora,
  doNotDisturb,
  loggedIn,
  SECOND,
  START,
  Story,
  userStatusOf,
} from './story.js';
import { told } from './told.js';

/** Ann as a snapshot has her. */
function annIs(parts: Partial<ExistingUserSnapshot> = {}) {
  return snapshotOf({ users: [{ userId: people.ann, exists: true, ...parts }] });
}

const away = { availability: 'Away', note: 'lunch', source: 'wazo-chatd' } as const;
const isAway = { kind: 'presence-changed', userId: people.ann, ...away } as const;
const forward = { setting: 'forwards.busy', enabled: true, destination: '2000' } as const;
const isForwarded = { kind: 'setting-changed', userId: people.ann, ...forward } as const;

describe('presence in a snapshot', () => {
  it('is taken over, at its time', () => {
    const story = new Story();
    story.wait(SECOND);
    story.tell(annIs({ presence: { ...away, terminals: { a: true, b: false } } }));
    expect(story.user()).toEqual(userStatusOf({ available: false, serviceTerminals: 1 }));
    expect(story.center.userAvailability(people.ann)).toMatchObject({
      availability: 'Away',
      note: 'lunch',
      eventSource: 'wazo-chatd',
      startTime: START + SECOND,
    });
  });

  it('that is known changes nothing, not its time either', () => {
    const story = new Story();
    story.tell(isAway);
    story.wait(SECOND);
    const snapshot = annIs({
      presence: away,
      doNotDisturb: { enabled: false, source: 'wazo-confd' },
    });
    const { states, corrections } = story.center.apply({ ...snapshot, at: story.now });
    expect({ states, corrections: [...corrections] }).toEqual({ states: [], corrections: [] });
  });

  it.each([
    ['availability', isAway, { presence: { ...away, availability: 'Available' } }],
    [
      'do-not-disturb',
      doNotDisturb(people.ann, true),
      { doNotDisturb: { enabled: false, source: 'wazo-confd' } },
    ],
  ] as const)('yields to what events told since of %s', (_what, fact, parts) => {
    const story = new Story();
    story.tell(begun, fact, annIs(parts));
    expect(story.user().available).toBe(false);
    story.tell(begun, annIs(parts));
    expect(story.user().available).toBe(true);
  });

  it('leaves no terminal that it does not have', () => {
    const story = new Story();
    story.tell({ kind: 'terminal-changed', userId: people.ann, terminalId: 'a', registered: true });
    story.tell(annIs({ presence: { ...away, terminals: { b: true } } }));
    expect(story.user().serviceTerminals).toBe(1);
    story.tell({
      kind: 'terminal-changed',
      userId: people.ann,
      terminalId: 'b',
      registered: false,
    });
    expect(story.user().serviceTerminals).toBe(0);
  });

  it('yields to terminals of which events told since', () => {
    const story = new Story();
    story.tell(begun);
    story.tell({ kind: 'terminal-changed', userId: people.ann, terminalId: 'a', registered: true });
    story.tell(annIs({ presence: { ...away, terminals: {} } }));
    expect(story.user().serviceTerminals).toBe(1);
  });
});

describe('a setting in a snapshot', () => {
  it('that nobody was told of is none that changed', () => {
    const story = new Story();
    story.tell(annIs({ settings: [forward] }), isForwarded);
    expect(story.occurrences).toEqual([]);
  });

  it('that reads differently than clients were told is told', () => {
    const story = new Story();
    story.tell(isForwarded, annIs({ settings: [forward] }));
    expect(told(story.occurrences)).toEqual(['user-setting-changed ann']);
    story.tell(annIs({ settings: [{ ...forward, enabled: false }] }));
    expect(story.occurrences.at(-1)).toMatchObject({ values: { enabled: 'false' } });
    expect(story.occurrences).toHaveLength(2);
  });

  it('yields to what events told since', () => {
    const story = new Story();
    story.tell(begun, isForwarded, annIs({ settings: [{ ...forward, enabled: false }] }));
    expect(story.occurrences).toHaveLength(1);
  });
});

function gone(userId: string) {
  return snapshotOf({ users: [{ userId, exists: false }] });
}

describe('a user who does not exist', () => {
  const call = callerFacts('1.1');

  it('is forgotten with legs, presence and logins', () => {
    const story = new Story();
    story.tell(loggedIn(ann), isAway, { kind: 'agent-login-changed', member: ann, loggedIn: true });
    story.tell({ kind: 'leg-changed', userId: people.ann, legId: '1.2', state: 'up' });
    story.tell(gone(people.ann));
    expect(story.user()).toEqual(userStatusOf());
    expect(story.center.userAvailability(people.ann)).toBeUndefined();
    expect(story.queue()).toMatchObject({ agentsCheckedIn: 1 });
    expect(story.center.sizes()).toMatchObject({ legs: 0, presences: 0 });
  });

  it('is not told of while the member that others share goes on', () => {
    const story = new Story();
    story.tell(loggedIn(carlAndCora, queueIds.sales), gone(people.carl), call.joined);
    story.tell(call.offered({ ...carlAndCora, userIds: [people.cora] }));
    expect(told(story.occurrences).at(-1)).toBe('user-call-allocated cora');
    expect(story.user(people.cora)).toMatchObject({ serving: true });
    expect(story.user(people.carl)).toMatchObject({ serving: false });
  });
});
