import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { CallList } from '../../src/directory/types.js';
import { ContactCenter } from '../../src/contact-center/index.js';
import { createEventFlow } from '../../src/composition/event-flow.js';
import { InProcessEventBus } from '../../src/rte/event-bus.js';
import type { StateFeed } from '../../src/rte/state-feed.js';
import {
  contactCenterDirectory,
  FakeDirectoryHolder,
  queueIds,
} from '../support/directory-fixture.js';
import { memoryCallbacks } from '../support/callback-store/memory-callbacks.js';
import { noLogger } from '../support/no-logger.js';
import { bob, callerFacts, type Fact, loggedIn, START } from './contact-center/story.js';

let flow: StateFeed;
let directory: FakeDirectoryHolder;
let callbacks: string[];
/** Names of the events of calls that clients were told, and kinds of what they were not. */
let told: string[];
let untold: string[];

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  [callbacks, told, untold] = [[], [], []];
  directory = new FakeDirectoryHolder();
  const bus = new InProcessEventBus(noLogger);
  bus.onEvent(({ name, data }) => {
    if (name === 'CallbackChanged') callbacks.push(lineOf(data));
    if (name.startsWith('QueueCall')) told.push(name);
  });
  flow = createEventFlow({
    contactCenter: new ContactCenter(),
    directory,
    bus,
    callbacks: memoryCallbacks({ directory, bus, logger: noLogger, now: Date.now }),
    logger: noLogger,
    watchTables: () => undefined,
    corrected: () => undefined,
    untold: (kind) => untold.push(kind),
    userStatusIntervalMs: 200,
    queueStatusIntervalMs: 1_000,
    now: Date.now,
  });
});

afterEach(() => {
  flow.stop();
  vi.useRealTimers();
});

/** Whom to call back, and what became of the request. */
function lineOf(data: object): string {
  const change = z
    .object({ contactNumber: z.string(), created: z.boolean(), isClosed: z.boolean() })
    .parse(data);
  if (change.created) return `${change.contactNumber} created`;
  return `${change.contactNumber} ${change.isClosed ? 'closed' : 'changed'}`;
}

/** Tells one burst of the caller's call with that number, and waits until its requests are kept. */
async function burst(call: number, ...facts: readonly Fact[]): Promise<void> {
  const callId = `eeeeeeee-0000-4000-8000-00000000000${call}`;
  flow.sink(
    facts.map((fact) => ({ ...fact, ...('callId' in fact ? { callId } : {}), at: Date.now() })),
  );
  await vi.advanceTimersByTimeAsync(5_000);
}

/** The one list of the directory, with what the file says of it. */
function replaceList(changes: Partial<CallList>): void {
  const next = contactCenterDirectory();
  const callLists = [...next.callLists].map(([id, list]): [string, CallList] => [
    id,
    { ...list, ...changes },
  ]);
  directory.replace({ ...next, callLists: new Map(callLists) });
}

const first = callerFacts('1.1');
const second = callerFacts('1.2', queueIds.support);
const givesUp = [first.joined, first.abandoned, first.left, first.hungUp];
const isAnswered = [loggedIn(bob, queueIds.support), second.joined, second.connected(bob)];

async function overflowsInVain(): Promise<void> {
  await burst(1, first.joined, first.abandoned, first.left);
  await burst(1, first.hungUp);
}

describe('callback requests', () => {
  it('are made of callers who gave up, and closed when any queue of the list answers them', async () => {
    await burst(1, ...givesUp);
    await burst(2, ...isAnswered);
    expect(callbacks).toEqual(['+1 created', '+1 closed']);
  });

  it('stay open when the list says so', async () => {
    replaceList({ closeWhenAnswered: false });
    await burst(1, ...givesUp);
    await burst(2, ...isAnswered);
    expect(callbacks).toEqual(['+1 created']);
  });

  it.each([
    [['abandoned'], []],
    [['abandoned', 'overflow'], ['+1 created']],
    [['overflow'], ['+1 created']],
    [['explicit'], []],
  ] as const)(
    'are made of overflowed calls by a list that collects %j: %j',
    async (collect, made) => {
      replaceList({ collect });
      await overflowsInVain();
      expect(callbacks).toEqual(made);
    },
  );

  it('are not made of callers who gave up by a list that collects overflow only', async () => {
    replaceList({ collect: ['overflow'] });
    await burst(1, ...givesUp);
    expect(callbacks).toEqual([]);
  });
});

describe('what waited while the hub was away', () => {
  const HOUR = 3_600_000;
  const callId = 'eeeeeeee-0000-4000-8000-000000000001';

  /** Tells bursts at once that happened 300 ms after each other, the first one so long ago. */
  async function backlog(age: number, ...bursts: readonly (readonly Fact[])[]): Promise<void> {
    flow.sink([{ kind: 'backlog-begun', at: Date.now() }]);
    for (const [index, facts] of bursts.entries()) {
      const at = Date.now() - age + index * 300;
      flow.sink(facts.map((fact) => ({ ...fact, ...('callId' in fact ? { callId } : {}), at })));
    }
    flow.sink([{ kind: 'backlog-over', at: Date.now() }]);
    await vi.advanceTimersByTimeAsync(5_000);
  }

  it('and is long past makes callback requests, and no news', async () => {
    await backlog(HOUR, [first.joined], [first.abandoned, first.left], [first.hungUp]);
    // The hangup came within the grace by the time of the events: the caller gave up.
    expect(callbacks).toEqual(['+1 created']);
    expect(told).toEqual([]);
    expect(untold).toEqual([
      'queue-call-incoming',
      'queue-call-arrived',
      'queue-call-disconnected',
    ]);
  });

  it('and has just happened is told', async () => {
    await backlog(10_000, [first.joined], [first.abandoned, first.left], [first.hungUp]);
    expect(callbacks).toEqual(['+1 created']);
    expect(told).toEqual(['QueueCallInComing', 'QueueCallInArrived', 'QueueCallInDisconnected']);
    expect(untold).toEqual([]);
  });

  it('and ends a call that was told of is told', async () => {
    await burst(1, first.joined);
    told = [];
    await vi.advanceTimersByTimeAsync(HOUR);
    await backlog(HOUR, [first.abandoned, first.left], [first.hungUp]);
    expect(told).toEqual(['QueueCallInDisconnected']);
    expect(callbacks).toEqual(['+1 created']);
  });
});
