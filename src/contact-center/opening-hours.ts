/** When a queue is open, in the local time of a zone. Without an open period it never is. */
export interface Schedule {
  /** Name in the IANA time zone database, such as `Europe/Helsinki`. */
  readonly timeZone: string;
  readonly open: readonly Period[];
  /** Wins over `open`. */
  readonly closed: readonly Period[];
}

/** A part of local time that comes again, as Wazo's schedules have it; what is absent is any. */
export interface Period {
  /** First minute of the day, 0 to 1439. */
  readonly from: number;
  /** The minute with which it is over, 1 to 1440; later than `from`. */
  readonly to: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekDays?: readonly number[];
  readonly monthDays?: readonly number[];
  /** 1 is January. */
  readonly months?: readonly number[];
  /** First and last day, such as `2026-12-24`. */
  readonly dates?: { readonly first: string; readonly last: string };
}

/** Whether a queue is open, and until when nothing can change that (epoch ms, exclusive). */
export interface Opening {
  readonly isOpen: boolean;
  readonly until: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Zones move their clocks at a quarter of an hour of UTC: until then an offset holds. */
const QUARTER_MS = 15 * MINUTE_MS;

/** Reads a schedule at any time. */
export class OpeningHours {
  readonly #schedule: Schedule;
  readonly #clock: Intl.DateTimeFormat;
  /** Minutes of a day at which something may change, the end of the day included; ascending. */
  readonly #bounds: readonly number[];

  /** @throws RangeError when nobody knows the time zone */
  constructor(schedule: Schedule) {
    const periods = [...schedule.open, ...schedule.closed];
    const bounds = new Set(periods.flatMap(({ from, to }) => [from, to]));
    this.#schedule = schedule;
    this.#clock = localClock(schedule.timeZone);
    this.#bounds = [...bounds.add(DAY_MINUTES)].sort((a, b) => a - b);
  }

  /** What holds at `now`, epoch ms. */
  at(now: number): Opening {
    const { open, closed } = this.#schedule;
    const local = this.#localTime(now);
    const holds = (period: Period) => isIn(period, local);
    const bound = this.#bounds.find((minute) => minute > local.minute) ?? DAY_MINUTES;
    const minuteStart = now - (now % MINUTE_MS);
    return {
      isOpen: open.some(holds) && !closed.some(holds),
      until: Math.min(
        minuteStart + (bound - local.minute) * MINUTE_MS,
        now - (now % QUARTER_MS) + QUARTER_MS,
      ),
    };
  }

  #localTime(now: number): LocalTime {
    const parts = this.#clock.formatToParts(now);
    const part = (type: Intl.DateTimeFormatPartTypes) =>
      Number(parts.find((candidate) => candidate.type === type)?.value);
    const [year, month, monthDay] = [part('year'), part('month'), part('day')];
    const midnight = new Date(Date.UTC(year, month - 1, monthDay));
    return {
      date: midnight.toISOString().slice(0, 'yyyy-mm-dd'.length),
      month,
      monthDay,
      weekDay: midnight.getUTCDay() || 7,
      minute: part('hour') * 60 + part('minute'),
    };
  }
}

/** Whether the time zone database has a zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    localClock(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

interface LocalTime {
  readonly date: string;
  readonly month: number;
  readonly monthDay: number;
  readonly weekDay: number;
  readonly minute: number;
}

function isIn(period: Period, { date, month, monthDay, weekDay, minute }: LocalTime): boolean {
  const { from, to, weekDays, monthDays, months, dates } = period;
  return (
    from <= minute &&
    minute < to &&
    (weekDays?.includes(weekDay) ?? true) &&
    (monthDays?.includes(monthDay) ?? true) &&
    (months?.includes(month) ?? true) &&
    (dates === undefined || (dates.first <= date && date <= dates.last))
  );
}

function localClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
}
