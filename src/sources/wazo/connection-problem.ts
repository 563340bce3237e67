import { TopologyFault } from './amqp-topology.js';

/** Says for operators why the broker at `url` gives nothing, without the URL's credentials. */
export function connectionProblem(url: string, error: Error): string {
  const { host } = new URL(url);
  const problem = error instanceof TopologyFault ? error.message : `is away: ${causeOf(error)}`;
  return `RabbitMQ at ${host}: ${problem}`;
}

/** Node gathers the failures of several addresses in an error that has no message of its own. */
function causeOf(error: Error): string {
  if (error instanceof AggregateError) {
    return error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join(', ');
  }
  return error.message === '' ? error.name : error.message;
}
