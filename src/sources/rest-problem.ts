/**
 * Why a call of a REST service gave nothing:
 * - `unreachable`: no answer, too slow, or cut
 * - `starting`: 502, 503 or 504, the service or what it needs is not ready: ask again later
 * - `refused`: 401 or 403, the hub's user may not
 * - `not-found`: 404
 * - `rejected`: another 4xx
 * - `failed`: another 5xx
 * - `garbage`: the answer is not what the service promises
 * - `stopped`: the hub gave up the call because it stops
 */
export type RestProblem =
  | 'unreachable'
  | 'starting'
  | 'refused'
  | 'not-found'
  | 'rejected'
  | 'failed'
  | 'garbage'
  | 'stopped';

/** How a call ended, for a metric: `ok`, or what was wrong. */
export type RestOutcome = 'ok' | RestProblem;

/** A call of a telephony system's REST service that failed. The message is for operators. */
export abstract class RestError extends Error {
  abstract readonly problem: RestProblem;
}

/** What an HTTP status means; undefined for success. */
export function problemOf(status: number): RestProblem | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401 || status === 403) return 'refused';
  if (status === 404) return 'not-found';
  if (status >= 502 && status <= 504) return 'starting';
  if (status >= 500) return 'failed';
  // A redirect to a login page is as wrong an answer as HTML.
  return status >= 400 ? 'rejected' : 'garbage';
}
