/** The shortest and the longest pause after a failure, milliseconds. */
export interface RetryDelays {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** From here on doubling would only grow what the longest pause cuts off. */
const MAX_DOUBLINGS = 10;

/**
 * Milliseconds to wait after a failure: doubled with each one before it, with up to half of it added
 * at random, so that several hubs do not come at once.
 * @param failuresBefore failures in a row before this one
 * @param random from 0 up to 1
 */
export function retryDelayMs(
  { firstMs, maxMs }: RetryDelays,
  failuresBefore: number,
  random: number,
): number {
  const growing = firstMs * 2 ** Math.min(failuresBefore, MAX_DOUBLINGS);
  return Math.min(growing, maxMs) * (1 + random / 2);
}
