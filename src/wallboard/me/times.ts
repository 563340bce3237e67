/** From this year on a time means "until further notice" in the RTE's contract. */
const OPEN_END_YEAR = 9999;

/**
 * Reads a time of an event or of a REST answer.
 * @param time ISO 8601, or null
 * @returns epoch ms; null for no time, an open end (the year 9999), a time that is not known (the
 *   year 1), and for what is no time at all
 */
export function timeOf(time: string | null): number | null {
  if (time === null) return null;
  const at = new Date(time);
  const year = at.getUTCFullYear();
  return Number.isNaN(year) || year >= OPEN_END_YEAR || year <= 1 ? null : at.getTime();
}
