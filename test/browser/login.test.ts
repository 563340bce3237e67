import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser/accessibility.js';
import {
  browserEndpoint,
  logIn,
  openPage,
  SIZES,
  type TestPage,
} from '../support/browser/browser-test.js';
import { screenshot } from '../support/browser/screenshot.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

describe.skipIf(browserEndpoint === '')('the login', () => {
  let hub: TestHub;
  let opened: TestPage;

  beforeAll(async () => {
    hub = await startTestHub({ RTE_SOURCES: 'simulator' });
    opened = await openPage(hub);
  });

  afterAll(async () => {
    await opened.close();
    await hub.stop();
  });

  it('is asked for by who was never there, on a page that everybody can use', async () => {
    const { page } = opened;
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'login-desktop');
    await page.setViewportSize(SIZES.phone);
    await expectAccessible(page);
    await screenshot(page, 'login-phone');
    await page.setViewportSize(SIZES.desktop);
  });

  it('says what is wrong with it, and keeps the user name', async () => {
    const { page, faults } = opened;
    faults.expect(/401/u);
    await page.getByLabel('User name').fill('supervisor');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('The user name or the password is wrong.').waitFor();
    expect(await page.getByLabel('User name').inputValue()).toBe('supervisor');
  });

  it('opens the wallboard, and holds over a reload', async () => {
    const { page } = opened;
    await logIn(page, { userName: 'supervisor' });
    await page.getByText('Live', { exact: true }).first().waitFor();
    await page.reload();
    await page.getByText('Live', { exact: true }).first().waitFor();
    await expectAccessible(page);
    await screenshot(page, 'shell-desktop');
  });
});
