import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { IDS, PASSWORD } from '../support/e2e-directory.js';
import { RteClient } from '../support/rte-client.js';
import { startTestHub } from '../support/test-hub.js';

it('who wants no calls gets none after a restart of the hub either', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rte-hub-restart-'));
  const variables = {
    RTE_DATA_DIR: folder,
    RTE_SOURCES: 'simulator',
    RTE_SIMULATOR_SPEED: '0.001',
  };
  const before = await startTestHub(variables);
  const authorization = `Basic ${Buffer.from(`agent:${PASSWORD}`).toString('base64')}`;
  const answer = await fetch(`${before.url}/users/me/availability`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ Availability: 'DoNotDisturb', Note: 'Lunch' }),
  });
  expect(answer.status).toBe(200);
  await before.stop();

  const after = await startTestHub({ ...variables, RTE_SNAPSHOT_ON_SUBSCRIBE: 'true' });
  const client = await RteClient.connect(after, 'supervisor');
  await client.subscribe([IDS.agent, 'UserAvailability'], [IDS.agent, 'UserStatus']);
  await client.waitFor('UserAvailability', IDS.agent, {
    availability: 'DoNotDisturb',
    note: 'Lunch',
  });
  await client.waitFor('UserStatus', IDS.agent, { available: false, canBeAllocatedTo: false });
  await client.stop();
  await after.stop();
  await rm(folder, { recursive: true });
});
