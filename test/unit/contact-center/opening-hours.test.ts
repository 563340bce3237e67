import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isTimeZone,
  OpeningHours,
  type Period,
  type Schedule,
} from '../../../src/contact-center/opening-hours.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const weekDays = { from: 8 * 60, to: 16 * 60, weekDays: [1, 2, 3, 4, 5] } as const;
const saturday = { from: 10 * 60, to: 14 * 60 + 30, weekDays: [6] } as const;
const wholeDay = { from: 0, to: 1_440 } as const;
const christmas = { ...wholeDay, months: [12], monthDays: [25] } as const;
const holidays = { ...wholeDay, dates: { first: '2026-07-13', last: '2026-07-17' } } as const;

const helsinki: Schedule = {
  timeZone: 'Europe/Helsinki',
  open: [weekDays, saturday],
  closed: [christmas, holidays],
};

function isOpen(schedule: Schedule, time: string): boolean {
  return new OpeningHours(schedule).at(Date.parse(time)).isOpen;
}

/** When the hours first change after `time`, found as the hub finds it: by looking when told to. */
function nextChange(schedule: Schedule, time: string): string {
  const hours = new OpeningHours(schedule);
  let now = Date.parse(time);
  const before = hours.at(now).isOpen;
  for (let looks = 0; looks < 1_000; looks += 1) {
    now = hours.at(now).until;
    if (hours.at(now).isOpen !== before) return new Date(now).toISOString();
  }
  return 'never';
}

describe('opening hours', () => {
  it.each([
    ['a Monday before they begin', '2026-11-23T05:59:59.999Z', false],
    ['their first moment', '2026-11-23T06:00:00Z', true],
    ['their last moment', '2026-11-23T13:59:59.999Z', true],
    ['their end', '2026-11-23T14:00:00Z', false],
    ['a Saturday of its own hours', '2026-11-21T12:29:59Z', true],
    ['the end of such a Saturday', '2026-11-21T12:30:00Z', false],
    ['a Sunday', '2026-11-22T10:00:00Z', false],
    ['a Monday that is still Sunday in UTC', '2026-11-22T23:00:00Z', false],
    ['a day closed in every year', '2026-12-25T10:00:00Z', false],
    ['that day in another year', '2028-12-25T10:00:00Z', false],
    ['the day before it', '2026-12-24T10:00:00Z', true],
    ['the last of some closed days', '2026-07-17T10:00:00Z', false],
    ['the day after those', '2026-07-20T10:00:00Z', true],
    ['the first morning of summer time', '2026-03-30T05:00:00Z', true],
    ['an hour before that', '2026-03-30T04:59:59Z', false],
    ['the first morning of winter time', '2026-10-26T05:59:59Z', false],
    ['an hour after that', '2026-10-26T06:00:00Z', true],
  ])('at %s', (_when, time, expected) => {
    expect(isOpen(helsinki, time)).toBe(expected);
  });

  it('without an open period are never', () => {
    expect(isOpen({ timeZone: 'UTC', open: [], closed: [] }, '2026-11-23T10:00:00Z')).toBe(false);
  });

  it.each([
    ['the next morning', helsinki, '2026-11-23T14:00:00Z', '2026-11-24T06:00:00.000Z'],
    ['this afternoon', helsinki, '2026-11-23T08:17:31.123Z', '2026-11-23T14:00:00.000Z'],
    ['after a weekend', helsinki, '2026-11-21T12:30:00Z', '2026-11-23T06:00:00.000Z'],
    [
      'in a spring night',
      nightly(1 * 60, 5 * 60),
      '2026-03-29T00:10:00Z',
      '2026-03-29T02:00:00.000Z',
    ],
    [
      'in an autumn night',
      nightly(1 * 60, 5 * 60),
      '2026-10-25T00:10:00Z',
      '2026-10-25T03:00:00.000Z',
    ],
    // 03:30 does not exist in Helsinki on that day: what begins then begins with what exists next.
    [
      'in the lost hour',
      nightly(3 * 60 + 30, 5 * 60),
      '2026-03-29T00:10:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    ['never', { ...helsinki, open: [wholeDay], closed: [] }, '2026-03-29T00:10:00Z', 'never'],
  ])('change %s', (_when, schedule, time, expected) => {
    expect(nextChange(schedule, time)).toBe(expected);
  });

  it('do not change before they say', () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    const period: fc.Arbitrary<Period> = fc
      .record({ a: minute, b: minute, weekDays: fc.subarray([1, 2, 3, 4, 5, 6, 7]) })
      .map(({ a, b, weekDays: days }) => ({
        from: Math.min(a, b),
        to: Math.max(a, b) + 1,
        weekDays: days,
      }));
    const schedule = fc.record({
      timeZone: fc.constantFrom(
        'Europe/Helsinki',
        'America/St_Johns',
        'Australia/Lord_Howe',
        'Asia/Kathmandu',
        'Pacific/Chatham',
      ),
      open: fc.array(period, { maxLength: 3 }),
      closed: fc.array(period, { maxLength: 2 }),
    });
    const start = Date.parse('2026-01-01T00:00:00Z');
    const time = fc.integer({ min: start, max: start + 365 * DAY_MS });
    fc.assert(
      fc.property(
        schedule,
        time,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (hours, now, part) => {
          const opening = new OpeningHours(hours);
          const { isOpen: open, until } = opening.at(now);
          expect(until).toBeGreaterThan(now);
          const between = now + Math.floor((until - 1 - now) * part);
          expect(opening.at(between).isOpen).toBe(open);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function nightly(from: number, to: number): Schedule {
  return { timeZone: 'Europe/Helsinki', open: [{ from, to }], closed: [] };
}

describe('a time zone', () => {
  it.each([
    ['Europe/Helsinki', true],
    ['UTC', true],
    ['Europe/Atlantis', false],
    ['', false],
  ])('called "%s" exists: %s', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });

  it('that does not exist makes no opening hours', () => {
    expect(() => new OpeningHours({ ...helsinki, timeZone: 'Europe/Atlantis' })).toThrow(
      RangeError,
    );
  });
});
