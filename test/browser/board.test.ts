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
import { type BrokerGate, openBrokerGate } from '../support/broker-gate.js';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { COLLEAGUE } from '../support/e2e-directory.js';
import { MovableClock } from '../support/movable-clock.js';
import {
  agentAnswers,
  agentLogsIn,
  callArrives,
  callEnds,
  CALLER,
  phoneRings,
} from '../support/story.js';
import type { BusEvent } from '../support/wazo-bus.js';
import { agentStatus, hangup, queueCaller, queueMembers } from '../support/wazo-events.js';

/** So many callers beside the one of the story, who come and give up together. */
function crowd(first: number, size: number) {
  const callers = Array.from({ length: size }, (_, index) => {
    return { ...CALLER, uniqueid: `1763683200.${String(first + index)}` };
  });
  const arrives: readonly BusEvent[] = callers.map((caller, index) =>
    queueCaller('QueueCallerJoin', caller, {
      Position: String(index + 1),
      Count: String(index + 1),
    }),
  );
  const givesUp: readonly BusEvent[] = callers.flatMap((caller) => [
    queueCaller('QueueCallerAbandon', caller, { Position: '1', OriginalPosition: '1' }),
    queueCaller('QueueCallerLeave', caller, { Position: '1', Count: '0' }),
    hangup(caller.uniqueid),
  ]);
  return { arrives, givesUp };
}

const MINUTE_MS = 60_000;

/** As long as a word gets in German, and a name in Wazo. */
const LONG_NAME = 'Kraftfahrzeughaftpflichtversicherungsschadensregulierungsstelle Nord-West 0815';

describe.skipIf(browserEndpoint === '' || amqpUrl === '')('the wallboard', () => {
  const clock = new MovableClock();
  let gate: BrokerGate;
  let running: HubOnBus;
  let opened: TestPage;
  let page: Page;

  beforeAll(async () => {
    gate = await openBrokerGate(amqpUrl);
    // Of the minute in which it was started a hub does not know what was before, so that is over.
    clock.advance(-MINUTE_MS);
    running = await startHubOnBus({ changes: { WAZO_AMQP_URL: gate.url }, now: clock.now });
    clock.advance(MINUTE_MS);
    opened = await openLoggedIn(running.hub, 'supervisor', '/?waiting=2,3&wait=0,0&theme=dark');
    ({ page } = opened);
  });

  afterAll(async () => {
    await opened.close();
    await running.stop();
    await gate.stop();
  });

  const play = (events: readonly BusEvent[]): Promise<void> => running.bus.publish(...events);
  /** The figure of the queue, with what stands beside it. */
  const figure = (label: string) =>
    page
      .getByRole('article', { name: 'Sales' })
      .locator('.figure', { has: page.locator('dt', { hasText: label }) })
      .locator('dd');
  const agent = (name = 'The agent') => page.locator('.agent', { hasText: name });
  const untilFigure = (label: string, text: RegExp) =>
    figure(label).filter({ hasText: text }).waitFor();
  const untilAgent = (state: RegExp) => agent().filter({ hasText: state }).waitFor();

  it('shows what there is, and nothing that is not known', async () => {
    await page.getByRole('heading', { name: 'Sales', exact: true }).waitFor();
    await untilFigure('Waiting', /^0/u);
    expect(await page.getByRole('article').count()).toBe(1);
    expect(await agent('The colleague').innerText()).toMatch(/Logged out/u);
    await page.getByText('There is no option').waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Sales callbacks/u }).waitFor();
  });

  it('follows a call: it arrives, rings, is answered, and ends in a wrap-up', async () => {
    await play(agentLogsIn);
    await untilAgent(/Available/u);
    await play(callArrives);
    await untilFigure('Waiting', /^1$/u);
    await untilFigure('Longest wait', /^0:0\d/u);
    await play(phoneRings);
    await untilFigure('Waiting', /1 ringing/u);
    await untilAgent(/Ringing/u);
    await play(agentAnswers);
    await untilFigure('Connected', /^1/u);
    await untilFigure('Waiting', /^0/u);
    await untilAgent(/Talking · Sales/u);
    await play(callEnds);
    await untilFigure('Connected', /^0/u);
    await untilAgent(/Wrap-up/u);
    expect(await agent().locator('time').innerText()).toMatch(/^\d+:\d\d$/u);
  });

  it('changes nothing but the tile of the agent who did something', async () => {
    await page.evaluate(() => {
      const changed = new Set<string>();
      document.body.dataset['changed'] = '';
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          // Durations tick, and belong to their tile.
          const tile = element?.closest('.agent, .queue, .callbacks');
          if (element?.closest('time') === null && tile !== null && tile !== undefined) {
            changed.add(tile.querySelector('.agent-name, h2, h3')?.textContent ?? tile.className);
          }
        }
        document.body.dataset['changed'] = [...changed].join();
      }).observe(document.querySelector('.people') ?? document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    });
    await play([
      ...queueMembers('QueueMemberAdded', COLLEAGUE),
      agentStatus(COLLEAGUE, 'logged_in'),
    ]);
    await agent('The colleague')
      .filter({ hasText: /Available/u })
      .waitFor();
    expect(await page.locator('body').getAttribute('data-changed')).toBe('The colleague');
  });

  it('says by word, shape and colour that a threshold is crossed, and that it is over', async () => {
    const tile = page.locator('.queue');
    const shape = () => tile.locator('header path').getAttribute('d');
    const colour = () => tile.locator('.badge').evaluate((badge) => getComputedStyle(badge).color);
    await tile.getByText('OK').waitFor();
    const [fine, fineColour] = [await shape(), await colour()];
    const two = crowd(90, 2);
    await play(two.arrives);
    await tile.locator('.badge', { hasText: 'Warning' }).waitFor();
    expect(await shape()).not.toBe(fine);
    expect(await colour()).not.toBe(fineColour);
    await page.locator('output', { hasText: 'Sales: Warning' }).waitFor({ state: 'attached' });
    await expectAccessible(page);
    await screenshot(page, 'board-warning');
    await play(two.givesUp);
    await tile.locator('.badge', { hasText: 'OK' }).waitFor();
    expect(await shape()).toBe(fine);
  });

  it('shows who comes later what was before, and what is from then on', async () => {
    const latecomer = await openLoggedIn(running.hub, 'supervisor');
    // Of those who have waited no event comes to this page.
    await expectMostWaiting(latecomer.page, 2);
    await screenshot(latecomer.page, 'board-latecomer');
    const three = crowd(92, 3);
    await play(three.arrives);
    await expectMostWaiting(latecomer.page, 3);
    await play(three.givesUp);
    await untilFigure('Waiting', /^0/u);
    await latecomer.close();
  });

  it('is visibly old while the broker is lost, and goes on by itself', async () => {
    gate.close();
    await page.locator('main.untrusted').waitFor();
    await page.getByText(/telephony system can't be reached/u).waitFor();
    await expectAccessible(page);
    gate.open();
    await page.locator('main:not(.untrusted)').waitFor();
    await play(queueMembers('QueueMemberPause', COLLEAGUE, { Paused: '1' }));
    await agent('The colleague')
      .filter({ hasText: /Paused/u })
      .waitFor();
    await play(queueMembers('QueueMemberPause', COLLEAGUE));
    await agent('The colleague')
      .filter({ hasText: /Available/u })
      .waitFor();
  });

  it('can be used by everybody: light, with settings, on a phone', async () => {
    await page.goto(`${running.hub.url}/?theme=light`);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog', { name: 'Settings of this board' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('The worst first').check();
    await page.getByRole('group', { name: 'Show' }).getByLabel('Callbacks').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Callbacks' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Agents' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Callbacks' }).count()).toBe(0);
    await page.setViewportSize(SIZES.phone);
    await expectAccessible(page);
    expect(await overflow(page)).toEqual({ x: false, y: true });
    await screenshot(page, 'board-phone');
  });

  it('has room for the longest names on the smallest phone', async () => {
    await page.route(/\/(?:queues|calllists|users)(?:\?|$)/u, async (route) => {
      const response = await route.fetch();
      const names = /"(?<key>Name|DisplayName)":"[^"]*"/gu;
      const body = (await response.text()).replaceAll(names, `"$<key>":"${LONG_NAME}"`);
      await route.fulfill({ response, body });
    });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${running.hub.url}/?theme=light&show=summary,queues,agents,callbacks`);
    await page.getByRole('heading', { name: LONG_NAME, exact: true }).waitFor();
    const late = crowd(98, 1);
    await play(late.arrives);
    await page.getByText(`in ${LONG_NAME}`).waitFor();
    expect(await overflow(page)).toEqual({ x: false, y: true });
    expect(await tooWide(page)).toEqual([]);
    await play(late.givesUp);
    await page.unroute(/\/(?:queues|calllists|users)(?:\?|$)/u);
  });

  it('fills a television without scrolling, and takes no interest in nonsense', async () => {
    await page.setViewportSize(SIZES.tv);
    await page.goto(`${running.hub.url}/?tv=1&waiting=many&colour=red&queues=Sales,Nowhere`);
    await page.getByText('There is no option “colour”.').waitFor();
    await page.getByText('waiting=many is left out').waitFor();
    await page.getByText('You see no queue “Nowhere”.').waitFor();
    await untilFigure('Waiting', /^0/u);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await overflow(page)).toEqual({ x: false, y: false });
    await expectAccessible(page);
    await screenshot(page, 'board-tv');
  });

  it('shows an agent what an agent may see', async () => {
    const other = await openLoggedIn(running.hub, 'colleague');
    await other.page.getByRole('heading', { name: 'Support', exact: true }).waitFor();
    expect(await other.page.getByRole('article').count()).toBe(2);
    // The wrap-up of the call may be over by now.
    const state = other.page.locator('.agent', { hasText: 'The agent' });
    await state.filter({ hasText: /Wrap-up|Available/u }).waitFor();
    await other.close();
  });
});

/** Waits until so many are the most in the last hour of Sales, as screen readers are told it. */
async function expectMostWaiting(page: Page, most: number): Promise<void> {
  const text = `Callers waiting in Sales in the last hour: between \\d and ${String(most)},`;
  await page.getByRole('img', { name: new RegExp(text, 'u') }).waitFor();
}

/** Whether the page is wider, or higher, than the screen. */
function overflow(page: Page): Promise<{ x: boolean; y: boolean }> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { x: scrollWidth > innerWidth, y: scrollHeight > innerHeight };
  });
}

/** Texts that stick out of their box. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.tile-note, .table th, .board-hint, .page-number')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ textContent }) => textContent),
  );
}
