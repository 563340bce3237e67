import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_HISTORIES,
  MINUTE_MS,
  MINUTES,
  WaitingHistory,
} from '../../../../src/wallboard/board/model/waiting-history.js';
import { NOON, QUEUE } from './events.js';

const OTHER_QUEUE = 'aaaaaaaa-0000-4000-8000-000000000202';
const HOUR = MINUTES * MINUTE_MS;

type Value = number | null;

/** The hour as the hub has it `ago` minutes before noon, where these are the newest minutes. */
function read(values: readonly Value[], ago = 0, queueId = QUEUE) {
  const gaps = Array.from({ length: MINUTES - values.length }, () => null);
  return { queueId, newest: NOON / MINUTE_MS - ago, values: [...gaps, ...values] };
}

/** The newest points, so many as are expected. */
const newest = (history: WaitingHistory, now: number, count: number): readonly Value[] =>
  history.points(QUEUE, now).slice(-count);

describe('the last hour of a queue', () => {
  it('is empty where nobody knows of it', () => {
    expect(new WaitingHistory().points(QUEUE, NOON)).toEqual(Array(MINUTES).fill(null));
  });

  it('has the most of each minute that the board heard, and gaps where it did not', () => {
    const history = new WaitingHistory();
    for (const [waiting, seconds] of [
      [2, 0],
      [5, 20],
      [1, 59],
      [0, 120],
    ] as const) {
      history.record(QUEUE, waiting, NOON + seconds * 1000);
    }
    expect(newest(history, NOON + 3 * MINUTE_MS, 5)).toEqual([null, 5, null, 0, null]);
  });

  it('is what the hub has, and goes on from there', () => {
    const history = new WaitingHistory();
    history.take([read([4, null, 1])]);
    expect(newest(history, NOON, 4)).toEqual([null, 4, null, 1]);
    history.record(QUEUE, 3, NOON + 1_000);
    history.record(QUEUE, 2, NOON + MINUTE_MS);
    expect(newest(history, NOON + MINUTE_MS, 4)).toEqual([4, null, 3, 2]);
  });

  it.each<[string, readonly Value[], readonly Value[]]>([
    ['in the same minute, more', [9, 1], [9, 3]],
    ['in the same minute, less', [9, 7], [9, 7]],
    ['in a minute that the hub has not heard', [9, null], [9, null]],
  ])('keeps what was heard while it was read: %s', (_, hub, expected) => {
    const history = new WaitingHistory();
    history.record(QUEUE, 3, NOON);
    history.take([read(hub)]);
    expect(newest(history, NOON, 2)).toEqual(expected);
  });

  it('keeps what was heard in a minute that began while it was read', () => {
    const history = new WaitingHistory();
    history.record(QUEUE, 6, NOON - 1);
    history.record(QUEUE, 3, NOON);
    history.take([read([8, 1], 1)]);
    expect(newest(history, NOON, 3)).toEqual([8, 6, 3]);
    expect(history.points(QUEUE, NOON)).toHaveLength(MINUTES);
  });

  it.each([2, -5, 1_000_000])('is the hub’s where what was heard is %d minutes off', (off) => {
    const history = new WaitingHistory();
    history.record(QUEUE, 3, NOON + off * MINUTE_MS);
    history.take([read([8, 1])]);
    expect(newest(history, NOON, 2)).toEqual([8, 1]);
  });

  it('has no figure for a minute of which something was missed, but the hub may', () => {
    const history = new WaitingHistory();
    history.take([read([2, 2])]);
    history.miss(NOON + 1_000);
    history.record(QUEUE, 4, NOON + 2_000);
    expect(newest(history, NOON, 2)).toEqual([2, null]);
    history.miss(NOON + MINUTE_MS);
    history.record(QUEUE, 4, NOON + 2 * MINUTE_MS);
    expect(newest(history, NOON + 2 * MINUTE_MS, 4)).toEqual([2, null, null, 4]);
    history.take([read([2, 2, 3, 5], -2)]);
    expect(newest(history, NOON + 2 * MINUTE_MS, 4)).toEqual([2, 2, 3, 5]);
  });

  it('forgets what is older', () => {
    const history = new WaitingHistory();
    history.record(QUEUE, 2, NOON);
    expect(history.points(QUEUE, NOON + HOUR - MINUTE_MS)[0]).toBe(2);
    expect(history.points(QUEUE, NOON + HOUR)).toEqual(Array(MINUTES).fill(null));
    expect(history.points(QUEUE, NOON + 9 * HOUR)).toEqual(Array(MINUTES).fill(null));
  });

  it('goes on with the minute that it has when the clock is set back', () => {
    const history = new WaitingHistory();
    history.record(QUEUE, 2, NOON);
    history.record(QUEUE, 3, NOON - HOUR);
    history.miss(NOON - HOUR);
    expect(newest(history, NOON, 2)).toEqual([null, null]);
    history.record(QUEUE, 1, NOON + MINUTE_MS);
    expect(newest(history, NOON + MINUTE_MS, 2)).toEqual([null, 1]);
  });

  it('is kept of no more queues than its bound, and of none that the hub has no more', () => {
    const history = new WaitingHistory();
    for (let queue = 0; queue <= MAX_HISTORIES; queue += 1) history.record(String(queue), 1, NOON);
    expect(history.points(String(MAX_HISTORIES), NOON).at(-1)).toBeNull();
    history.take([read([1], 0, OTHER_QUEUE)]);
    history.record(QUEUE, 1, NOON);
    expect(history.points('0', NOON).at(-1)).toBeNull();
    expect(newest(history, NOON, 1)).toEqual([1]);
  });

  it('is always an hour long, whatever was heard and read when', () => {
    const at = fc.integer({ min: -HOUR, max: 3 * HOUR });
    const values = fc.array(fc.option(fc.nat(20)), { maxLength: MINUTES });
    const change = fc.oneof(
      fc.record({ waiting: fc.nat(20), at }),
      fc.record({ missedAt: at }),
      fc.record({ values, ago: fc.integer({ min: -120, max: 60 }) }),
    );
    fc.assert(
      fc.property(fc.array(change), at, (changes, later) => {
        const history = new WaitingHistory();
        for (const one of changes) {
          if ('waiting' in one) history.record(QUEUE, one.waiting, NOON + one.at);
          else if ('missedAt' in one) history.miss(NOON + one.missedAt);
          else history.take([read(one.values, one.ago)]);
        }
        expect(history.points(QUEUE, NOON + later)).toHaveLength(MINUTES);
      }),
    );
  });
});
