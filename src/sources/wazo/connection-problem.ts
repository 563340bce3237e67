import type { SourceTrouble } from '../../contact-center/index.js';
import { TopologyFault } from './amqp-topology.js';

/** AMQP's words for a login or a right that the broker refuses (reply code 403). */
const ACCESS_REFUSED = /ACCESS[-_]REFUSED/u;

/** Says for operators why the broker at `url` gives nothing, without the URL's credentials. */
export function connectionProblem(url: string, error: Error): string {
  const { host } = new URL(url);
  const problem = error instanceof TopologyFault ? error.message : `is away: ${causeOf(error)}`;
  return `RabbitMQ at ${host}: ${problem}`;
}

/** The class of what `connectionProblem` says. */
export function connectionTrouble(error: Error): SourceTrouble {
  if (error instanceof TopologyFault) return 'misconfigured';
  return ACCESS_REFUSED.test(causeOf(error)) ? 'access-denied' : 'connection-lost';
}

/** Node gathers the failures of several addresses in an error that has no message of its own. */
function causeOf(error: Error): string {
  if (error instanceof AggregateError) {
    return error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join(', ');
  }
  return error.message === '' ? error.name : error.message;
}
