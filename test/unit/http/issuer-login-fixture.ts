import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createOidcLogin, type OidcLoginOptions } from '../../../src/composition/oidc-login.js';
import type { Role } from '../../../src/directory/types.js';
import { registerAuthUserRoute, registerIssuerLoginRoutes } from '../../../src/http/index.js';
import { createAuthenticator, SecretKeys, SessionFiles } from '../../../src/identity/index.js';
import type { FakeIssuer } from '../../support/fake-issuer.js';
import { ManualTimers } from '../../support/manual-timers.js';
import { basic, directoryWithAdmins, tokenServer } from './token-fixture.js';

const begunSchema = z.object({
  Url: z.url(),
  State: z.string(),
  Nonce: z.string(),
  CodeVerifier: z.string(),
});

export type Begun = z.infer<typeof begunSchema>;

const keySchema = z.object({
  UserID: z.string(),
  SecretKey: z.string(),
  UserName: z.string(),
  OrganizationID: z.string(),
});

const secret = Buffer.alloc(32, 5);

/** A hub whose pages log in with an issuer; its data folder outlives it until it is removed. */
export async function issuerLoginHub(
  issuer: FakeIssuer,
  changes: Partial<OidcLoginOptions> & { readonly loginSecret?: Buffer } = {},
  dataDir?: string,
) {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'rte-hub-sign-in-')));
  const directory = await directoryWithAdmins();
  const timers = new ManualTimers(Date.now());
  const revokedUntil = new Map<string, number>();
  const secretKeys = new SecretKeys(changes.loginSecret ?? secret);
  const login = createOidcLogin({
    issuer: issuer.url,
    audience: 'rte-hub',
    algorithms: ['ES256'],
    userClaim: undefined,
    organizationClaim: undefined,
    rolesClaim: 'groups',
    roles: new Map<string, Role>([['rte-admins', 'admin']]),
    directory: () => directory,
    signIn: {
      clientId: 'rte-hub-pages',
      scopes: ['openid', 'offline_access'],
      label: 'Log in with Acme',
      files: await SessionFiles.open(folder),
      secretKeys,
      isRevoked: (id, startedAt) => startedAt <= (revokedUntil.get(id) ?? -1),
    },
    onTrouble: () => undefined,
    after: (ms, act) => timers.after(ms, act),
    now: timers.now,
    ...changes,
  });
  const authenticator = createAuthenticator(() => directory, { external: [login], secretKeys });
  const hub = await tokenServer({ directory: () => directory, authenticator });
  const metrics = { login: (outcome: string) => void hub.logins.push(outcome) };
  registerAuthUserRoute(hub.server, { authenticator, metrics });
  registerIssuerLoginRoutes(hub.server, {
    authenticator,
    metrics,
    signIn: login.signIn,
    publicUrl: undefined,
  });

  const headers = { host: 'hub.test' };
  const post = (url: string, payload: object = {}, remoteAddress = '192.0.2.1') =>
    hub.server.inject({ method: 'POST', url, headers, payload, remoteAddress });
  const finish = (kept: Partial<Begun>, response: string, remoteAddress?: string) =>
    post('/login/issuer/code', { ...kept, Response: response }, remoteAddress);
  const begin = async () => begunSchema.parse((await post('/login/issuer')).json());
  return {
    ...hub,
    folder,
    timers,
    authenticator,
    revokedUntil,
    post,
    begin,
    finish,
    options: () => hub.server.inject({ url: '/login/options', headers }),
    /** The whole way: begun, agreed to at the issuer's page, and the code redeemed. */
    async logIn() {
      const begun = await begin();
      const answer = await finish(begun, comeBack(issuer, begun));
      return keySchema.parse(answer.json());
    },
    /** Asks for a token as the page does. */
    token: (userName: string, key: string) =>
      hub.server.inject({
        url: '/token/me/rte/',
        headers: { ...headers, ...basic(userName, key) },
      }),
    logOut: (userName: string, key: string) =>
      hub.server.inject({
        method: 'DELETE',
        url: '/login/issuer',
        headers: { ...headers, ...basic(userName, key) },
      }),
    async stop({ keepFolder = false } = {}) {
      login.close();
      await hub.server.close();
      if (!keepFolder) await rm(folder, { recursive: true });
    },
  };
}

/** The query with which the browser is sent back by who agrees at the issuer's page. */
export function comeBack(issuer: FakeIssuer, { Url: url }: Begun): string {
  return issuer.logins.authorize(new URL(url).searchParams).search;
}
