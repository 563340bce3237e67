import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser/accessibility.js';
import { browserEndpoint, openLoggedIn, type TestPage } from '../support/browser/browser-test.js';
import { screenshot } from '../support/browser/screenshot.js';
import { amqpUrl, wazoVariables } from '../support/broker-test.js';
import { hashPassword } from '../../src/identity/index.js';
import { PASSWORD_HASH } from '../support/e2e-directory.js';
import { MovableClock } from '../support/movable-clock.js';
import { SwitchableProxy } from '../support/switchable-proxy.js';
import { WazoBus } from '../support/wazo-bus.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const otherHash = await hashPassword('another', { logN: 10, blockSize: 1, parallelism: 1 });

const portOf = (url: string): number => Number(new URL(url).port);

describe.skipIf(browserEndpoint === '' || amqpUrl === '')('the connection of a page', () => {
  const clock = new MovableClock();
  const brokerPort = portOf(amqpUrl);
  const wazo = wazoVariables(amqpUrl);
  let bus: WazoBus;
  let dataFolder: string;
  let toBroker: SwitchableProxy;
  let toHub: SwitchableProxy;
  let hub: TestHub;
  let opened: TestPage;

  const startHub = (): Promise<TestHub> => {
    const throughProxy = new URL(amqpUrl);
    throughProxy.port = String(toBroker.port);
    return startTestHub(
      {
        ...wazo,
        WAZO_AMQP_URL: throughProxy.href,
        RTE_DATA_DIR: dataFolder,
        RTE_CLOSE_ON_TOKEN_EXPIRY: 'true',
      },
      clock.now,
    );
  };

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'rte-hub-browser-'));
    // Wazo makes its exchange, not the hub.
    bus = await WazoBus.connect(amqpUrl, wazo['WAZO_EXCHANGE']);
    toBroker = await SwitchableProxy.start(brokerPort);
    hub = await startHub();
    toHub = await SwitchableProxy.start(portOf(hub.url));
    opened = await openLoggedIn({ url: `http://127.0.0.1:${String(toHub.port)}` }, 'supervisor');
    await untilLive();
  });

  afterAll(async () => {
    await opened.close();
    await hub.stop();
    await Promise.all([bus.close(), toHub.stop(), toBroker.stop()]);
    await rm(dataFolder, { recursive: true, force: true });
  });

  const status = () => opened.page.locator('.banner output');
  const lost = () => opened.page.locator('.content.untrusted[data-link=reconnecting]').waitFor();
  /** The more often a connection was lost, the longer its client waits; a network that is back ends that. */
  const retryNow = () => opened.page.evaluate(() => dispatchEvent(new Event('online')));
  const untilLive = () => opened.page.locator('.content[data-link=live]').waitFor();

  it('says that it is lost, since when, and when it is tried again', async () => {
    const { page, faults } = opened;
    faults.expect(/net::ERR_/u, /WebSocket/u, /\[.*Error: /u);
    toHub.down();
    await lost();
    expect(await status().textContent()).toMatch(
      /^Reconnecting No connection to the hub since \d/u,
    );
    await page.getByText(/^Attempt \d+ (?:in \d+ s|…)$/u).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'reconnecting');
  });

  it('comes back by itself when the hub was restarted', async () => {
    await hub.stop();
    hub = await startHub();
    toHub.up(portOf(hub.url));
    await untilLive();
    expect(await status().textContent()).toBe('');
  });

  it('gets a new token when its own is over, without a login', async () => {
    const { page } = opened;
    const renewed = page.waitForResponse((response) => response.url().endsWith('/token/me/rte/'));
    clock.advance(3600_000);
    await lost();
    await retryNow();
    expect((await renewed).status()).toBe(200);
    await untilLive();
  });

  it('says that the telephony system is away, and when it is back nothing more', async () => {
    const { page } = opened;
    toBroker.down();
    await page.locator('.content.untrusted:is([data-link=down], [data-link=stale])').waitFor();
    expect(await status().textContent()).toMatch(/wazo: .+ Since .+ event/u);
    await expectAccessible(page);
    await screenshot(page, 'source-away');
    toBroker.up(brokerPort);
    await untilLive();
  });

  it('asks for a login, and says why, when the hub no longer takes it', async () => {
    const { page, faults } = opened;
    faults.expect(/401/u);
    const directory = await readFile(hub.directoryFile, 'utf8');
    await writeFile(hub.directoryFile, directory.replaceAll(PASSWORD_HASH, otherHash));
    await hub.app.reload();
    clock.advance(3600_000);
    await lost();
    await retryNow();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/You were logged out: /u);
    await page.reload();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
  });
});
