import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUCKET_MS,
  BUCKETS,
  MAX_HISTORIES,
  WaitingHistory,
} from '../../../../src/wallboard/board/model/waiting-history.js';
import { NOON, QUEUE } from './events.js';

const HOUR = BUCKETS * BUCKET_MS;

describe('the last hour of a queue', () => {
  it('is empty where nobody looked', () => {
    expect(new WaitingHistory().points(QUEUE, NOON)).toEqual(Array(BUCKETS).fill(null));
  });

  it('has the most of each half minute, and gaps where nobody looked', () => {
    const history = new WaitingHistory();
    history.record(QUEUE, 2, NOON);
    history.record(QUEUE, 5, NOON + 10_000);
    history.record(QUEUE, 1, NOON + 20_000);
    history.record(QUEUE, 0, NOON + 2 * BUCKET_MS);
    const points = history.points(QUEUE, NOON + 3 * BUCKET_MS);
    expect(points.slice(-4)).toEqual([5, null, 0, null]);
    expect(points).toHaveLength(BUCKETS);
  });

  it('forgets what is older', () => {
    const history = new WaitingHistory();
    history.record(QUEUE, 2, NOON);
    expect(history.points(QUEUE, NOON + HOUR - BUCKET_MS)[0]).toBe(2);
    expect(history.points(QUEUE, NOON + HOUR)).toEqual(Array(BUCKETS).fill(null));
    expect(history.points(QUEUE, NOON + 9 * HOUR)).toEqual(Array(BUCKETS).fill(null));
  });

  it('takes a clock that was set back for what it is', () => {
    const history = new WaitingHistory();
    history.record(QUEUE, 2, NOON);
    history.record(QUEUE, 3, NOON - HOUR);
    expect(history.points(QUEUE, NOON).at(-1)).toBe(3);
  });

  it('outlasts a reload, as far as it is not too old or from the future', () => {
    const history = new WaitingHistory();
    history.record(QUEUE, 2, NOON);
    const back = (now: number) => WaitingHistory.from(history.kept(), now).points(QUEUE, now);
    expect(back(NOON + BUCKET_MS).slice(-2)).toEqual([2, null]);
    expect(back(NOON + HOUR)).toEqual(Array(BUCKETS).fill(null));
    expect(back(NOON - HOUR)).toEqual(Array(BUCKETS).fill(null));
  });

  it('is kept of no more queues than its bound', () => {
    const history = new WaitingHistory();
    for (let queue = 0; queue <= MAX_HISTORIES; queue += 1) history.record(String(queue), 1, NOON);
    expect(history.kept()).toHaveLength(MAX_HISTORIES);
    expect(history.points(String(MAX_HISTORIES), NOON).at(-1)).toBeNull();
  });

  it('is always an hour long, whatever was recorded when', () => {
    const samples = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 0, max: 3 * HOUR })));
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 5 * HOUR }), (recorded, later) => {
        const history = new WaitingHistory();
        for (const [waiting, at] of recorded) history.record(QUEUE, waiting, NOON + at);
        expect(history.points(QUEUE, NOON + later)).toHaveLength(BUCKETS);
        for (const { values } of history.kept()) expect(values.length).toBeLessThanOrEqual(BUCKETS);
      }),
    );
  });
});
