import type { TestProject } from 'vitest/node';
import { canStartRabbitMq, PrivateRabbitMq } from './rabbitmq.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the broker for tests; empty when there is none. */
    amqpUrl: string;
  }
}

/** Gives the tests of this project one broker, or says why there is none. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const given = process.env['RTE_TEST_AMQP_URL'];
  if (given !== undefined && given !== '') {
    project.provide('amqpUrl', given);
    return;
  }
  if (!canStartRabbitMq()) {
    const reason = 'rabbitmq-server is not installed and RTE_TEST_AMQP_URL is not set';
    if (process.env['CI'] === 'true') throw new Error(`tests can't run: ${reason}`);
    process.stderr.write(`tests with a broker are skipped: ${reason}\n`);
    project.provide('amqpUrl', '');
    return;
  }
  const broker = await PrivateRabbitMq.start();
  project.provide('amqpUrl', broker.url);
  // Projects are set up one after the other: the next one that needs a broker takes this one.
  process.env['RTE_TEST_AMQP_URL'] = broker.url;
  return async () => {
    delete process.env['RTE_TEST_AMQP_URL'];
    await broker.stop();
  };
}
