import type { Limits } from './severity.js';

/** What the board calls a warning, and what critical. */
export interface Thresholds {
  /** Callers of one queue whom nobody has answered. */
  readonly waiting: Limits;
  /** How long the one of them has waited who waits longest, seconds. */
  readonly waitSeconds: Limits;
  /** Callback requests of one list that are overdue. */
  readonly overdue: Limits;
}

/**
 * Waits as the vendor's own queue view colours them: yellow after half a minute, red after one.
 * Three callers who wait at once are as many as a middling queue answers within that time.
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  waiting: { warning: 3, critical: 6 },
  waitSeconds: { warning: 30, critical: 60 },
  overdue: { warning: 1, critical: 5 },
};

/** No queue has more callers, and nobody waits for longer than a day. */
const MAX_LIMIT = 86_400;

/** Whether these are limits: whole numbers, critical not below warning. 0 is no limit. */
export function areLimits({ warning, critical }: Limits): boolean {
  return isLimit(warning) && isLimit(critical) && (critical >= warning || critical === 0);
}

function isLimit(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_LIMIT;
}
