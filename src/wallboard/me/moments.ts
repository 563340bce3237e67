import { locale } from '../texts/index.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of time in one figure with its unit, `12 min` or `3 hr`; less than a minute is one. */
export function formatRough(milliseconds: number): string {
  const [value, unit] = rough(milliseconds);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

/** The figure and its unit: minutes below two hours, hours below two days. */
export function rough(milliseconds: number): readonly [number, 'minute' | 'hour' | 'day'] {
  const length = Math.abs(milliseconds);
  if (length < 2 * HOUR_MS) return [Math.max(1, Math.round(length / MINUTE_MS)), 'minute'];
  if (length < 2 * DAY_MS) return [Math.round(length / HOUR_MS), 'hour'];
  return [Math.round(length / DAY_MS), 'day'];
}
