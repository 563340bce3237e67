import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDS, PASSWORD } from '../support/e2e-directory.js';
import { expectAccessible } from '../support/browser/accessibility.js';
import {
  browserEndpoint,
  openLoggedIn,
  SIZES,
  type TestPage,
} from '../support/browser/browser-test.js';
import { screenshot } from '../support/browser/screenshot.js';
import { RteClient } from '../support/rte-client.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const UNKNOWN = 'aaaaaaaa-0000-4000-8000-00000000dead';

describe.skipIf(browserEndpoint === '')('the console', () => {
  let hub: TestHub;
  let opened: TestPage;
  let client: RteClient;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    hub = await startTestHub({ RTE_SOURCES: 'simulator' });
    client = await RteClient.connect(hub, 'agent');
    stops.push(() => client.stop());
    const { Url, Token } = await hub.token('supervisor');
    const poller = new HubConnectionBuilder()
      .configureLogging(LogLevel.None)
      .withUrl(Url, { accessTokenFactory: () => Token, transport: HttpTransportType.LongPolling })
      .build();
    await poller.start();
    stops.push(() => poller.stop());
    opened = await openLoggedIn(hub, 'admin', '/admin');
  });

  afterAll(async () => {
    await opened.close();
    for (const stop of stops) await stop();
    await hub.stop();
  });

  /** Shows a tab by its address. */
  const show = (tab: string): Promise<void> =>
    opened.page.getByRole('link', { name: tab, exact: true }).click();
  const row = (text: string) => opened.page.locator('.data-table tbody tr', { hasText: text });

  it('shows who is connected, and by which transport and protocol', async () => {
    const { page } = opened;
    await row('LongPolling').getByText('json').waitFor();
    // The page's own connection may have come after the list was read first.
    await row('WebSockets').nth(1).waitFor();
    expect(await row('WebSockets').count()).toBe(2);
    await page.getByLabel('Search name').fill('longpolling');
    await row('WebSockets').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Details of the connection/u }).click();
    await page.getByText('Connection id').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'console-connections');
  });

  it('shows events as they come, and only those that are asked for', async () => {
    const { page } = opened;
    await show('Events');
    const { user } = await ownUser(hub, 'agent');
    await page.getByLabel('Entity').fill(user.name);
    await page.getByLabel('Event', { exact: true }).selectOption('UserAvailability');
    await setAvailability(hub, 'supervisor');
    await setAvailability(hub, 'agent');
    await row('UserAvailability').first().waitFor();
    const entities = await page.locator('.data-table td[data-label="Entity"]').allInnerTexts();
    expect(new Set(entities)).toEqual(new Set([user.name]));
    await page
      .getByRole('button', { name: /All of UserAvailability/u })
      .first()
      .click();
    await page.getByText('"eventType": "UserAvailability"').waitFor();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await expectAccessible(page);
  });

  it('shows how the sources are', async () => {
    const { page } = opened;
    await show('Sources');
    await page.getByRole('heading', { name: 'simulator' }).waitFor();
    // Others in the directory have their events from it, too.
    await page.getByText('Other organizations have their events').waitFor();
    await expectAccessible(page);
    // To skip to the content of a tab leads to no other tab.
    await page.getByRole('link', { name: 'Skip to the content' }).press('Enter');
    await page.locator('#content:focus').waitFor();
    expect(await page.getByRole('link', { name: 'Sources' }).getAttribute('aria-current')).toBe(
      'page',
    );
  });

  it('tells why a login, a token and a subscription were refused', async () => {
    const { page } = opened;
    const { Token } = await hub.token('supervisor');
    const negotiated = await fetch(`${hub.url}/rte/negotiate?negotiateVersion=1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${Token.slice(0, -6)}AAAAAA` },
    });
    expect(negotiated.status).toBe(401);
    const wrong = Buffer.from('agent:wrong').toString('base64');
    const login = await fetch(`${hub.url}/users`, { headers: { authorization: `Basic ${wrong}` } });
    expect(login.status).toBe(401);
    await client.connection.invoke('Subscribe', [{ EntityId: UNKNOWN, EventName: 'QueueStatus' }]);
    await show('Refusals');
    await row('Your organization has nothing of that id').getByText('QueueStatus').waitFor();
    await row('The signature is wrong').getByText('supervisor').waitFor();
    await row('Wrong password or key').getByText('claimed, not proven').waitFor();
    await expectAccessible(page);
    await page.setViewportSize(SIZES.phone);
    await expectAccessible(page);
    await screenshot(page, 'console-refusals-phone');
    await page.setViewportSize(SIZES.desktop);
  });

  it('checks a token and a subscription', async () => {
    const { page } = opened;
    await show('Check');
    const { Token } = await hub.token('agent');
    await page.getByLabel('Token for the hub').fill(Token);
    await page.getByRole('button', { name: 'Check the token' }).click();
    await page.getByText('Accepted', { exact: true }).waitFor();
    await page.getByLabel('User name').fill('agent');
    await page.getByLabel('Entity').fill(IDS.strangersQueue);
    await page.getByLabel('Event', { exact: true }).fill('QueueStatus');
    await page.getByRole('button', { name: 'Check the subscription' }).click();
    await page.getByText('The client reads “Unauthorized”.').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'console-check');
  });

  it('says whom it is for to who is no administrator', async () => {
    const other = await openLoggedIn(hub, 'agent', '/admin');
    await other.page.getByRole('heading', { name: 'The console is for administrators' }).waitFor();
    await expectAccessible(other.page);
    await other.close();
  });
});

/** What the directory says of somebody. */
async function ownUser(hub: TestHub, userName: string) {
  const answer = await fetch(`${hub.url}/users/me`, { headers: credentials(userName) });
  const body: unknown = await answer.json();
  if (typeof body !== 'object' || body === null || !('DisplayName' in body)) {
    throw new Error(`the hub does not know ${userName}`);
  }
  return { user: { name: String(body.DisplayName) } };
}

async function setAvailability(hub: TestHub, userName: string): Promise<void> {
  const answer = await fetch(`${hub.url}/users/me/availability`, {
    method: 'POST',
    headers: { ...credentials(userName), 'content-type': 'application/json' },
    body: JSON.stringify({ EventTypeID: 3 }),
  });
  expect(answer.status).toBe(200);
}

function credentials(userName: string) {
  const encoded = Buffer.from(`${userName}:${PASSWORD}`).toString('base64');
  return { authorization: `Basic ${encoded}` };
}
