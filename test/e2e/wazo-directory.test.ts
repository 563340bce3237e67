import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { entityGuid } from '../../src/contact-center/index.js';
import {
  amqpUrl,
  type HubOnBus,
  raiseUserEvents,
  readiness,
  startHubOnBus,
  untilReady,
  wazoVariables,
} from '../support/broker-test.js';
import { IDS } from '../support/e2e-directory.js';
import { DORA, DORA_ID, startAcmesWazo } from '../support/fake-wazo/e2e-wazo.js';
import { fakeQueue, fakeUser } from '../support/fake-wazo/entities.js';
import type { FakeWazo } from '../support/fake-wazo/fake-wazo.js';
import { RteClient } from '../support/rte-client.js';
import { startTestHub } from '../support/test-hub.js';
import { makeTokenMaker } from '../support/token-maker.js';
import { WazoBus } from '../support/wazo-bus.js';
import { queueMember } from '../support/wazo-events.js';

/** Long before the directory is read again without a reason. */
const SOON = { timeout: 10_000, interval: 20 };

function queueId(fake: FakeWazo, confdId: number): string {
  return entityGuid(fake.state.originUuid, `queue:${String(confdId)}`);
}

/** Subscribes until the entity is there; rejects when that takes too long. */
async function isThere(client: RteClient, entityId: string, event: string): Promise<boolean> {
  return vi.waitFor(async () => {
    const [result] = await client.subscribe([entityId, event]);
    if (result?.subscribed !== true) throw new Error(JSON.stringify(result));
    return true;
  }, SOON);
}

describe.skipIf(amqpUrl === '')('the directory of a Wazo beside the file', () => {
  let fake: FakeWazo;
  let running: HubOnBus;
  let admin: RteClient;

  beforeAll(async () => {
    fake = await startAcmesWazo();
    running = await startHubOnBus({ wazo: fake });
    admin = await RteClient.connect(running.hub, 'admin');
  });

  afterAll(async () => {
    await admin.stop();
    await running.stop();
    await fake.close();
  });

  it('has what only Wazo has, beside what the file has', async () => {
    const service = queueId(fake, 20);
    await admin.subscribe([service, 'QueueStatus'], [IDS.sales, 'QueueStatus']);
    await running.bus.publish(queueMember('QueueMemberAdded', DORA, 'service'));
    await admin.waitFor('QueueStatus', service, {
      queueName: 'Service',
      nbrOfAgentsImmediatelyFree: 1,
    });
    const [own] = await admin.subscribe([DORA_ID, 'UserStatus']);
    expect(own).toMatchObject({ subscribed: true });
  });

  it('a queue and a user made in Wazo can be subscribed to soon', async () => {
    fake.state.queues.push(fakeQueue(21, IDS.acme, 'fresh'));
    await running.bus.publish({ name: 'queue_created', data: { id: 21 } });
    expect(await isThere(admin, queueId(fake, 21), 'QueueStatus')).toBe(true);
    const eve = 'aaaaaaaa-0000-4000-8000-0000000000e0';
    fake.state.users.push(fakeUser(eve, IDS.acme, 'Eve'));
    await running.bus.publish({
      name: 'user_created',
      data: { id: 9, uuid: eve, tenant_uuid: IDS.acme },
    });
    expect(await isThere(admin, eve, 'UserStatus')).toBe(true);
  });

  it('a queue that is deleted is told a last time, and is gone', async () => {
    const service = queueId(fake, 20);
    await admin.subscribe([service, 'QueueStatus']);
    fake.state.queues = fake.state.queues.filter((queue) => queue['id'] !== 20);
    await running.bus.publish({ name: 'queue_deleted', data: { id: 20 } });
    await admin.waitFor('QueueStatus', service, { openStatus: 0, nbrOfAgentsCheckedInQueue: 0 });
    const [result] = await admin.subscribe([service, 'QueueStatus']);
    expect(result).toMatchObject({ subscribed: false, message: 'Unauthorized' });
  });

  it("a user's connection ends with the user, also when the hub's token died before", async () => {
    const { Url, Token } = await running.hub.token('admin', DORA_ID);
    const dora = await RteClient.connectWith(Url, Token);
    const closed = new Promise<Error | undefined>((resolve) => dora.connection.onclose(resolve));
    fake.state.killTokens();
    fake.state.users = fake.state.users.filter((user) => user['uuid'] !== DORA_ID);
    await running.bus.publish({
      name: 'user_deleted',
      data: { id: 1, uuid: DORA_ID, tenant_uuid: IDS.acme },
    });
    expect(String(await closed)).toContain('The user was removed.');
    await expect(RteClient.connectWith(Url, Token)).rejects.toThrow('401');
  });

  it('what cannot be read is left out and counted, the rest is there', async () => {
    fake.state.queues.push({ id: 'none' }, fakeQueue(22, IDS.acme, 'after'));
    fake.faults.add({ service: 'confd', times: 1, misbehaviour: { kind: 'status', status: 503 } });
    await running.bus.publish({ name: 'queue_created', data: { id: 22 } });
    expect(await isThere(admin, queueId(fake, 22), 'QueueStatus')).toBe(true);
    const figures = await (await fetch(`${running.hub.url}/metrics`)).text();
    expect(figures).toContain(
      'rte_directory_left_out{source="wazo",section="queues",reason="unreadable"} 1',
    );
    expect(figures).toMatch(
      /rte_source_rest_duration_seconds_count\{service="confd",outcome="ok"\}/u,
    );
  });
});

describe.skipIf(amqpUrl === '')('the directory of a Wazo alone', () => {
  it('is taken up when Wazo comes; until then the hub says what it lacks', async () => {
    const fake = await startAcmesWazo();
    await fake.close();
    const maker = await makeTokenMaker();
    const variables = wazoVariables(amqpUrl);
    const bus = await WazoBus.connect(amqpUrl, variables['WAZO_EXCHANGE']);
    raiseUserEvents(fake, bus);
    const hub = await startTestHub({
      ...variables,
      ...fake.variables,
      RTE_DIRECTORY: '',
      RTE_SIGNING_KEY: maker.signingKey,
    });
    try {
      await vi.waitFor(async () => {
        const { status, reasons } = await readiness(hub);
        expect(status).toBe(503);
        expect(reasons.join()).toContain('the directory could not be read: wazo-');
        expect(reasons.join()).toContain('check WAZO_URL');
      }, SOON);
      await fake.listen();
      await untilReady(hub);
      const token = await maker.tokenOf({ id: DORA_ID, organizationId: IDS.acme });
      const client = await RteClient.connectWith(`${hub.url}/rte`, token);
      const results = await client.subscribe(
        [queueId(fake, 20), 'QueueStatus'],
        [queueId(fake, 7), 'QueueStatus'],
      );
      expect(results.map(({ subscribed }) => subscribed)).toEqual([true, false]);
      await client.stop();
    } finally {
      await hub.stop();
      await bus.close();
      await fake.close();
    }
  });
});
