/** Says when each event is due. */
export interface Pace {
  /**
   * When the next event is due, on the clock that `now` is of; undefined for at once.
   * @param stampMs its stamp, milliseconds of an unknown zone
   * @param now milliseconds
   */
  due(stampMs: number | undefined, now: number): number | undefined;
  /** The file begins anew: its first event is due when the last one was. */
  again(): void;
}

/**
 * What is late by more was held up: by the broker, or by a machine that slept. What was not sent
 * then is not sent in one burst afterwards, all that follows is later.
 */
const MAX_LATE_MS = 1_000;

/** A plan of times that moves when work was held up, and else does not, so that nothing drifts. */
class Schedule {
  #movedMs = 0;

  at(plannedMs: number, now: number): number {
    const late = now - (plannedMs + this.#movedMs);
    if (late > MAX_LATE_MS) this.#movedMs += late;
    return plannedMs + this.#movedMs;
  }
}

/** As fast as the broker takes them. */
export const unpaced: Pace = { due: () => undefined, again: () => undefined };

/** So many events a second, evenly; `start` is when the first is due. */
export function steadyPace(perSecond: number, start: number): Pace {
  const schedule = new Schedule();
  let count = 0;
  return {
    due(_stampMs, now) {
      const planned = start + (count * 1000) / perSecond;
      count += 1;
      return schedule.at(planned, now);
    },
    again: () => undefined,
  };
}

/**
 * With the pauses of the recording, `speed` times as fast. wazo-amid stamps what it reads at once in
 * reverse: a stamp before an earlier one makes no pause.
 */
export function recordedPace(speed: number, start: number): Pace {
  const schedule = new Schedule();
  let planned = start;
  let newest: number | undefined;
  return {
    due(stampMs, now) {
      if (stampMs !== undefined) {
        planned += Math.max(0, stampMs - (newest ?? stampMs)) / speed;
        newest = Math.max(stampMs, newest ?? stampMs);
      }
      return schedule.at(planned, now);
    },
    again() {
      newest = undefined;
    },
  };
}

/** Timers may be early by less than a millisecond. */
const EARLY_MS = 0.5;

/**
 * Resolves when it is due, or at once when `signal` aborts.
 * @param now milliseconds on the clock that `due` is of
 */
export async function untilDue(
  due: number | undefined,
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  for (
    let left = leftOf(due, now());
    left > EARLY_MS && !signal.aborted;
    left = leftOf(due, now())
  ) {
    await pause(left, signal);
  }
}

function leftOf(due: number | undefined, now: number): number {
  return due === undefined ? 0 : due - now;
}

/** The longest that setTimeout takes. */
const MAX_PAUSE_MS = 2 ** 31 - 1;

/** Resolves after that time, or at once when `signal` aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, Math.min(milliseconds, MAX_PAUSE_MS));
    signal.addEventListener('abort', finish, { once: true });
  });
}
