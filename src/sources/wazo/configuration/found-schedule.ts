import { isTimeZone, type Period, type Schedule } from '../../../contact-center/index.js';
import type { ConfdSchedule } from '../rest/wazo-confd.js';

type ConfdPeriod = ConfdSchedule['open_periods'][number];

/**
 * A schedule of wazo-confd as opening hours: open in the open periods, except in the exceptional
 * ones, which send calls elsewhere.
 * @returns undefined when it decides nothing: it is disabled, or in an unknown time zone
 */
export function foundSchedule(schedule: ConfdSchedule): Schedule | undefined {
  const { timezone: timeZone, enabled } = schedule;
  if (enabled === false || timeZone === null || timeZone === undefined) return undefined;
  if (!isTimeZone(timeZone)) return undefined;
  return {
    timeZone,
    open: schedule.open_periods.flatMap(periodOf),
    closed: schedule.exceptional_periods.flatMap(periodOf),
  };
}

/** Wazo's last minute belongs to the period: 08:00 to 17:00 is open at 17:00:59. */
function periodOf(period: ConfdPeriod): Period[] {
  const [from, last] = [minuteOf(period.hours_start), minuteOf(period.hours_end)];
  if (from === undefined || last === undefined || last < from) return [];
  const { week_days: weekDays, month_days: monthDays, months } = period;
  return [
    {
      from,
      to: last + 1,
      ...(weekDays ? { weekDays } : {}),
      ...(monthDays ? { monthDays } : {}),
      ...(months ? { months } : {}),
    },
  ];
}

function minuteOf(text: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/u.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
