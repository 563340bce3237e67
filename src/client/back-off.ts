/** The first pause, and the least: a hub that ends connections at once is not to be flooded. */
const SHORTEST_MS = 1_000;

/** The longest pause: a wallboard is to be back half a minute after its hub. */
const LONGEST_MS = 30_000;

/** A hub that asks for more than this is asked again all the same. */
const LONGEST_ASKED_MS = 3_600_000;

/**
 * How long to wait before an attempt, in milliseconds: at random between a second and a bound that
 * doubles up to half a minute, so that the clients of a restarted hub don't come all at once.
 * @param attempt 1 for the first one after a failure
 * @param random from 0 up to 1, without 1
 * @param askedMs what the hub asked for; never less is waited
 */
export function pauseBefore(attempt: number, random: number, askedMs = 0): number {
  const bound = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** attempt);
  const pause = SHORTEST_MS + random * (bound - SHORTEST_MS);
  return Math.round(Math.max(pause, Math.min(askedMs, LONGEST_ASKED_MS)));
}

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3): seconds, or a date.
 * @param now epoch ms, for a date
 * @returns milliseconds from now; undefined when there is none that can be read
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/u.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
