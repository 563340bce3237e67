/** Times to put a request off until that one press gives. */
export const QUICK_TIMES = ['30m', '2h', 'tomorrow'] as const;

type QuickTime = (typeof QUICK_TIMES)[number];

const MINUTE_MS = 60_000;

/** The hour at which tomorrow begins, where the browser is. */
const MORNING_HOUR = 9;

/** When that is, epoch ms; full minutes, as the field has no seconds. */
export function quickTime(quick: QuickTime, now: number): number {
  const minute = now - (now % MINUTE_MS);
  switch (quick) {
    case '30m':
      return minute + 30 * MINUTE_MS;
    case '2h':
      return minute + 120 * MINUTE_MS;
    case 'tomorrow': {
      const time = new Date(now);
      time.setDate(time.getDate() + 1);
      return time.setHours(MORNING_HOUR, 0, 0, 0);
    }
  }
}

/** A time in epoch ms as a field of type datetime-local has it: 2026-11-21T09:30. */
export function localTime(at: number): string {
  const time = new Date(at);
  const day = [
    String(time.getFullYear()).padStart(4, '0'),
    two(time.getMonth() + 1),
    two(time.getDate()),
  ].join('-');
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** What such a field has, in epoch ms; null while it is empty or not complete. */
export function timeOfLocal(value: string): number | null {
  const at = value === '' ? Number.NaN : new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
}
