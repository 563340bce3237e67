import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FigureHour,
  type Minute,
  MINUTE_MS,
  minuteOf,
  MINUTES,
} from '../../../src/rte/figure-hour.js';

const NOON = minuteOf(Date.UTC(2026, 10, 21, 12));

const so = (waiting: number, longestWait = 0) => ({ waiting, longestWait });

/** What the minutes up to `last` say, without the gaps before the first that is known. */
function told(hour: FigureHour, last: number): readonly Minute[] {
  const minutes = hour.upTo(last);
  const first = minutes.findIndex((minute) => minute !== null);
  return first < 0 ? [] : minutes.slice(first);
}

describe('the minute of a time', () => {
  it.each([
    [0, 0],
    [MINUTE_MS - 1, 0],
    [MINUTE_MS, 1],
    [NOON * MINUTE_MS, NOON],
    [NOON * MINUTE_MS - 1, NOON - 1],
  ])('of %d is %d', (time, minute) => {
    expect(minuteOf(time)).toBe(minute);
  });
});

describe('the hour of a queue', () => {
  it('is an hour of gaps where nothing was noted', () => {
    expect(new FigureHour(NOON).upTo(NOON)).toEqual(Array(MINUTES).fill(null));
  });

  it('has the greatest of each figure, each by itself', () => {
    const hour = new FigureHour(NOON);
    for (const figures of [so(2, 9), so(5, 1), so(0, 0)]) hour.note(NOON, figures);
    expect(told(hour, NOON)).toEqual([so(5, 9)]);
  });

  it('has a gap for what was forgotten, until something is noted of a later minute', () => {
    const hour = new FigureHour(NOON);
    hour.note(NOON, so(1));
    hour.note(NOON + 1, so(2));
    hour.forget(NOON + 1);
    hour.note(NOON + 2, so(0));
    expect(told(hour, NOON + 2)).toEqual([so(1), null, so(0)]);
  });

  it.each([
    ['a minute on', 1, [so(1), so(3)]],
    ['some minutes on: a gap', 3, [so(1), null, null, so(3)]],
    ['to the end of the hour', 59, [so(1), ...Array<Minute>(58).fill(null), so(3)]],
    ['past the hour', 60, [so(3)]],
    ['to another year', 525_600, [so(3)]],
  ])('is right when the clock goes %s', (_, ahead, expected) => {
    const hour = new FigureHour(NOON);
    hour.note(NOON, so(1));
    hour.note(NOON + ahead, so(3));
    expect(told(hour, NOON + ahead)).toEqual(expected);
  });

  it.each([
    ['by less than is known', 2, [so(1), so(7)]],
    ['by all that is known', 3, [so(7)]],
    ['by years', 1_000_000, [so(7)]],
  ])('forgets what was noted later when the clock is set back %s', (_, back, expected) => {
    const hour = new FigureHour(NOON);
    for (const ahead of [0, 1, 2, 3]) hour.note(NOON + ahead, so(ahead + 1));
    const now = NOON + 3 - back;
    hour.note(now, so(0));
    hour.note(now, so(7));
    expect(told(hour, now)).toEqual(expected);
    // When those times come again, nothing of the first time is in them.
    expect(told(hour, now + 2)).toEqual([...expected, null, null]);
  });

  it('goes on with what was kept, as far as that was not longer than an hour ago', () => {
    const kept = Array.from({ length: 70 }, (_, index) => so(index));
    const hour = new FigureHour(NOON, kept);
    expect(hour.upTo(NOON)).toEqual(kept.slice(-MINUTES));
    expect(told(hour, NOON + 58).slice(0, 3)).toEqual([so(68), so(69), null]);
    expect(told(hour, NOON + 60)).toEqual([]);
    expect(told(new FigureHour(NOON + 99, kept), NOON)).toEqual([]);
  });

  it('is as a list of all that was noted would have it, whatever the clock does', () => {
    const steps = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(0, 1, 2) },
      fc.integer({ min: -130, max: 130 }),
    );
    const figures = fc.record({ waiting: fc.nat(9), longestWait: fc.nat(900) });
    const change = fc.tuple(steps, fc.option(figures));
    fc.assert(
      fc.property(fc.array(change), fc.integer({ min: -90, max: 90 }), (changes, later) => {
        const hour = new FigureHour(NOON);
        const model = new Map<number, Minute>();
        let minute = NOON;
        for (const [step, noted] of changes) {
          minute += step;
          if (noted === null) hour.forget(minute);
          else hour.note(minute, noted);
          for (const known of model.keys()) {
            if (known > minute || known <= minute - MINUTES) model.delete(known);
          }
          model.set(minute, noted && greatest(model.get(minute) ?? noted, noted));
        }
        const last = minute + later;
        const expected = Array.from(
          { length: MINUTES },
          (_, index) => model.get(last - MINUTES + 1 + index) ?? null,
        );
        expect(hour.upTo(last)).toEqual(expected);
      }),
    );
  });
});

function greatest(one: NonNullable<Minute>, other: NonNullable<Minute>): Minute {
  return {
    waiting: Math.max(one.waiting, other.waiting),
    longestWait: Math.max(one.longestWait, other.longestWait),
  };
}
