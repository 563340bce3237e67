import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/index.js';

const issuer = {
  RTE_OIDC_ISSUER: 'https://login.example/realms/acme',
  RTE_OIDC_AUDIENCE: 'rte-hub',
};

function faultsOf(environment: Record<string, string>): readonly string[] {
  const loaded = loadSettings(environment);
  return loaded.ok ? [] : loaded.faults.map(({ name }) => name);
}

describe('settings of an OpenID Connect issuer', () => {
  it('are complete with issuer and audience', () => {
    const loaded = loadSettings(issuer);
    expect(loaded).toMatchObject({
      ok: true,
      settings: { oidc: { algorithms: ['RS256', 'ES256'], userClaim: undefined } },
    });
    expect(loadSettings({})).toMatchObject({ ok: true, settings: { oidc: undefined } });
  });

  it('map values to roles', () => {
    const roles = {
      RTE_OIDC_ROLES_CLAIM: 'groups',
      RTE_OIDC_ROLES: 'Team leads=supervisor, a=admin',
    };
    const loaded = loadSettings({ ...issuer, ...roles });
    if (!loaded.ok) throw new Error(loaded.faults.map(({ message }) => message).join());
    expect([...(loaded.settings.oidc?.roles ?? [])]).toEqual([
      ['Team leads', 'supervisor'],
      ['a', 'admin'],
    ]);
  });

  it('with a client id let people log in on the pages', () => {
    expect(loadSettings(issuer)).toMatchObject({ settings: { oidc: { signIn: undefined } } });
    const client = { ...issuer, RTE_OIDC_CLIENT_ID: 'rte-hub-pages' };
    const usual = {
      clientId: 'rte-hub-pages',
      scopes: ['openid', 'profile', 'offline_access'],
      label: 'Log in with single sign-on',
    };
    expect(loadSettings(client)).toMatchObject({ settings: { oidc: { signIn: usual } } });
    const chosen = { RTE_OIDC_SCOPES: ' email  openid', RTE_OIDC_LABEL: 'Log in with Acme' };
    expect(loadSettings({ ...client, ...chosen })).toMatchObject({
      settings: { oidc: { signIn: { scopes: ['email', 'openid'], label: 'Log in with Acme' } } },
    });
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['a client id without issuer', { RTE_OIDC_CLIENT_ID: 'a' }, ['RTE_OIDC_CLIENT_ID']],
    [
      'scopes and a label without client id',
      { ...issuer, RTE_OIDC_SCOPES: 'openid', RTE_OIDC_LABEL: 'a' },
      ['RTE_OIDC_SCOPES', 'RTE_OIDC_LABEL'],
    ],
    [
      'scopes without openid',
      { ...issuer, RTE_OIDC_CLIENT_ID: 'a', RTE_OIDC_SCOPES: 'profile' },
      ['RTE_OIDC_SCOPES'],
    ],
    [
      'scopes between commas',
      { ...issuer, RTE_OIDC_CLIENT_ID: 'a', RTE_OIDC_SCOPES: 'openid,profile' },
      ['RTE_OIDC_SCOPES'],
    ],
    ['an issuer without audience', { RTE_OIDC_ISSUER: 'https://i.example' }, ['RTE_OIDC_AUDIENCE']],
    ['an audience without issuer', { RTE_OIDC_AUDIENCE: 'a' }, ['RTE_OIDC_AUDIENCE']],
    ['roles without a claim', { ...issuer, RTE_OIDC_ROLES: 'a=admin' }, ['RTE_OIDC_ROLES_CLAIM']],
    ['a claim without roles', { ...issuer, RTE_OIDC_ROLES_CLAIM: 'a' }, ['RTE_OIDC_ROLES']],
    [
      'a role that is none',
      { ...issuer, RTE_OIDC_ROLES_CLAIM: 'a', RTE_OIDC_ROLES: 'a=root' },
      ['RTE_OIDC_ROLES'],
    ],
    ['no algorithm', { ...issuer, RTE_OIDC_ALGORITHMS: 'none' }, ['RTE_OIDC_ALGORITHMS']],
    ['a shared secret', { ...issuer, RTE_OIDC_ALGORITHMS: 'HS256' }, ['RTE_OIDC_ALGORITHMS']],
    [
      'an open line in production',
      { ...issuer, RTE_OIDC_ISSUER: 'http://i.example', NODE_ENV: 'production' },
      ['RTE_OIDC_ISSUER'],
    ],
  ])('refuse %s', (_what, environment, names) => {
    expect(faultsOf(environment)).toEqual(names);
  });

  it('take an open line elsewhere', () => {
    expect(faultsOf({ ...issuer, RTE_OIDC_ISSUER: 'http://127.0.0.1:8081' })).toEqual([]);
  });
});
