import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttingProxy, startCuttingProxy } from '../../support/cutting-proxy.js';
import { ExampleRun } from '../../support/example-run.js';
import { startTestHub, type TestHub } from '../../support/test-hub.js';

const ROOT = new URL('../../../', import.meta.url);

describe('the examples of the README in JavaScript', () => {
  let hub: TestHub;
  let proxy: CuttingProxy;

  beforeAll(async () => {
    // The demo directory: an empty name is no setting.
    hub = await startTestHub({ RTE_DIRECTORY: '', RTE_SIMULATOR_SPEED: '20' });
    proxy = await startCuttingProxy(Number(new URL(hub.url).port));
  });

  afterAll(async () => {
    await proxy.stop();
    await hub.stop();
  });

  it.each(['plain-client.mjs'])('%s is told, also after its connection was lost', async (file) => {
    const path = `scripts/examples/javascript/${file}`;
    const hubAddress = `http://127.0.0.1:${String(proxy.port)}`;
    const client = new ExampleRun(process.execPath, [path, hubAddress], ROOT);
    expect(await client.untilTold(1)).toContain('nbrOfProviders: 5');
    const cuts = proxy.cuts;
    proxy.cutAfter(1);
    expect(await client.untilTold(2)).toContain('nbrOfProviders: 5');
    expect(proxy.cuts).toBe(cuts + 1);
    await client.stop();
  });
});
