import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { PASSWORD } from '../e2e-directory.js';
import type { TestHub } from '../test-hub.js';
import { PageFaults } from './page-faults.js';

/** Where the browser of the tests is; empty when this machine has none, and tests with it are skipped. */
export const browserEndpoint = inject('browserEndpoint');

/** The sizes that pages are looked at in. */
export const SIZES = {
  phone: { width: 360, height: 780 },
  desktop: { width: 1280, height: 800 },
  tv: { width: 1920, height: 1080 },
} as const;

/** A page of a test, in a browser profile of its own. */
export interface TestPage {
  readonly page: Page;
  /** What went wrong on the page: errors, refusals of the content policy. */
  readonly faults: PageFaults;
  /** Closes it. @throws when something went wrong on it that the test did not expect */
  close(): Promise<void>;
}

let browser: Promise<Browser> | undefined;

/** The one browser; connected to once in each process of the tests, for as long as that lives. */
function connected(): Promise<Browser> {
  browser ??= chromium.connect(browserEndpoint);
  return browser;
}

/** Opens a page of the hub as somebody who was never there. */
export async function openPage(
  hub: Pick<TestHub, 'url'>,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<TestPage> {
  const context = await (
    await connected()
  ).newContext({ viewport: SIZES.desktop, locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults = new PageFaults(page);
  await page.goto(hub.url + path);
  return {
    page,
    faults,
    async close() {
      await context.close();
      faults.expectNone();
    },
  };
}

/** Logs in by the form that the page shows; resolves once the view is there. */
export async function logIn(
  page: Page,
  { userName, password = PASSWORD }: { readonly userName: string; readonly password?: string },
): Promise<void> {
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('.content h1').first().waitFor();
}

/** Opens a page of the hub and logs in; `userName` is one of the end-to-end directory. */
export async function openLoggedIn(
  hub: Pick<TestHub, 'url'>,
  userName: string,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<TestPage> {
  const opened = await openPage(hub, path, options);
  await logIn(opened.page, { userName });
  return opened;
}
