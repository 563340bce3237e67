/** Wazo's REST services, by the name they have in the paths behind Wazo's nginx. */
export type WazoService = 'auth' | 'confd' | 'agentd' | 'calld' | 'chatd' | 'amid';

/**
 * Why a call gave nothing:
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

const REMEDIES: Readonly<Record<RestProblem, string>> = {
  unreachable: 'check WAZO_URL and that Wazo runs; the hub asks again by itself',
  starting: 'the service starts or waits for another one; the hub asks again by itself',
  refused: 'check WAZO_USERNAME, WAZO_PASSWORD and the access rules of that user in wazo-auth',
  'not-found': 'check WAZO_URL and the version of Wazo',
  rejected: 'this Wazo does not take the request: report it with the version of Wazo',
  failed: 'look into the log of that service',
  garbage: 'check that WAZO_URL is a Wazo',
  stopped: 'the hub stops',
};

export interface RestFault {
  readonly service: WazoService;
  /** Path below the service's version, with `{token}` in the place of a token. */
  readonly path: string;
  readonly problem: RestProblem;
  /** HTTP status; undefined when there was no answer. */
  readonly status?: number;
  /** What is wrong, in words, without anything secret. */
  readonly detail?: string;
  /** Seconds the service asked to wait. */
  readonly retryAfterSeconds?: number;
}

/** A call to Wazo that failed. The message names service, path, status and the remedy. */
export class WazoRestError extends Error {
  override readonly name = 'WazoRestError';
  readonly fault: RestFault;

  constructor(fault: RestFault, options?: ErrorOptions) {
    const { service, path, problem, status, detail } = fault;
    const answered = status === undefined ? problem : `${problem} (${status})`;
    const why = detail === undefined ? '' : `, ${detail}`;
    super(`wazo-${service} ${path}: ${answered}${why}: ${REMEDIES[problem]}`, options);
    this.fault = fault;
  }

  get problem(): RestProblem {
    return this.fault.problem;
  }
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
