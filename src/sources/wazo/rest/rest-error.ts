import { RestError, type RestProblem } from '../../rest-problem.js';

/** Wazo's REST services, by the name they have in the paths behind Wazo's nginx. */
export type WazoService = 'auth' | 'confd' | 'agentd' | 'calld' | 'chatd' | 'amid';

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
export class WazoRestError extends RestError {
  override readonly name = 'WazoRestError';
  readonly fault: RestFault;

  constructor(fault: RestFault, options?: ErrorOptions) {
    const { service, path, problem, status, detail } = fault;
    const answered = status === undefined ? problem : `${problem} (${status})`;
    const why = detail === undefined ? '' : `, ${detail}`;
    super(`wazo-${service} ${path}: ${answered}${why}: ${REMEDIES[problem]}`, options);
    this.fault = fault;
  }

  override get problem(): RestProblem {
    return this.fault.problem;
  }
}
