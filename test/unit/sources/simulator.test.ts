import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoDirectoryFile, parseDirectory } from '../../../src/directory/index.js';
import type { Directory } from '../../../src/directory/types.js';
import { SimulatedCenter } from '../../../src/sources/simulator/simulated-center.js';
import type { BusMessage } from '../../../src/sources/simulator/wazo-messages.js';
import { testOptions } from '../directory/directory-fixture.js';
import { IngestUnderTest, START } from './ingest-fixture.js';

const SEED = 7;
const HOUR_MS = 3_600_000;

let directory: Directory;
/** Two hours of the demo center, played once. */
let hub: IngestUnderTest;

beforeAll(async () => {
  const parsed = await parseDirectory(demoDirectoryFile, testOptions);
  if (!parsed.ok) throw new Error('the demo directory has faults');
  directory = parsed.directory;
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest(directory);
  play(2 * HOUR_MS);
});

afterAll(() => {
  vi.useRealTimers();
});

/** What a center with the seed publishes in its first ten minutes. */
function firstMessages(seed: number): (readonly [number, readonly BusMessage[]])[] {
  const published: (readonly [number, readonly BusMessage[]])[] = [];
  const center = new SimulatedCenter(directory, seed, START, (messages, at) => {
    published.push([at, messages]);
  });
  while ((center.nextAt ?? Infinity) < START + HOUR_MS / 6) center.step();
  return published;
}

/** Plays a center in virtual time through the ingest, for `ms` milliseconds. */
function play(ms: number): void {
  const center = new SimulatedCenter(directory, SEED, START, (messages) => {
    hub.deliver(...messages.toReversed());
  });
  for (;;) {
    const { nextAt } = center;
    if (nextAt === undefined || nextAt > START + ms) break;
    vi.advanceTimersByTime(Math.max(0, Math.floor(nextAt) - Date.now()));
    center.step();
  }
  hub.settle();
}

describe('the simulated center', () => {
  it('plays the same day with the same seed, and another with another', () => {
    const day = firstMessages(SEED);
    expect(day.length).toBeGreaterThan(100);
    expect(firstMessages(SEED)).toEqual(day);
    expect(firstMessages(SEED + 1)).not.toEqual(day);
  });

  it('speaks only what the ingest understands, for two hours without an impossible state', () => {
    expect(hub.outcomes.length).toBeGreaterThan(10_000);
    expect(new Set(hub.outcomes.map((outcome) => outcome.split(' ')[1]))).toEqual(
      new Set(['applied']),
    );
    expect(hub.warnings).toEqual([]);
  });

  it('plays every step of calls of queues and of own numbers', () => {
    expect(new Set(hub.occurrences.map(({ kind }) => kind))).toEqual(
      new Set([
        'queue-call-incoming',
        'queue-call-arrived',
        'queue-call-disconnected',
        'caller-gave-up',
        'user-call-incoming',
        'user-call-arrived',
        'user-call-allocated',
        'user-call-connected',
        'user-call-cancelled',
        'user-call-disconnected',
        'user-call-out-connected',
        'user-call-out-disconnected',
        'wrap-up-enabled',
        'wrap-up-started',
        'wrap-up-ended',
      ]),
    );
  });

  it('answers most callers and loses some, and every one of them ends', () => {
    const events = hub.bursts.flat();
    const legsOf = (kind: string) =>
      new Set(
        events.flatMap((event) => (event.kind === kind && 'legId' in event ? [event.legId] : [])),
      );
    const joined = legsOf('queue-call-joined');
    const answered = legsOf('queue-call-connected');
    const lost = legsOf('queue-call-abandoned');
    const ended = legsOf('channel-ended');
    expect(lost.size).toBeGreaterThan(10);
    expect(answered.size).toBeGreaterThan(lost.size);
    const gaveUp = hub.occurrences.filter((one) => one.kind === 'caller-gave-up');
    expect(gaveUp.map(({ legId }) => legId).toSorted()).toEqual([...lost].toSorted());
    const inTheQueues = [...directory.queues.keys()]
      .map((id) => hub.center.queueStatus(id, Date.now()).requesters)
      .reduce((sum, requesters) => sum + requesters, 0);
    expect(joined.size - [...joined].filter((legId) => ended.has(legId)).length).toBe(inTheQueues);
    expect(inTheQueues).toBeLessThan(20);
  });
});
