import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { consumeForever } from '../../src/sources/wazo/amqp-consumer.js';
import type { SourceCondition } from '../../src/sources/source.js';
import { amqpUrl } from '../support/broker-test.js';
import { noLogger } from '../support/no-logger.js';
import { untilQueueHas } from '../support/queue-state.js';
import { callArrives } from '../support/story.js';
import { WazoBus } from '../support/wazo-bus.js';

interface Delivery {
  readonly body: string;
  done(): void;
}

describe.skipIf(amqpUrl === '')('the consumer', () => {
  const queue = `rte-hub-${randomUUID()}`;
  const exchange = `wazo-headers-${randomUUID()}`;
  const stopping = new AbortController();
  const deliveries: Delivery[] = [];
  const conditions: SourceCondition['state'][] = [];
  let bus: WazoBus;
  let stopped: Promise<void>;

  beforeEach(async () => {
    bus = await WazoBus.connect(amqpUrl, exchange);
    const bindings = { names: ['QueueCallerJoin'], routingKeys: ['ami.QueueCallerJoin'] };
    stopped = consumeForever(
      {
        url: amqpUrl,
        topology: { exchange, exchangeType: 'headers', queue, bindings },
        logger: noLogger,
        onMessage: (body, done) => deliveries.push({ body: Buffer.from(body).toString(), done }),
        onCondition: ({ state }) => conditions.push(state),
      },
      stopping.signal,
    );
    await until(() => conditions.at(-1) === 'up', 'the consumer is not up');
  });

  afterEach(async () => {
    stopping.abort();
    await stopped;
    await bus.close();
  });

  function untilDelivered(count: number): Promise<void> {
    return until(() => deliveries.length >= count, `there are not ${String(count)} deliveries`);
  }

  it('comes back when the broker closes its channel, and gets again what it had not acknowledged', async () => {
    await bus.publish(...callArrives, ...callArrives);
    await untilDelivered(2);
    const [first, second] = deliveries;
    first?.done();
    // An acknowledgement of what is acknowledged is an error for which the broker ends the channel.
    first?.done();
    await untilDelivered(3);
    expect(deliveries[2]?.body).toBe(second?.body);
    expect(conditions).toEqual(['down', 'up', 'down', 'up']);

    // What was delivered on the lost channel can't be acknowledged any more, and harms nothing.
    second?.done();
    deliveries[2]?.done();
    await bus.publish(...callArrives);
    await untilDelivered(4);
    expect(deliveries).toHaveLength(4);
    deliveries[3]?.done();
    stopping.abort();
    await stopped;
    await untilQueueHas(amqpUrl, queue, { messageCount: 0, consumerCount: 0 });
  });
});

function until(reached: () => boolean, otherwise: string): Promise<void> {
  return vi.waitFor(
    () => {
      if (!reached()) throw new Error(otherwise);
    },
    { timeout: 10_000 },
  );
}
