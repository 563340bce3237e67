import type { RestProblem } from '../../rest-problem.js';
import { WazoRestError } from './rest-error.js';

/** Tries of one call: a service that restarts is back in seconds, what takes longer is asked later. */
const MAX_TRIES = 4;
const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 5_000;

/** What may be well at the next try. */
const PASSING: ReadonlySet<RestProblem> = new Set(['unreachable', 'starting', 'failed']);

/** How long calls wait between tries; tests put their own in. */
export interface RetryClock {
  /** Resolves after that many milliseconds; rejects when `signal` aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<unknown>;
  /** From 0 up to 1, for the jitter. */
  random(): number;
}

/**
 * Calls `attempt` until it succeeds, fails for good, or has failed `maxTries` times.
 * @throws WazoRestError of the last try
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  clock: RetryClock,
  signal: AbortSignal,
  maxTries = MAX_TRIES,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WazoRestError)) throw error;
      if (tried >= maxTries || !PASSING.has(error.problem)) throw error;
      await waitFor(delayMs(tried, error, clock), clock, signal, error);
    }
  }
}

/** Doubling, with up to half of it added at random so that several hubs do not come at once. */
function delayMs(tried: number, { fault }: WazoRestError, clock: RetryClock): number {
  const asked = (fault.retryAfterSeconds ?? 0) * 1000;
  const growing = FIRST_DELAY_MS * 2 ** (tried - 1) * (1 + clock.random() / 2);
  return Math.min(Math.max(growing, asked), MAX_DELAY_MS);
}

async function waitFor(
  milliseconds: number,
  clock: RetryClock,
  signal: AbortSignal,
  { fault }: WazoRestError,
): Promise<void> {
  try {
    await clock.wait(milliseconds, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    const { service, path } = fault;
    throw new WazoRestError({ service, path, problem: 'stopped' }, { cause: error });
  }
}
