import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readiness, untilReadinessIs, untilReady, wazoVariables } from '../support/broker-test.js';
import { IDS } from '../support/e2e-directory.js';
import { expectPossible } from '../support/possible.js';
import { canStartRabbitMq, PrivateRabbitMq } from '../support/rabbitmq.js';
import { RteClient } from '../support/rte-client.js';
import { agentAnswers, agentLogsIn, callArrives, phoneRings } from '../support/story.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { type BusEvent, WazoBus } from '../support/wazo-bus.js';
import { queueCaller } from '../support/wazo-events.js';

/** A broker takes seconds to start, and the hub comes back within five more. */
const TIMEOUT_MS = 60_000;
const CALLERS_MEANWHILE = 50;

const canStart = canStartRabbitMq();
if (!canStart) {
  const reason = 'rabbitmq-server is not installed';
  if (process.env['CI'] === 'true') throw new Error(`a broker can't be restarted: ${reason}`);
  process.stderr.write(`tests of a broker's restart are skipped: ${reason}\n`);
}

describe.skipIf(!canStart)('a broker that comes and goes', () => {
  let broker: PrivateRabbitMq;
  let hub: TestHub | undefined;
  let client: RteClient | undefined;

  beforeAll(async () => {
    broker = await PrivateRabbitMq.start();
  }, TIMEOUT_MS);

  afterAll(() => broker.stop(), TIMEOUT_MS);

  afterEach(async () => {
    await client?.stop();
    await hub?.stop();
    client = undefined;
    hub = undefined;
  });

  /** Publishes on a connection of its own, which no restart of the broker can break. */
  async function publish(exchange: string, ...events: readonly BusEvent[]): Promise<void> {
    const bus = await WazoBus.connect(broker.url, exchange);
    await bus.publish(...events);
    await bus.close();
  }

  it(
    'restarts in the middle of a call, which goes on for a client that stays connected',
    async () => {
      const variables = wazoVariables(broker.url);
      const { WAZO_EXCHANGE: exchange = '' } = variables;
      await publish(exchange);
      hub = await startTestHub(variables);
      await untilReady(hub);
      client = await RteClient.connect(hub, 'supervisor');
      const { connectionId } = client.connection;
      await client.subscribe(
        [IDS.agent, 'UserStatus'],
        [IDS.sales, 'QueueStatus'],
        [IDS.acme, 'SourceStatus'],
      );
      await client.waitFor('SourceStatus', IDS.acme, { state: 'up', sourceName: 'wazo' });
      await publish(exchange, ...agentLogsIn, ...callArrives);
      await client.waitFor('QueueStatus', IDS.sales, { nbrOfQueuingRequesters: 1 });

      await broker.pause();
      await expectAway(hub);
      const lost = await client.waitFor('SourceStatus', IDS.acme, { state: 'down' });
      expect(lost['reason']).toBe(
        "The telephony system can't be reached. What is shown may be old.",
      );
      expect(Date.parse(String(lost['lastEvent']))).toBeLessThan(Date.parse(String(lost['since'])));
      client.forget();
      await broker.resume();
      await untilReady(hub);
      await client.waitFor('SourceStatus', IDS.acme, { state: 'up', reason: null });
      // Neither the broker's address nor the text of an error is for clients.
      expect(JSON.stringify(lost)).not.toMatch(/127\.0\.0\.1|ECONN|amqp|RabbitMQ/i);

      await publish(exchange, ...phoneRings);
      await client.waitFor('QueueStatus', IDS.sales, { nbrOfAllocated: 1, nbrOfProviders: 1 });
      await publish(exchange, ...agentAnswers);
      await client.waitFor('UserStatus', IDS.agent, { talking: true, activeQueueId: IDS.sales });
      for (const data of client.received('QueueStatus', IDS.sales)) expectPossible(data);
      expect(client.connection.connectionId).toBe(connectionId);
    },
    TIMEOUT_MS,
  );

  it(
    'keeps what is published while the hub is away, and while it is away itself',
    async () => {
      const variables = wazoVariables(broker.url);
      const { WAZO_EXCHANGE: exchange = '' } = variables;
      await publish(exchange);
      const firstHub = await startTestHub(variables);
      await untilReady(firstHub);
      await firstHub.stop();
      const callers = Array.from({ length: CALLERS_MEANWHILE }, (_, index) => join(index));
      await publish(exchange, ...agentLogsIn, ...callers);

      await broker.pause();
      hub = await startTestHub(variables);
      await expectAway(hub);
      await broker.resume();
      await untilReady(hub);

      client = await RteClient.connect(hub, 'supervisor');
      await client.subscribe([IDS.sales, 'QueueStatus']);
      // One more makes the hub tell the state that all the others have made.
      await publish(exchange, join(CALLERS_MEANWHILE));
      const all = CALLERS_MEANWHILE + 1;
      const status = await client.waitFor('QueueStatus', IDS.sales, { nbrOfRequesters: all });
      expect(status).toMatchObject({ nbrOfQueuingRequesters: all, nbrOfAgentsImmediatelyFree: 1 });
    },
    TIMEOUT_MS,
  );

  it('lacks an exchange, which the hub names and waits for', async () => {
    const variables = wazoVariables(broker.url);
    const { WAZO_EXCHANGE: exchange = '' } = variables;
    hub = await startTestHub(variables);
    const reasons = await untilReadinessNames(hub, exchange);
    expect(reasons.join()).toContain(`the exchange "${exchange}" does not exist`);
    expect(reasons.join()).not.toMatch(/guest|amqp:/);
    await publish(exchange);
    await untilReady(hub);
    client = await RteClient.connect(hub, 'supervisor');
    await client.subscribe([IDS.sales, 'QueueStatus']);
    await publish(exchange, ...callArrives);
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfQueuingRequesters: 1 });
  });
});

/** The hub says which broker is away, and not with which credentials it comes. */
async function expectAway(running: TestHub): Promise<void> {
  const reasons = await untilReadinessIs(running, 503);
  expect(reasons.join()).toMatch(/RabbitMQ at 127\.0\.0\.1:\d+/);
  expect(reasons.join()).not.toMatch(/guest|amqp:/);
}

/** Resolves with the reasons of a 503 once one of them holds `text`. */
function untilReadinessNames(hub: TestHub, text: string): Promise<readonly string[]> {
  return vi.waitFor(
    async () => {
      const { status, reasons } = await readiness(hub);
      if (status !== 503 || !reasons.join().includes(text)) throw new Error(reasons.join());
      return reasons;
    },
    { timeout: 10_000, interval: 50 },
  );
}

function join(index: number): BusEvent {
  const uniqueid = `1763683400.${String(index)}`;
  const caller = { uniqueid, number: `+1555000${String(index)}`, queue: 'sales' };
  return queueCaller('QueueCallerJoin', caller);
}
