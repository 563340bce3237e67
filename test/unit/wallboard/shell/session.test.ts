import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../../../src/wallboard/shell/session.js';

const USER = {
  Id: 'aaaaaaaa-0000-4000-8000-000000000042',
  UserName: 'anna',
  OrganizationID: 'aaaaaaaa-0000-4000-8000-000000000001',
  DisplayName: 'Anna',
  Role: 'agent',
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a session that is over', () => {
  it('ends no other: that its requests are refused then is no news', async () => {
    let isKnown = true;
    vi.stubGlobal('fetch', (url: URL | string) => {
      if (String(url).includes('/token/')) return Promise.reject(new TypeError('away'));
      return Promise.resolve(
        isKnown ? Response.json(USER) : Response.json({ title: 'No' }, { status: 401 }),
      );
    });
    const onRefused = vi.fn<(detail: string | undefined) => void>();
    const login = { userName: 'anna', secretKey: 'key' };
    const base = new URL('https://hub.example/');
    const session = await openSession(login, { base, tv: false, onRefused });
    isKnown = false;
    const { rest } = session.context;
    await expect(rest.delete('/one')).rejects.toMatchObject({ status: 401 });
    expect(onRefused).toHaveBeenCalledTimes(1);
    await session.stop();
    await expect(rest.delete('/another')).rejects.toMatchObject({ status: 401 });
    expect(onRefused).toHaveBeenCalledTimes(1);
  });
});
