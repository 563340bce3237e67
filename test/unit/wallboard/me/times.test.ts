import { describe, expect, it } from 'vitest';
import {
  localTime,
  quickTime,
  timeOfLocal,
} from '../../../../src/wallboard/me/callback/put-off.js';
import { rough } from '../../../../src/wallboard/me/moments.js';
import { timeOf } from '../../../../src/wallboard/me/times.js';
import { iso, START } from './me-events.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a time of the contract', () => {
  it.each([
    [iso(1), START + 1000],
    ['2026-11-21T09:00:01.1234567Z', START + 1123],
    [null, null],
    ['9999-12-31T23:59:59.9999999Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['soon', null],
  ])('%s is %s', (time, at) => {
    expect(timeOf(time)).toBe(at);
  });
});

describe('a rough length of time', () => {
  it.each([
    [0, 1, 'minute'],
    [29_000, 1, 'minute'],
    [-12 * MINUTE, 12, 'minute'],
    [2 * HOUR - 1, 120, 'minute'],
    [2 * HOUR, 2, 'hour'],
    [2 * DAY - 1, 48, 'hour'],
    [2 * DAY, 2, 'day'],
    [-10.4 * DAY, 10, 'day'],
  ])('of %s ms is %s %s', (milliseconds, value, unit) => {
    expect(rough(milliseconds)).toEqual([value, unit]);
  });
});

describe('putting off', () => {
  it('by a press takes full minutes', () => {
    expect(quickTime('30m', START + 12_345)).toBe(START + 30 * MINUTE);
    expect(quickTime('2h', START + 12_345)).toBe(START + 2 * HOUR);
  });

  it('until tomorrow is nine in the morning where the browser is', () => {
    const time = new Date(quickTime('tomorrow', START));
    expect([time.getHours(), time.getMinutes(), time.getSeconds()]).toEqual([9, 0, 0]);
    const days = (time.setHours(0) - new Date(START).setHours(0, 0, 0, 0)) / DAY;
    expect(Math.round(days)).toBe(1);
  });

  it('goes into the field and out of it again', () => {
    expect(localTime(START)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/u);
    expect(timeOfLocal(localTime(START))).toBe(START);
  });

  it.each(['0002-11-21T09:30', '0202-01-02T00:00'])(
    'stands in the field while its year is being typed: %s',
    (value) => {
      expect(localTime(timeOfLocal(value) ?? 0)).toBe(value);
    },
  );

  it.each(['', '2026-13-45T99:99'])('%s in the field is no time', (value) => {
    expect(timeOfLocal(value)).toBeNull();
  });
});
