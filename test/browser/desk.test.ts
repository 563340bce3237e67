import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser/accessibility.js';
import {
  browserEndpoint,
  openLoggedIn,
  SIZES,
  type TestPage,
} from '../support/browser/browser-test.js';
import { screenshot } from '../support/browser/screenshot.js';
import { amqpUrl } from '../support/broker-test.js';
import { IDS, PASSWORD } from '../support/e2e-directory.js';
import { Gate } from '../support/gate.js';
import {
  agentAnswers,
  agentLogsIn,
  callArrives,
  callEnds,
  CALLER,
  phoneRings,
} from '../support/story.js';
import { startWatchedHub, type WatchedHub } from '../support/watched-hub.js';

describe.skipIf(browserEndpoint === '' || amqpUrl === '')("an agent's desk", () => {
  let running: WatchedHub;
  let opened: TestPage;
  let page: Page;
  let isStopped = false;

  beforeAll(async () => {
    running = await startWatchedHub({
      userName: 'colleague',
      subscriptions: [[IDS.agent, 'UserAvailability']],
    });
    opened = await openLoggedIn(running.hub, 'agent', '/me', { viewport: SIZES.phone });
    ({ page } = opened);
    await running.play(agentLogsIn);
    await standing('Free').waitFor();
  });

  afterAll(async () => {
    await opened.close();
    if (!isStopped) await running.stop();
  });

  const standing = (headline: string) => page.locator('.standing-headline', { hasText: headline });
  const call = () => page.locator('.call');
  const recent = () => page.getByRole('region', { name: 'Calls since this page was opened' });
  const callbacks = () => page.getByRole('region', { name: 'Callbacks' });
  const button = (name: string) => callbacks().getByRole('button', { name, exact: true });

  /** Asks the hub as the agent's colleague. */
  async function asColleague(method: string, path: string, body?: object): Promise<Response> {
    const login = Buffer.from(`colleague:${PASSWORD}`).toString('base64');
    const response = await fetch(running.hub.url + path, {
      method,
      headers: {
        authorization: `Basic ${login}`,
        'content-type': 'application/json',
        'if-match': '*',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.status).toBeLessThan(300);
    return response;
  }

  /** The page is not wider than its window, and axe finds nothing serious in either theme. */
  async function expectUsable(): Promise<void> {
    const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate<number>(tooWide)).toBe(0);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  }

  it('shows the own call ring and go on', async () => {
    await running.play(callArrives, phoneRings);
    await call().getByText('Call is ringing').waitFor();
    await call().getByText(CALLER.number).waitFor();
    await call().getByText('Queue Sales').waitFor();
    await call().getByText('waiting for').waitFor();
    expect(await page.title()).toBe(`☎ ${CALLER.number}`);
    await page.getByRole('alert').getByText(`Call from ${CALLER.number}, Queue Sales.`).waitFor();

    await running.play(agentAnswers);
    await call().getByText('Talking with').waitFor();
    await standing('In a call').waitFor();
    expect(await page.title()).toBe('My desk – rte-hub');
  });

  it('says after a reload in the middle of the call what is known, and counts the wrap-up down', async () => {
    await page.reload();
    await call().getByText('Your telephone is in use').waitFor();
    await call().getByText('It is a call of the queue Sales.').waitFor();

    await running.play(callEnds);
    await standing('Wrap-up').waitFor();
    await call().waitFor({ state: 'detached' });
    await recent().getByText(CALLER.number).waitFor();
    await recent().getByText('They hung up').waitFor();
    const left = page.locator('.ring text');
    const before = Number(await left.textContent());
    await expect.poll(async () => Number(await left.textContent())).toBeLessThan(before);
    await page.getByText('Wrap-up, 30 seconds.').waitFor({ state: 'attached' });
  });

  it('sets the availability, which others see, and ends it', async () => {
    const { client } = running;
    await page.getByLabel('Note').fill('Lunch');
    await page.getByLabel('Until').selectOption({ label: 'in 30 minutes' });
    await page.getByRole('radio', { name: 'Do not disturb' }).click({ force: true });
    await page.locator('.held', { hasText: 'Do not disturb' }).getByText('Lunch').waitFor();
    const told = await client.waitFor('UserAvailability', IDS.agent, {
      availability: 'DoNotDisturb',
    });
    expect(told).toMatchObject({ note: 'Lunch', eventSource: 'wallboard' });
    const minutes = (Date.parse(String(told['endTime'])) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(25);
    expect(minutes).toBeLessThan(31);
    await page.locator('.standing', { hasText: 'Do not disturb' }).waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('');

    client.forget();
    await page.getByRole('button', { name: 'End it' }).click();
    await client.waitFor('UserAvailability', IDS.agent, { availability: 'Available' });
    await page.locator('.held', { hasText: 'Available' }).waitFor();

    client.forget();
    const written = new Gate();
    await page.route('**/users/me/availability', async (route) => {
      await written.opened;
      await route.continue();
    });
    await page.keyboard.press('2');
    await page.getByLabel('Note').fill('For the next one');
    written.open();
    await client.waitFor('UserAvailability', IDS.agent, { availability: 'Busy' });
    await page.locator('.held', { hasText: 'until further notice' }).getByText('Busy').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('For the next one');
    await page.getByLabel('Note').fill('');
    await page.unroute('**/users/me/availability');
  });

  it('takes, notes and closes a callback that a colleague changes meanwhile', async () => {
    const made = await asColleague('POST', `/calllists/${IDS.salesCallbacks}/callbacks`, {
      ContactName: 'Carla',
      ContactNumber: '+15550001111',
      DueDate: new Date(Date.now() - 600_000).toISOString(),
    });
    const path = made.headers.get('location') ?? '';
    await callbacks().getByText('1 overdue').waitFor();
    await callbacks()
      .getByRole('button', { name: /^Nobody's/u })
      .click();
    await button('Take Carla').press('Enter');
    await callbacks().getByText('With you').waitFor();
    // The button is gone, but who works by keyboard is still at the request.
    await page.locator('.callback-toggle:focus').waitFor();

    const note = callbacks().getByLabel('Note', { exact: true });
    await note.fill('Call after five');
    await asColleague('PATCH', path, { Note: 'Wants the offer by mail' });
    await callbacks().getByText('The colleague has just changed this.').waitFor();
    opened.faults.expect(/412/u);
    await button('Save note').click();
    await callbacks().getByText('Not saved: The colleague changed this meanwhile.').waitFor();
    await callbacks().getByText('wrote as the note: “Wants the offer by mail”').waitFor();
    expect(await note.inputValue()).toBe('Call after five');
    await expectUsable();
    await screenshot(page, 'desk-conflict');

    await button('Save note').click();
    await button('Put away').waitFor();
    expect(await (await asColleague('GET', path)).json()).toMatchObject({
      Note: 'Call after five',
    });

    await callbacks().getByLabel('Answered').check();
    await callbacks().getByLabel('Remark on this attempt').fill('All is well');
    await button('Record and close').click();
    await callbacks().getByText('Closed: Carla.').waitFor();
    expect(await (await asColleague('GET', path)).json()).toMatchObject({
      IsClosed: true,
      LastAttemptTypeId: 1,
      LastAttemptUserId: IDS.agent,
      LastAttemptNote: 'All is well',
    });
    await button('Undo').click();
    await note.waitFor();
  });

  it('keeps what is typed over a reload, and hears of callbacks after the wallboard was open', async () => {
    const note = callbacks().getByLabel('Note', { exact: true });
    await note.fill('A whole thought');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await note.waitFor();
    expect(await note.inputValue()).toBe('A whole thought');
    await page.getByRole('link', { name: 'Wallboard' }).click();
    await page.getByRole('heading', { name: 'Wallboard' }).waitFor();
    await page.getByRole('link', { name: 'My desk' }).click();
    expect(await note.inputValue()).toBe('A whole thought');
    const path = `/calllists/${IDS.salesCallbacks}/callbacks`;
    await asColleague('POST', path, { ContactName: 'Dora', ContactNumber: '+15550002222' });
    await callbacks()
      .getByRole('button', { name: /^All 2/u })
      .waitFor();
    await button('Discard what I typed').press('Enter');
    await button('Put away').press('Enter');
    await page.locator('.callback-toggle:focus').waitFor();
    await page.locator('.callback-toggle:focus').press('Enter');
    await note.waitFor();
  });

  it('explains itself to who serves no queue', async () => {
    const userAgent = 'Mozilla/5.0 (Linux; Android 14; K) Chrome/140.0.0.0 Mobile Safari/537.36';
    const other = await openLoggedIn(running.hub, 'supervisor', '/me', { userAgent });
    await other.page.getByText('You serve no queue').waitFor();
    // Pages can't show notifications on Android, so none are promised.
    expect(await other.page.getByText('Notify me of calls').count()).toBe(0);
    expect(await page.getByText(/Notify me of calls|Notifications are/u).count()).toBe(1);
    const all = other.page.getByRole('button', { name: /^All/u });
    await expect.poll(() => all.textContent()).toBe('All 2');
    await other.close();
  });

  it('lets nobody press anything while the hub is away, and keeps what is typed', async () => {
    opened.faults.expect(/ERR_|WebSocket|Failed to load/u);
    const note = callbacks().getByLabel('Note', { exact: true });
    await note.fill('Half a thought');
    await running.stop();
    isStopped = true;
    await callbacks().getByText('Not possible while there is no connection').waitFor();
    expect(await button('Save note').isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Be right back' }).isDisabled()).toBe(true);
    expect(await note.inputValue()).toBe('Half a thought');
    await note.fill('Half a thought more');
    expect(await note.inputValue()).toBe('Half a thought more');
  });
});
