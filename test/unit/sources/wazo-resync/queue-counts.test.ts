import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueueCounts } from '../../../../src/sources/wazo/resync/queue-counts.js';

/** What is said of a queue in one burst: by how much it changed, and how many there were then. */
type Said = readonly [change: 1 | -1, count: number];

const bursts: readonly (readonly [string, readonly (readonly Said[])[], number])[] = [
  ['joins and leaves that follow each other', [[[1, 1]], [[1, 2]], [[-1, 1]]], 0],
  ['the first word, whatever it is', [[[1, 7]]], 0],
  ['a join that was lost', [[[1, 1]], [[1, 3]]], 1],
  ['a leave that was lost', [[[1, 2]], [[1, 2]]], 1],
  ['only what comes after a loss', [[[1, 1]], [[1, 3]], [[1, 4]]], 1],
  [
    'a burst in order',
    [
      [[1, 1]],
      [
        [1, 2],
        [1, 3],
      ],
    ],
    0,
  ],
  [
    'a burst in reverse',
    [
      [[1, 1]],
      [
        [1, 3],
        [1, 2],
      ],
    ],
    0,
  ],
  [
    'a burst with a loss',
    [
      [[1, 1]],
      [
        [1, 3],
        [1, 4],
      ],
    ],
    1,
  ],
  [
    'what follows a burst with a loss',
    [
      [[1, 1]],
      [
        [1, 3],
        [1, 4],
      ],
      [[1, 5]],
      [[1, 6]],
    ],
    1,
  ],
  [
    'a first burst, whose last event is not known',
    [
      [
        [1, 1],
        [-1, 0],
      ],
      [[1, 5]],
    ],
    0,
  ],
];

let found: string[];
let counts: QueueCounts;

beforeEach(() => {
  vi.useFakeTimers();
  found = [];
  counts = new QueueCounts((queueName) => found.push(queueName));
});

afterEach(() => {
  vi.useRealTimers();
});

/** Tells one burst, and lets time pass. */
async function tell(said: readonly Said[], milliseconds: number, queueName = 'sales') {
  for (const [change, count] of said) {
    counts.note({ kind: 'queue-count', at: 0, queueName, change, count });
  }
  await vi.advanceTimersByTimeAsync(milliseconds);
}

describe('the counts of callers disagree', () => {
  it.each(bursts)('for %s as often as they must', async (_name, told, times) => {
    for (const burst of told) await tell(burst, 1_000);
    expect(found).toEqual(Array.from({ length: times }, () => 'sales'));
  });

  it('not when a caller leaves whose join is told a moment later', async () => {
    await tell([[1, 1]], 1_000);
    await tell([[-1, 1]], 999);
    await tell([[1, 2]], 1_000);
    await tell([[1, 2]], 1_000);
    expect(found).toEqual([]);
  });

  it('once, and of that queue only, when what was lost is not told within a second', async () => {
    await tell([[1, 1]], 0);
    await tell([[1, 1]], 0, 'support');
    await tell([[1, 3]], 500);
    await tell([[1, 4]], 499);
    expect(found).toEqual([]);
    await tell([[1, 2]], 1, 'support');
    expect(found).toEqual(['sales']);
    await tell([[-1, 3]], 1_000);
    expect([found, vi.getTimerCount()]).toEqual([['sales'], 0]);
  });

  it('not across an outage', async () => {
    await tell([[1, 1]], 0);
    await tell([[1, 5]], 0);
    expect(counts.size).toBe(1);
    counts.forget();
    expect([counts.size, vi.getTimerCount()]).toEqual([0, 0]);
    await tell([[1, 9]], 1_000);
    await tell([[1, 10]], 1_000);
    expect(found).toEqual([]);
  });
});
