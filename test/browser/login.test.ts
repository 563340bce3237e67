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
import { FakeIssuer } from '../support/fake-issuer.js';
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

describe.skipIf(browserEndpoint === '')('the login with an identity provider', () => {
  let issuer: FakeIssuer;
  let hub: TestHub;
  let opened: TestPage;
  /** The hub's clock, ahead of this machine's. */
  let ahead = 0;

  beforeAll(async () => {
    issuer = await FakeIssuer.start();
    issuer.logins.person = { sub: 's1', preferred_username: 'supervisor' };
    const settings = {
      RTE_SOURCES: 'simulator',
      RTE_OIDC_ISSUER: issuer.url,
      RTE_OIDC_AUDIENCE: 'rte-hub',
      RTE_OIDC_CLIENT_ID: 'rte-hub-pages',
      RTE_OIDC_LABEL: 'Log in with Acme',
    };
    hub = await startTestHub(settings, () => Date.now() + ahead);
    issuer.now = () => Date.now() + ahead;
    opened = await openPage(hub, '/me?theme=light', { colorScheme: 'light' });
  });

  afterAll(async () => {
    await opened.close();
    await hub.stop();
    await issuer.close();
  });

  const isLive = () => opened.page.getByText('Live', { exact: true }).first().waitFor();
  const press = () => opened.page.getByRole('button', { name: 'Log in with Acme' }).click();

  it('is offered beside the password, in both themes', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Log in with Acme' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'login-issuer-light');
    await page.goto(`${hub.url}/me?theme=dark`);
    await page.getByRole('button', { name: 'Log in with Acme' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'login-issuer-dark');
    await page.setViewportSize(SIZES.phone);
    await expectAccessible(page);
    await screenshot(page, 'login-issuer-phone');
    await page.setViewportSize(SIZES.desktop);
  });

  it('says what to do when the provider knows somebody whom the hub does not', async () => {
    const { page, faults } = opened;
    faults.expect(/403/u);
    const { person } = issuer.logins;
    issuer.logins.person = { sub: 'x', preferred_username: 'newcomer' };
    await press();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.getByText('Ask the operator of the hub to add you').waitFor();
    expect(page.url()).toBe(`${hub.url}/me?theme=dark`);
    await screenshot(page, 'login-issuer-newcomer');
    issuer.logins.person = person;
  });

  it('leads back to where it was begun, and holds over a reload and a night', async () => {
    const { page } = opened;
    await page.getByLabel('Keep me logged in').check();
    await press();
    await page.getByRole('link', { name: 'Continue' }).click();
    await isLive();
    expect(page.url()).toBe(`${hub.url}/me?theme=dark`);
    await page.reload();
    await isLive();
    ahead = 12 * 3_600_000;
    await page.reload();
    await isLive();
    expect(issuer.logins.grants.at(-1)).toBe('refresh_token');
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).toContain('rsk3_');
    expect(kept).not.toMatch(/begun|CodeVerifier/u);
  });

  it('ends with the key, when somebody logs out', async () => {
    const { page } = opened;
    const ended = page.waitForResponse((answer) => answer.url().endsWith('/login/issuer'));
    await page.getByRole('button', { name: 'Log out' }).click();
    expect((await ended).status()).toBe(204);
    expect(issuer.logins.revoked).toHaveLength(1);
    await page.getByRole('button', { name: 'Log in with Acme' }).waitFor();
  });

  it('ends when the provider no longer vouches for somebody', async () => {
    const { page, faults } = opened;
    faults.expect(/401/u);
    await press();
    await page.getByRole('link', { name: 'Continue' }).click();
    await isLive();
    issuer.logins.isDisabled = true;
    ahead += 600_000;
    await page.reload();
    await page.getByText(/You were logged out/u).waitFor();
    expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).toBe(
      '[{},{}]',
    );
  });

  it('does not take an answer that was not asked for in this tab', async () => {
    const { page } = opened;
    await page.goto(`${hub.url}/login?code=x&state=y`);
    await page.getByText('It was not begun in this tab').waitFor();
    expect(page.url()).toBe(`${hub.url}/`);
  });
});
