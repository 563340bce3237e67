import { afterEach, describe, expect, it } from 'vitest';
import { amqpUrl, untilReady, wazoVariables } from '../support/broker-test.js';
import { IDS } from '../support/e2e-directory.js';
import { expectPossible } from '../support/possible.js';
import { untilQueueHas } from '../support/queue-state.js';
import { RteClient } from '../support/rte-client.js';
import { agentLogsIn, callArrives, phoneRings } from '../support/story.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { type BusEvent, WazoBus } from '../support/wazo-bus.js';
import { hangup, presence, queueCaller } from '../support/wazo-events.js';

/** Three events each: the largest backlog that was told of (bus.md, section 6) is 15,000. */
const CALLERS = 5000;

describe.skipIf(amqpUrl === '')('a backlog of 15,000 events', () => {
  let hub: TestHub | undefined;
  let client: RteClient | undefined;
  let bus: WazoBus;

  afterEach(async () => {
    await client?.stop();
    await hub?.stop();
    await bus.close();
  });

  it('is applied and acknowledged to the last, and the queue is what it says', async () => {
    const variables = wazoVariables(amqpUrl);
    const { WAZO_EXCHANGE: exchange = '', WAZO_QUEUE: queue = '' } = variables;
    bus = await WazoBus.connect(amqpUrl, exchange);
    const first = await startTestHub(variables);
    await untilReady(first);
    await first.stop();
    await bus.publish(...agentLogsIn, ...Array.from({ length: CALLERS }, givesUp).flat());

    hub = await startTestHub(variables);
    await untilReady(hub);
    client = await RteClient.connect(hub, 'supervisor');
    await client.subscribe([IDS.sales, 'QueueStatus'], [IDS.agent, 'UserStatus']);
    await bus.publish(...callArrives, presence(IDS.agent, { do_not_disturb: true }));
    await client.waitFor('UserStatus', IDS.agent, { available: false });
    client.forget();
    await bus.publish(...phoneRings);
    const only = { nbrOfRequesters: 1, nbrOfAllocated: 1, nbrOfProviders: 1 };
    await client.waitFor('QueueStatus', IDS.sales, only);
    for (const data of client.received('QueueStatus', IDS.sales)) expectPossible(data);
    const metrics = await (await fetch(`${hub.url}/metrics`)).text();
    expect(metrics).toMatch(
      new RegExp(
        `^rte_source_events_total\\{.*"QueueCallerAbandon".*\\} ${String(CALLERS)}$`,
        'mu',
      ),
    );
    await hub.app.stop();
    await untilQueueHas(amqpUrl, queue, { messageCount: 0, consumerCount: 0 });
  });
});

/** A caller without a number, of whom no callback request is made. */
function givesUp(_: unknown, index: number): BusEvent[] {
  const caller = { uniqueid: `1763683200.${String(1000 + index)}`, number: '', queue: 'sales' };
  return [
    queueCaller('QueueCallerJoin', caller),
    queueCaller('QueueCallerAbandon', caller),
    hangup(caller.uniqueid),
  ];
}
