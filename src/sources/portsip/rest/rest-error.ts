import { RestError, type RestProblem } from '../../rest-problem.js';

const REMEDIES: Readonly<Record<RestProblem, string>> = {
  unreachable: 'check PORTSIP_API_URL and that the PBX runs; the hub asks again by itself',
  starting: 'the PBX starts; the hub asks again by itself',
  refused: 'check PORTSIP_USERNAME, PORTSIP_PASSWORD, PORTSIP_DOMAIN and the role of that user',
  'not-found': 'check PORTSIP_API_URL, which ends in /api, and the version of the PBX',
  rejected: 'this PBX does not take the request: report it with its version',
  failed: 'look into the log of the PBX',
  garbage: 'check that PORTSIP_API_URL is a PortSIP PBX',
  stopped: 'the hub stops',
};

export interface PortsipRestFault {
  /** Path below PORTSIP_API_URL. */
  readonly path: string;
  readonly problem: RestProblem;
  /** HTTP status; undefined when there was no answer. */
  readonly status?: number;
  /** The PBX's own word for it, as `UNAUTHORIZED`. */
  readonly code?: string;
  /** What is wrong, in words, without anything secret. */
  readonly detail?: string;
}

/** A call of the PBX's REST API that failed. The message names path, status and the remedy. */
export class PortsipRestError extends RestError {
  override readonly name = 'PortsipRestError';
  readonly fault: PortsipRestFault;

  constructor(fault: PortsipRestFault, options?: ErrorOptions) {
    const { path, problem, status, code, detail } = fault;
    const answered = [status, code].filter((one) => one !== undefined).join(' ');
    const what = answered === '' ? problem : `${problem} (${answered})`;
    const why = detail === undefined ? '' : `, ${detail}`;
    super(`PortSIP ${path}: ${what}${why}: ${REMEDIES[problem]}`, options);
    this.fault = fault;
  }

  override get problem(): RestProblem {
    return this.fault.problem;
  }
}
