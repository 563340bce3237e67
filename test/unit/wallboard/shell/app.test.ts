import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../../../src/wallboard/shell/app.js';
import {
  LOGIN_KEY,
  LoginStore,
  type KeptLogin,
} from '../../../../src/wallboard/shell/login-store.js';
import { RestError } from '../../../../src/wallboard/shell/rest-error.js';
import type {
  OpenSession,
  Session,
  SessionOptions,
} from '../../../../src/wallboard/shell/session.js';
import { MemoryValues } from './memory-values.js';

const LOGIN: KeptLogin = { userName: 'ann', secretKey: 'rsk1_x' };
const away = new RestError({ status: 0, title: 'away' });
const refused = new RestError({ status: 401, title: 'Unauthorized', detail: 'Wrong key.' });

/** A page whose sessions are told apart by their number. */
function page(open: (attempt: number) => Promise<void> = () => Promise.resolve()) {
  const places = { device: new MemoryValues(), tab: new MemoryValues() };
  const store = new LoginStore(places);
  const stopped: number[] = [];
  const options: SessionOptions[] = [];
  const openSession = vi.fn<OpenSession>(async (_, given) => {
    const number = options.push(given);
    await open(number);
    return sessionOf(() => stopped.push(number));
  });
  const app = new App({ store, base: new URL('https://hub.example/'), tv: false, openSession });
  return { app, store, places, openSession, options, stopped, kind: () => app.stage.value.kind };
}

/** What App knows of a session is that it can be stopped. */
function sessionOf(onStop: () => void): Session {
  return {
    get context(): never {
      throw new Error('App does not look at the context');
    },
    views: ['board'],
    stop: () => Promise.resolve(onStop()),
  };
}

/** Why the form is shown; undefined when it is not, or for no reason. */
function reasonOf({ stage }: App): string | undefined {
  return stage.value.kind === 'login' ? stage.value.reason : undefined;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a page that is opened', () => {
  it('asks for a login when none is kept', async () => {
    const { app, openSession, kind } = page();
    await app.restore();
    expect([kind(), openSession.mock.calls.length]).toEqual(['login', 0]);
  });

  it('goes on with the login that is kept', async () => {
    const { app, store, openSession, kind } = page();
    store.keep(LOGIN, 'device');
    await app.restore();
    expect([kind(), openSession.mock.calls[0]?.[0]]).toEqual(['session', LOGIN]);
  });

  it('waits for a hub that is away, and keeps the login', async () => {
    const { app, store, openSession, kind } = page((attempt) =>
      attempt < 4 ? Promise.reject(away) : Promise.resolve(),
    );
    store.keep(LOGIN, 'device');
    const restored = app.restore();
    await vi.advanceTimersByTimeAsync(6_000);
    expect([kind(), openSession.mock.calls.length]).toEqual(['restoring', 3]);
    await vi.advanceTimersByTimeAsync(3_000);
    await restored;
    expect([kind(), store.read()]).toEqual(['session', LOGIN]);
  });

  it('asks again, with the reason, when the login is refused', async () => {
    const { app, store } = page(() => Promise.reject(refused));
    store.keep(LOGIN, 'device');
    await app.restore();
    expect(reasonOf(app)).toContain('Wrong key.');
    expect(store.read()).toBeUndefined();
  });
});

describe('a session', () => {
  it('begins with the key that the hub gives for the password, which is kept nowhere', async () => {
    const { app, store, places, kind } = page();
    const answer = { UserName: 'Ann', SecretKey: 'rsk1_new' };
    const headers = { 'content-type': 'application/json' };
    const fetch = vi.fn<(url: URL) => Promise<Response>>(() =>
      Promise.resolve(new Response(JSON.stringify(answer), { headers })),
    );
    vi.stubGlobal('fetch', fetch);
    await app.logIn({ userName: 'ann/b', password: 'hunter2', keeping: 'device' });
    expect(fetch.mock.calls[0]?.[0].pathname).toBe('/authuser/ann%2Fb/');
    expect(kind()).toBe('session');
    expect(store.read()).toEqual({ userName: 'Ann', secretKey: 'rsk1_new' });
    expect(places.device.getItem(LOGIN_KEY)).not.toContain('hunter2');
  });

  it('ends with the login, here and in the other tabs', async () => {
    const [one, other] = [page(), page()];
    for (const { app, store } of [one, other]) {
      store.keep(LOGIN, 'device');
      await app.restore();
    }
    one.app.logOut();
    expect([one.kind(), one.stopped, one.store.read()]).toEqual(['login', [1], undefined]);
    other.store.forget();
    other.app.onStorage({ key: LOGIN_KEY });
    expect([other.kind(), other.stopped]).toEqual(['login', [1]]);
  });

  it.each([
    ['rsk1_x', 0],
    ['rsk3_x', 1],
  ])('ends in the hub as well where that keeps it: %s', async (secretKey, requests) => {
    const fetch = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>(() =>
      Promise.reject(new TypeError('the hub is away')),
    );
    vi.stubGlobal('fetch', fetch);
    const { app, store, kind } = page();
    store.keep({ ...LOGIN, secretKey }, 'device');
    await app.restore();
    app.logOut();
    expect([kind(), store.read()]).toEqual(['login', undefined]);
    expect(fetch.mock.calls).toHaveLength(requests);
    for (const [url, { method }] of fetch.mock.calls) {
      expect([method, url.pathname]).toEqual(['DELETE', '/login/issuer']);
    }
  });

  it('ends when the hub no longer takes it', async () => {
    const { app, store, options, stopped } = page();
    store.keep(LOGIN, 'tab');
    await app.restore();
    options[0]?.onRefused('The password was changed.');
    expect(reasonOf(app)).toContain('The password was changed.');
    expect([stopped, store.read()]).toEqual([[1], undefined]);
  });

  it('begins when another tab of the device has logged in, and for nothing else it writes', async () => {
    const { app, store, kind } = page();
    store.keep(LOGIN, 'device');
    app.onStorage({ key: 'another' });
    expect(kind()).toBe('login');
    app.onStorage({ key: LOGIN_KEY });
    await vi.advanceTimersByTimeAsync(0);
    expect(kind()).toBe('session');
  });

  it('that opens after another tab has logged out is ended', async () => {
    const opened = new EventTarget();
    const isOpened = once(opened, 'opened');
    const { app, store, stopped, kind } = page(async () => void (await isOpened));
    store.keep(LOGIN, 'device');
    const restored = app.restore();
    store.forget();
    app.onStorage({ key: null });
    opened.dispatchEvent(new Event('opened'));
    await restored;
    expect([kind(), stopped]).toEqual(['login', [1]]);
  });
});
