import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser/accessibility.js';
import {
  browserEndpoint,
  openLoggedIn,
  SIZES,
  type TestPage,
} from '../support/browser/browser-test.js';
import { screenshot } from '../support/browser/screenshot.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const THEMES = ['dark', 'light'] as const;

describe.skipIf(browserEndpoint === '')('the frame around the views', () => {
  let hub: TestHub;
  let opened: TestPage;

  beforeAll(async () => {
    hub = await startTestHub({ RTE_SOURCES: 'simulator' });
    opened = await openLoggedIn(hub, 'admin');
  });

  afterAll(async () => {
    await opened.close();
    await hub.stop();
  });

  const themeOf = () => opened.page.evaluate(() => document.documentElement.dataset['theme']);
  const overflow = () => opened.page.evaluate(() => document.body.scrollWidth - innerWidth);

  it.each(THEMES)('can be used on a phone and at a desk when the device is %s', async (scheme) => {
    const { page } = opened;
    await page.emulateMedia({ colorScheme: scheme });
    await expect.poll(themeOf).toBe(scheme);
    for (const size of ['desktop', 'phone'] as const) {
      await page.setViewportSize(SIZES[size]);
      await expectAccessible(page);
      await screenshot(page, `shell-${scheme}-${size}`);
      expect(await overflow()).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize(SIZES.desktop);
  });

  it('keeps the theme that was chosen, and takes that of the address before it', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Appearance: As the system' }).click();
    await page.getByRole('button', { name: 'Appearance: Dark' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Appearance: Dark' }).waitFor();
    expect(await themeOf()).toBe('dark');
    await page.goto(`${hub.url}/?theme=light`);
    await page.locator('.content h1').first().waitFor();
    expect(await themeOf()).toBe('light');
  });

  it('leads by keyboard to the content, and to the other views', async () => {
    const { page } = opened;
    await page.goto(hub.url);
    await page.locator('.content h1').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.getByRole('link', { name: 'Console' }).press('Enter');
    await page.waitForURL(/\/admin$/u);
    await page.locator('#content:focus').waitFor();
    expect(await page.title()).toContain('Console');
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/');
    expect(await page.getByRole('link', { name: 'Wallboard' }).getAttribute('aria-current')).toBe(
      'page',
    );
  });

  it('is loaded anew, once, when the hub has come back without its files', async () => {
    const { page, faults } = opened;
    faults.expect(/404/u);
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    let asked = 0;
    await page.route(/\/assets\/main-\w+\.js$/u, async (route) => {
      if (route.request().method() !== 'HEAD') return route.fallback();
      asked += 1;
      return route.fulfill({ status: 404 });
    });
    await page.reload();
    await expect.poll(() => loads).toBe(2);
    await page.locator('.content[data-link=live] h1').first().waitFor();
    // The page that was loaded anew knows that it was: it asks no more before this.
    await page.evaluate(() => fetch('/healthz/live', { method: 'HEAD' }));
    expect([asked, loads]).toEqual([1, 2]);
    await page.unroute(/\/assets\/main-\w+\.js$/u);
  });

  it('is left away on a wall screen, until Escape', async () => {
    const { page } = opened;
    await page.setViewportSize(SIZES.tv);
    await page.getByRole('link', { name: 'TV mode' }).click();
    await page.waitForURL(/\?tv=1$/u);
    await page.locator('.content[data-link=live] h1').first().waitFor();
    expect(await page.getByRole('banner').count()).toBe(0);
    await page.locator('html[data-idle]').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'tv');
    await page.keyboard.press('Escape');
    await page.getByRole('banner').waitFor();
    await page.setViewportSize(SIZES.desktop);
  });

  it('goes in all tabs of the device when one of them logs out', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Keep me logged in on this device').check();
    const other = await page.context().newPage();
    await other.goto(hub.url);
    await page.getByLabel('User name').fill('admin');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Log in' }).click();
    await other.locator('.content h1').first().waitFor();
    await other.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await page.evaluate(() => localStorage.getItem('rte-hub.login'))).toBeNull();
  });
});
