import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { amqpUrl, untilReady, wazoVariables } from '../support/broker-test.js';
import { e2eDirectory, IDS } from '../support/e2e-directory.js';
import { HubProcess } from '../support/hub-process.js';
import { untilQueueHas } from '../support/queue-state.js';
import { RteClient } from '../support/rte-client.js';
import { agentAnswers, agentLogsIn, callArrives, phoneRings } from '../support/story.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { WazoBus } from '../support/wazo-bus.js';

/** Longer than the test: what is delivered to the hub is held, and applied never. */
const HOLD_MS = '5000';

const untilRinging = [...agentLogsIn, ...callArrives, ...phoneRings];

describe.skipIf(amqpUrl === '')('a hub that is killed', () => {
  const variables = wazoVariables(amqpUrl);
  const { WAZO_EXCHANGE: exchange = '', WAZO_QUEUE: queue = '' } = variables;
  let folder: string;
  let killed: HubProcess;
  let next: TestHub | undefined;
  let client: RteClient | undefined;
  let bus: WazoBus;

  afterEach(async () => {
    await client?.stop();
    await next?.stop();
    await killed.remove();
    await bus.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('between delivery and applying has acknowledged nothing, and the next one gets it all', async () => {
    folder = await mkdtemp(join(tmpdir(), 'rte-hub-kill-'));
    const directory = join(folder, 'directory.json');
    await writeFile(directory, JSON.stringify(e2eDirectory));
    bus = await WazoBus.connect(amqpUrl, exchange);
    const settings = { RTE_SOURCES: 'wazo', RTE_DIRECTORY: directory, ...variables };
    const started = await HubProcess.start(
      { ...settings, WAZO_REORDER_WINDOW_MS: HOLD_MS },
      inject('hubMain'),
    );
    killed = started.hub;
    await untilReady(started);

    await bus.publish(...untilRinging);
    await untilQueueHas(amqpUrl, queue, { messageCount: 0, consumerCount: 1 });
    killed.kill();
    await untilQueueHas(amqpUrl, queue, { messageCount: untilRinging.length, consumerCount: 0 });

    next = await startTestHub(variables);
    await untilReady(next);
    client = await RteClient.connect(next, 'supervisor');
    await client.subscribe([IDS.agent, 'UserStatus'], [IDS.sales, 'QueueStatus']);
    await bus.publish(...agentAnswers);
    const status = await client.waitFor('QueueStatus', IDS.sales, { nbrOfConnected: 1 });
    expect(status).toMatchObject({ nbrOfRequesters: 1, nbrOfProviders: 1 });
    await client.waitFor('UserStatus', IDS.agent, { activeQueueId: IDS.sales, serving: true });

    await next.app.stop();
    await untilQueueHas(amqpUrl, queue, { messageCount: 0, consumerCount: 0 });
  });
});
