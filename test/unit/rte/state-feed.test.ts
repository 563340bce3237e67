import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ContactCenter,
  type CorrectedTable,
  type Occurrence,
  type Period,
} from '../../../src/contact-center/index.js';
import type { Queue } from '../../../src/directory/types.js';
import type { RteEvent } from '../../../src/rte/events/create-event.js';
import { CurrentStates } from '../../../src/rte/current-states.js';
import { StateFeed } from '../../../src/rte/state-feed.js';
import {
  contactCenterDirectory,
  FakeDirectoryHolder,
  people,
  queueIds,
} from '../../support/directory-fixture.js';
import {
  ann,
  callerFacts,
  type Fact,
  loggedIn,
  memberChanged,
  START,
  WRAP_UP_SECONDS,
} from '../contact-center/story.js';

const USER_INTERVAL_MS = 200;
const QUEUE_INTERVAL_MS = 1_000;

const call = callerFacts('1.1');
const available = {
  kind: 'presence-changed',
  userId: people.ann,
  availability: 'Available',
  note: '',
  source: 'wazo-chatd',
} as const;

let told: RteEvent[];
let occurrences: Occurrence[];
let corrections: (readonly [string, CorrectedTable, number])[];
let center: ContactCenter;
let directory: FakeDirectoryHolder;
let feed: StateFeed;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  told = [];
  occurrences = [];
  corrections = [];
  center = new ContactCenter();
  directory = new FakeDirectoryHolder();
  feed = new StateFeed({
    contactCenter: center,
    directory,
    bus: { publish: (event) => told.push(event), onEvent: () => () => undefined },
    onOccurrence: (occurrence) => occurrences.push(occurrence),
    corrected: (...correction) => corrections.push(correction),
    userStatusIntervalMs: USER_INTERVAL_MS,
    queueStatusIntervalMs: QUEUE_INTERVAL_MS,
    now: Date.now,
  });
});

afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

/** Tells the feed one burst. */
function burst(...facts: readonly Fact[]): void {
  feed.sink(facts.map((fact) => ({ ...fact, at: Date.now() })));
}

/** What the bus was told since this was asked last: name and seconds since the start. */
function news(name?: RteEvent['name']): string[] {
  return told
    .splice(0)
    .filter((event) => name === undefined || event.name === name)
    .map((event) => `${event.name} ${String((event.timestamp - START) / 1_000)}`);
}

describe('the state feed', () => {
  it('tells each state that a burst changed once, as it is at the end of the burst', () => {
    burst(loggedIn(ann), call.joined, call.offered(ann), call.left, call.connected(ann));
    expect(told.map(({ name, data }) => [name, data])).toMatchObject([
      ['UserStatus', { userId: people.ann, talking: true, activeQueueId: queueIds.sales }],
      ['QueueStatus', { queueId: queueIds.sales, nbrOfConnected: 1, nbrOfRequesters: 1 }],
    ]);
  });

  it('tells nothing when nothing reads differently', () => {
    burst(loggedIn(ann));
    vi.advanceTimersByTime(QUEUE_INTERVAL_MS);
    told = [];
    burst(loggedIn(ann), memberChanged(ann, { device: 'idle' }));
    vi.advanceTimersByTime(QUEUE_INTERVAL_MS);
    expect(told).toEqual([]);
  });

  it('tells the last of many changes at the end of the interval', () => {
    burst(loggedIn(ann));
    for (const paused of [true, false, true]) burst(memberChanged(ann, { paused }));
    expect(news()).toEqual(['UserStatus 0', 'QueueStatus 0']);
    vi.advanceTimersByTime(10_000);
    expect(told.map(({ data }) => data)).toMatchObject([
      { activeQueues: 0 },
      { nbrOfAgentsLongTermAway: 1 },
    ]);
    expect(news()).toEqual(['UserStatus 0.2', 'QueueStatus 1']);
  });

  it('tells the states of a backlog once, in the end', () => {
    feed.sink([{ kind: 'backlog-begun', at: START }]);
    burst(loggedIn(ann), { ...available, availability: 'Away' });
    vi.advanceTimersByTime(10_000);
    burst(memberChanged(ann, { paused: true }), available);
    vi.advanceTimersByTime(10_000);
    expect(news()).toEqual([]);
    feed.sink([{ kind: 'backlog-over', at: Date.now() }]);
    expect(told.map(({ data }) => data)).toMatchObject([
      { availability: 'Available' },
      { activeQueues: 0 },
      { nbrOfAgentsLongTermAway: 1 },
    ]);
    expect(news()).toEqual(['UserAvailability 20', 'UserStatus 20', 'QueueStatus 20']);
  });

  it('tells an availability at once, and only when it changed', () => {
    burst(available);
    burst(available);
    expect(news('UserAvailability')).toEqual(['UserAvailability 0']);
    burst({ ...available, note: 'Lunch' });
    expect(news('UserAvailability')).toEqual(['UserAvailability 0']);
  });

  it('tells a queue every five seconds while somebody waits in it', () => {
    burst(call.joined);
    vi.advanceTimersByTime(11_000);
    expect(news('QueueStatus')).toEqual(['QueueStatus 0', 'QueueStatus 5', 'QueueStatus 10']);
    burst(call.abandoned, call.hungUp);
    vi.advanceTimersByTime(60_000);
    expect(news('QueueStatus')).toEqual(['QueueStatus 11']);
  });

  it('tells the end of a wrap-up by itself', () => {
    burst(loggedIn(ann), call.completed(ann));
    vi.advanceTimersByTime(2_000);
    told = [];
    vi.advanceTimersByTime(WRAP_UP_SECONDS * 1_000);
    expect(told.map(({ data }) => data)).toMatchObject([
      { wrapUpStart: null, wrapUpEnd: null, canBeAllocatedTo: true },
      { nbrOfAgentsOnWrapUp: 0, nbrOfAgentsImmediatelyFree: 1 },
    ]);
    expect(news()).toEqual(['UserStatus 30', 'QueueStatus 30']);
  });

  it('tells that a caller left, when no agent took the call in time', () => {
    burst(call.joined, call.left);
    vi.advanceTimersByTime(2_000);
    expect(told.at(-1)?.data).toMatchObject({ nbrOfRequesters: 0 });
  });

  it('tells that a caller left, though the next burst came before the timer', () => {
    burst(call.joined, call.left);
    vi.setSystemTime(START + 2_001);
    burst(available);
    vi.advanceTimersByTime(QUEUE_INTERVAL_MS);
    expect(told.findLast(({ name }) => name === 'QueueStatus')?.data).toMatchObject({
      nbrOfRequesters: 0,
    });
  });

  it('asks again once a minute at most for a wrap-up of a day', () => {
    const tick = vi.spyOn(center, 'tick');
    burst(loggedIn(ann), call.completed(ann, 1e12));
    vi.advanceTimersByTime(5 * 60_000);
    expect(tick.mock.calls.length).toBeLessThanOrEqual(5);
  });

  it('hands an occurrence on once', () => {
    burst(call.joined, call.abandoned, call.left, call.hungUp);
    burst(call.abandoned, call.hungUp);
    expect(occurrences).toMatchObject([
      { kind: 'queue-call-incoming', queueId: queueIds.sales },
      { kind: 'queue-call-arrived', queueId: queueIds.sales },
      { kind: 'queue-call-disconnected', queueId: queueIds.sales },
      { kind: 'caller-gave-up', queueId: queueIds.sales },
    ]);
  });

  it('says nothing of users and queues that the directory does not have', () => {
    burst({ ...available, userId: 'somebody' }, callerFacts('1.1', 'some queue').joined);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });

  it('tells what waits for its time when it is flushed', () => {
    burst(loggedIn(ann));
    burst(memberChanged(ann, { paused: true }));
    told = [];
    feed.flush();
    expect(news()).toEqual(['UserStatus 0', 'QueueStatus 0']);
  });

  it('forgets what it told of a user who left the directory, and the tables what is over', () => {
    burst(loggedIn(ann), call.joined, call.abandoned, call.hungUp);
    directory.replace(contactCenterDirectory(['ann']));
    vi.advanceTimersByTime(11 * 60_000);
    expect(center.sizes()).toMatchObject({ visits: 0, members: 1 });
    directory.replace(contactCenterDirectory());
    told = [];
    burst(memberChanged(ann, {}));
    expect(news('UserStatus')).toEqual(['UserStatus 660']);
  });

  it('tells that a queue closes at its time, and follows the hours of a new directory', () => {
    replaceHours({ from: 9 * 60, to: 11 * 60 });
    burst(loggedIn(ann));
    vi.advanceTimersByTime(3_600_000 - 1);
    expect(told.at(-1)?.data).toMatchObject({ openStatus: 5 });
    news();
    vi.advanceTimersByTime(1);
    expect(told.at(-1)?.data).toMatchObject({ openStatus: 3 });
    expect(news()).toEqual(['QueueStatus 3600']);
    vi.advanceTimersByTime(QUEUE_INTERVAL_MS);
    replaceHours({ from: 9 * 60, to: 12 * 60 });
    expect(told.at(-1)?.data).toMatchObject({ openStatus: 5 });
  });

  it('leaves no timer behind when it is stopped', () => {
    burst(loggedIn(ann), call.joined, call.left, available);
    feed.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(directory.listeners).toBe(0);
  });
});

/** Another directory, in which Sales is open in one part of each day. */
function replaceHours(period: Period): void {
  const next = contactCenterDirectory();
  const queues = [...next.queues].map(([id, queue]): [string, Queue] =>
    id === queueIds.sales
      ? [id, { ...queue, schedule: { timeZone: 'UTC', open: [period], closed: [] } }]
      : [id, queue],
  );
  directory.replace({ ...next, queues: new Map(queues) });
}

it('what a snapshot corrects is told as states and counted by table', () => {
  const queue = { queueId: queueIds.sales, exists: true, members: [], waiting: [] } as const;
  feed.sink([{ ...loggedIn(ann), at: START }]);
  feed.flush();
  const before = told.length;
  feed.sink([{ kind: 'snapshot', snapshotId: '1', occasion: 'audit', at: START, queues: [queue] }]);
  feed.flush();
  expect(corrections).toEqual([['audit', 'members', 1]]);
  expect(
    told
      .slice(before)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['QueueStatus', 'UserStatus']);
});

describe('the state of the moment', () => {
  let states: CurrentStates;

  beforeEach(() => {
    states = new CurrentStates({ contactCenter: center, directory, now: Date.now });
  });

  it('is told of whom nothing has happened, and is ahead of what waits for its time', () => {
    const annsStatus = { entityId: people.ann, eventName: 'UserStatus' } as const;
    const zeros = { entityId: people.ann, activeQueues: 0 };
    expect(states.of(annsStatus)?.data).toMatchObject(zeros);
    burst(loggedIn(ann));
    expect(states.of(annsStatus)?.data).toMatchObject({ activeQueues: 1 });
    burst(memberChanged(ann, { paused: true }));
    expect(states.of(annsStatus)?.data).toMatchObject({ activeQueues: 0 });
    expect(told.filter(({ name }) => name === 'UserStatus')).toHaveLength(1);
  });

  it('is told of queues, with zeros before anything has happened', () => {
    const event = states.of({ entityId: queueIds.support, eventName: 'QueueStatus' });
    expect(event?.data).toMatchObject({
      queueId: queueIds.support,
      queueName: 'The support',
      nbrOfRequesters: 0,
      nbrOfAgentsCheckedInQueue: 0,
      openStatus: 0,
    });
  });

  it('of an availability is there once a source has told of it', () => {
    const annsOwn = { entityId: people.ann, eventName: 'UserAvailability' } as const;
    expect(states.of(annsOwn)).toBeUndefined();
    burst(available);
    const entry = { userId: people.ann, availability: 'Available' };
    expect(states.of(annsOwn)?.data).toMatchObject(entry);
  });

  it.each([
    [queueIds.sales, 'UserStatus'],
    [people.ann, 'QueueStatus'],
    [people.ann, 'UserCallInComing'],
    ['dddddddd-0000-4000-8000-000000000001', 'UserStatus'],
  ] as const)('there is none of %s for %s', (entityId, eventName) => {
    expect(states.of({ entityId, eventName })).toBeUndefined();
  });
});
