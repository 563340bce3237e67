import { MINUTE_MS, minuteOf } from './figure-hour.js';

/**
 * Calls `run` whenever a minute of the clock has begun, as soon as a timer can tell; of minutes that
 * the clock leaps over, and of those in which the machine sleeps, it says nothing.
 * @param now the clock, epoch ms
 * @returns what ends it
 */
export function everyMinute(now: () => number, run: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const armedIn = minuteOf(now());
    timer = setTimeout(
      () => {
        // A timer may fire a moment early by the clock; it is then set again for the rest.
        if (minuteOf(now()) !== armedIn) run();
        arm();
      },
      MINUTE_MS - (now() % MINUTE_MS),
    );
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}
