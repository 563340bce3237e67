import { describe, expect, it } from 'vitest';
import type { CallsSnapshot, LegSnapshot } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { begun, snapshotOf } from './snapshot-facts.js';
import { ann, callerFacts, loggedIn, SECOND, servedQueueOf, Story } from './story.js';
import { told } from './told.js';

const call = callerFacts('1.1');

const direct = {
  callId: 'call 2.1',
  role: 'callee',
  rings: true,
  callerNumber: '+1',
  targetNumber: '1005',
  userNumber: '1005',
} as const;

/** Dora's phone, of which events tell. */
const phone = {
  rings: { kind: 'leg-changed', userId: people.dora, legId: '2.2', state: 'ringing', call: direct },
  isUp: { kind: 'leg-changed', userId: people.dora, legId: '2.2', state: 'up', call: direct },
  ends: { kind: 'channel-ended', legId: '2.2', causeCode: 16 },
} as const;

const outgoing = { ...direct, role: 'caller', rings: false } as const;

/** Dora's leg as a snapshot has it. */
function legIs(changes: Partial<LegSnapshot> = {}): LegSnapshot {
  const callOf = { ...direct, answered: changes.state === 'up' };
  return {
    userId: people.dora,
    legId: '2.2',
    state: 'ringing',
    held: false,
    call: callOf,
    ...changes,
  };
}

/** The calls of everybody and of both queues. */
function callsAre(parts: Partial<CallsSnapshot> = {}) {
  const userIds = Object.values(people);
  const all = { userIds, queueIds: Object.values(queueIds), legs: [], otherLegIds: [] };
  return snapshotOf({ calls: { ...all, ...parts } });
}

/** What is told from now on. */
function tellsNext(story: Story, act: () => void): string[] {
  const before = story.occurrences.length;
  act();
  return told(story.occurrences.slice(before));
}

describe("users' legs in a snapshot", () => {
  it.each([
    ['ringing', legIs(), [phone.isUp, phone.ends], ['connected dora', 'disconnected dora remote']],
    [
      'ringing, not answered',
      legIs(),
      [phone.ends],
      ['cancelled dora caller-gone', 'disconnected dora remote'],
    ],
    ['up', legIs({ state: 'up' }), [phone.isUp, phone.ends], ['disconnected dora remote']],
    [
      'only being called',
      legIs({ call: { ...direct, rings: false, answered: false } }),
      [phone.rings],
      ['incoming dora', 'arrived dora', 'allocated dora'],
    ],
    [
      'of a call that the user makes',
      legIs({ state: 'up', call: { ...outgoing, answered: false } }),
      [{ kind: 'call-answered', legId: '2.9', callId: direct.callId } as const, phone.ends],
      ['out-connected dora', 'out-disconnected dora remote'],
    ],
    [
      'of a call that the user made',
      legIs({ state: 'up', call: { ...outgoing, answered: true } }),
      [{ kind: 'call-answered', legId: '2.9', callId: direct.callId } as const, phone.ends],
      ['out-disconnected dora remote'],
    ],
  ])('that are unknown come silently: %s; what follows is told', (_what, leg, facts, expected) => {
    const story = new Story();
    story.tell(begun, callsAre({ legs: [leg] }));
    expect(story.user(people.dora).talking).toBe(true);
    expect(story.occurrences).toEqual([]);
    story.tell(...facts);
    expect(told(story.occurrences)).toEqual(expected.map((line) => `user-call-${line}`));
  });

  it.each([
    [
      'ringing',
      [phone.rings],
      ['user-call-cancelled dora caller-gone', 'user-call-disconnected dora remote'],
    ],
    ['answered', [phone.rings, phone.isUp], ['user-call-disconnected dora remote']],
    [
      'made and answered',
      [
        { ...phone.isUp, call: outgoing },
        { kind: 'call-answered', legId: '2.9', callId: direct.callId } as const,
      ],
      ['user-call-out-disconnected dora remote'],
    ],
    ['made and not answered', [{ ...phone.isUp, call: outgoing }], []],
    ['called and not rung', [{ ...phone.rings, call: { ...direct, rings: false } }], []],
  ])('that are missing have ended, told if it was told of: %s', (_what, facts, expected) => {
    const story = new Story();
    story.tell(...facts, begun);
    expect(tellsNext(story, () => story.tell(callsAre(), callsAre()))).toEqual(expected);
    const causes = story.occurrences.flatMap((one) => ('cause' in one ? [one.cause] : []));
    expect(causes.filter((cause) => cause !== 'resync')).toEqual([]);
    expect(story.user(people.dora).talking).toBe(false);
  });

  it('that were found and are missing then have ended in silence', () => {
    const story = new Story();
    story.tell(callsAre({ legs: [legIs({ state: 'up' })] }), callsAre());
    expect(story.user(people.dora).talking).toBe(false);
    expect(story.occurrences).toEqual([]);
  });

  it('whose answer was missed are answered, and their end is told', () => {
    const story = new Story();
    story.tell(phone.rings);
    const isUp = callsAre({ legs: [legIs({ state: 'up' })] });
    expect(tellsNext(story, () => story.tell(isUp))).toEqual([]);
    expect(tellsNext(story, () => story.tell(phone.ends))).toEqual([
      'user-call-disconnected dora remote',
    ]);
  });

  it('stay as events told since it began', () => {
    const story = new Story();
    story.tell(begun, phone.rings, callsAre());
    expect(story.user(people.dora).talking).toBe(true);
    story.tell(begun, phone.ends, callsAre({ legs: [legIs()] }));
    expect(story.user(people.dora).talking).toBe(false);
    story.tell(callsAre({ legs: [legIs()] }));
    expect(story.user(people.dora).talking).toBe(true);
  });

  it('of users of whom it does not speak stay', () => {
    const story = new Story();
    story.tell(phone.rings, callsAre({ userIds: [people.ann] }));
    expect(story.user(people.dora).talking).toBe(true);
  });

  it("of a queue's call are told of as the queue's call only", () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined);
    const callOf = { ...direct, callId: 'call 1.1', answered: true };
    const leg = legIs({ userId: people.ann, state: 'up', call: callOf });
    story.tell(callsAre({ legs: [leg], otherLegIds: ['1.1'] }));
    const lines = tellsNext(story, () =>
      story.tell(call.left, call.connected(ann), call.completed(ann), phone.ends, call.hungUp),
    );
    expect(lines).toEqual([
      'user-call-allocated ann',
      'user-call-connected ann',
      'wrap-up-enabled ann',
      'user-call-disconnected ann remote',
      'wrap-up-started ann',
    ]);
  });
});

it('a supervision ends with a leg that is missing', () => {
  const story = new Story();
  story.tell(phone.rings, phone.isUp, {
    kind: 'call-supervision',
    step: 'started',
    mode: 'listen',
    supervisorLegId: '9.1',
    targetLegId: '2.2',
    supervisorUserIds: [people.ann],
    targetUserIds: [people.dora],
  });
  const lines = tellsNext(story, () => story.tell(callsAre(), callsAre()));
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'user-call-disconnected',
    'supervision-changed',
  ]);
});

describe('callers in queues whose legs do not live', () => {
  it.each([
    ['wait', [call.joined], ['queue-call-disconnected remote']],
    ['are on the way', [call.announced], ['queue-call-disconnected remote']],
    ['talk', [call.joined, call.connected(ann)], ['user-call-disconnected ann remote']],
  ])('are gone: those who %s', (_what, facts, expected) => {
    const story = new Story();
    story.tell(loggedIn(ann), ...facts, begun);
    expect(tellsNext(story, () => story.tell(callsAre(), callsAre()))).toEqual(expected);
    expect(story.occurrences.at(-1)).toMatchObject({ cause: 'resync' });
    expect(story.queue()).toEqual(servedQueueOf(1));
    expect(story.user().talking).toBe(false);
  });

  it('stay when events told of them since, or when it does not speak of their queue', () => {
    const story = new Story();
    story.tell(begun, call.joined, callsAre());
    story.tell(callsAre({ queueIds: [queueIds.support] }));
    expect(story.queue()).toMatchObject({ queuingRequesters: 1 });
  });

  it('are rung for by no leg that does not live', () => {
    const story = new Story();
    story.tell(loggedIn(ann), call.joined, call.offered(ann), callsAre({ otherLegIds: ['1.1'] }));
    story.wait(3 * SECOND);
    expect(story.queue()).toMatchObject({ allocated: 0, queuingRequesters: 1 });
    expect(told(story.occurrences).at(-1)).toBe('user-call-cancelled ann no-answer');
  });
});

describe('parked callers in a snapshot', () => {
  const parked = { kind: 'call-parked', legId: '3.1', userIds: [people.dora] } as const;
  const parkedCaller = { legId: '3.1', userIds: [people.dora] };

  it.each([
    ['a missing one is gone', [parked, begun], [], 0],
    ['an unknown one is there', [begun], [parkedCaller], 1],
    ['one that came since stays', [begun, parked], [], 1],
    [
      'one that left since stays away',
      [parked, begun, { kind: 'call-unparked', legId: '3.1' }],
      [parkedCaller],
      0,
    ],
    [
      'one that hung up since stays away',
      [parked, begun, { kind: 'channel-ended', legId: '3.1' }],
      [parkedCaller],
      0,
    ],
    ['one that is known counts once', [parked, begun], [parkedCaller], 1],
    ['one of which it cannot tell stays', [parked, begun], undefined, 1],
  ] as const)('%s', (_rule, facts, list, count) => {
    const story = new Story();
    story.tell(...facts);
    story.tell(list === undefined ? callsAre() : callsAre({ parked: list }));
    expect(story.user(people.dora).parkedCalls).toBe(count);
  });
});

it('a restart of the telephony system is a snapshot without calls', () => {
  const story = new Story();
  const other = callerFacts('4.1');
  story.tell(
    loggedIn(ann),
    call.joined,
    call.connected(ann),
    other.joined,
    phone.rings,
    phone.isUp,
  );
  const lines = tellsNext(story, () => story.tell(begun, callsAre({ parked: [] })));
  expect(lines.toSorted()).toEqual([
    'queue-call-disconnected remote',
    'user-call-disconnected ann remote',
    'user-call-disconnected dora remote',
  ]);
  expect(story.queue()).toEqual(servedQueueOf(1));
});
