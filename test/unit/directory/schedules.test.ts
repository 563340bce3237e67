import { describe, expect, it } from 'vitest';
import { parseDirectory } from '../../../src/directory/index.js';
import { ids, smallDirectory, testOptions } from './directory-fixture.js';

const period = { days: ['mon', 'sun'], from: '08:00', to: '16:30' } as const;
const schedule = { timeZone: 'Europe/Helsinki', open: [period] } as const;

function parse(hours: unknown) {
  const file = smallDirectory();
  const queues = [{ ...file.queues[0], schedule: hours }];
  return parseDirectory({ ...file, queues }, testOptions);
}

describe('the schedule of a queue', () => {
  it('is minutes of the local day, with days as numbers', async () => {
    const closed = ['2026-12-24', '12-25', { first: '2026-07-01', last: '2026-07-31' }];
    const parsed = await parse({ ...schedule, open: [period, { ...period, to: '24:00' }], closed });
    const day = { from: 0, to: 1_440 };
    expect(parsed.ok && parsed.directory.queues.get(ids.sales)?.schedule).toEqual({
      timeZone: 'Europe/Helsinki',
      open: [
        { from: 480, to: 990, weekDays: [1, 7] },
        { from: 480, to: 1_440, weekDays: [1, 7] },
      ],
      closed: [
        { ...day, dates: { first: '2026-12-24', last: '2026-12-24' } },
        { ...day, months: [12], monthDays: [25] },
        { ...day, dates: { first: '2026-07-01', last: '2026-07-31' } },
      ],
    });
  });

  it('may be left out', async () => {
    const parsed = await parseDirectory(smallDirectory(), testOptions);
    expect(parsed.ok && parsed.directory.queues.get(ids.sales)).not.toHaveProperty('schedule');
  });

  it.each([
    ['a zone that does not exist', { ...schedule, timeZone: 'Helsinki' }, 'timeZone'],
    ['no open period', { ...schedule, open: [] }, 'open'],
    ['an unknown day', { ...schedule, open: [{ ...period, days: ['monday'] }] }, 'open[0].days[0]'],
    ['no day', { ...schedule, open: [{ ...period, days: [] }] }, 'open[0].days'],
    ['a time that is none', { ...schedule, open: [{ ...period, from: '8:00' }] }, 'open[0].from'],
    ['an end before the start', { ...schedule, open: [{ ...period, to: '07:59' }] }, 'open[0].to'],
    ['a date that is none', { ...schedule, closed: ['2026-02-30'] }, 'closed[0]'],
    ['a day of no year', { ...schedule, closed: ['02-30'] }, 'closed[0]'],
    [
      'a range the wrong way round',
      { ...schedule, closed: [{ first: '2026-02-02', last: '2026-02-01' }] },
      'closed[0]',
    ],
    ['an unknown key', { ...schedule, colour: 'red' }, 'colour'],
  ])('with %s is a fault', async (_what, hours, path) => {
    const parsed = await parse(hours);
    expect(parsed.ok ? [] : parsed.faults.map((fault) => fault.path)).toEqual([
      `queues[0].schedule.${path}`,
    ]);
  });
});
