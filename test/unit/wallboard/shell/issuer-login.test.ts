import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { IssuerLogin, isResponse } from '../../../../src/wallboard/shell/issuer-login.js';
import { RestError } from '../../../../src/wallboard/shell/rest-error.js';
import { MemoryValues } from './memory-values.js';

const BEGUN = { Url: 'https://issuer.example/?x', State: 's', Nonce: 'n', CodeVerifier: 'v' };
const KEY = { UserName: 'Ann', SecretKey: 'rsk3_x' };

/** A hub that answers as it should, and what it was asked. */
function hub(answers: Readonly<Record<string, unknown>> = {}) {
  const asked: [string, object?][] = [];
  const all: Readonly<Record<string, unknown>> = {
    '/login/options': { Issuer: { Label: 'Log in with Acme' } },
    '/login/issuer': BEGUN,
    '/login/issuer/code': KEY,
    ...answers,
  };
  const answer = <Body>(path: string, schema: z.ZodMiniType<Body>): Promise<Body> =>
    Promise.resolve(z.parse(schema, all[path]));
  return {
    asked,
    rest: {
      get: <Body>(path: string, schema: z.ZodMiniType<Body>) => answer(path, schema),
      post<Body>(path: string, body: object, schema: z.ZodMiniType<Body>) {
        asked.push([path, body]);
        return answer(path, schema);
      },
    },
  };
}

describe('the login with an identity provider', () => {
  it('has a button where the hub has one', async () => {
    expect(await new IssuerLogin(hub().rest, new MemoryValues()).label()).toBe('Log in with Acme');
    const { rest } = hub({ '/login/options': { Issuer: null } });
    expect(await new IssuerLogin(rest, new MemoryValues()).label()).toBeUndefined();
  });

  it('comes back to where it was begun, in another page of the same tab, once', async () => {
    const { rest, asked } = hub();
    const tab = new MemoryValues();
    const url = await new IssuerLogin(rest, tab).begin('device', '/me?tv=1');
    expect(url).toBe(BEGUN.Url);
    const later = new IssuerLogin(rest, tab);
    const returned = later.takeReturned('?code=c&state=s');
    expect(returned).toMatchObject({ from: '/me?tv=1', keeping: 'device' });
    expect(await returned.finish()).toEqual({ userName: 'Ann', secretKey: 'rsk3_x' });
    const { Url: _, ...kept } = BEGUN;
    expect(asked.at(-1)).toEqual(['/login/issuer/code', { ...kept, Response: '?code=c&state=s' }]);
    expect(() => later.takeReturned('?code=c&state=s')).toThrow(RestError);
  });

  it.each([
    ['was begun in another tab', undefined],
    ['an older page began', '{"State":"s"}'],
  ])('is not ended for one that %s', (_what, kept) => {
    const { rest, asked } = hub();
    const tab = new MemoryValues();
    if (kept !== undefined) tab.setItem('rte-hub.login.begun', kept);
    expect(() => new IssuerLogin(rest, tab).takeReturned('?code=c&state=s')).toThrow(/tab/u);
    expect(asked).toEqual([]);
  });
});

describe('a query', () => {
  it.each([
    ['?code=c&state=s', true],
    ['?error=access_denied&state=s', true],
    ['?code=c', false],
    ['?tv=1', false],
    ['', false],
  ])('%j is of an identity provider: %s', (query, expected) => {
    expect(isResponse(query)).toBe(expected);
  });
});
