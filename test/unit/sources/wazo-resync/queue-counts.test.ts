import { describe, expect, it } from 'vitest';
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

describe('the counts of callers disagree', () => {
  it.each(bursts)('for %s as often as they must', async (_name, told, times) => {
    const found: string[] = [];
    const counts = new QueueCounts((queueName) => found.push(queueName));
    for (const burst of told) {
      for (const [change, count] of burst) {
        counts.note({ kind: 'queue-count', at: 0, queueName: 'sales', change, count });
      }
      await Promise.resolve();
    }
    expect(found).toEqual(Array.from({ length: times }, () => 'sales'));
  });

  it('not across an outage', async () => {
    const found: string[] = [];
    const counts = new QueueCounts((queueName) => found.push(queueName));
    const note = async (count: number) => {
      counts.note({ kind: 'queue-count', at: 0, queueName: 'sales', change: 1, count });
      await Promise.resolve();
    };
    await note(1);
    expect(counts.size).toBe(1);
    counts.forget();
    expect(counts.size).toBe(0);
    await note(9);
    await note(10);
    expect(found).toEqual([]);
  });
});
