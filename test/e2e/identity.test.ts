import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { IDS, PASSWORD } from '../support/e2e-directory.js';
import { FakeIssuer } from '../support/fake-issuer.js';
import { MovableClock } from '../support/movable-clock.js';
import { RteClient } from '../support/rte-client.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const REFUSED = /401/;
const tokenAnswer = z.object({ Url: z.string(), Token: z.string() });
const keyAnswer = z.object({ UserID: z.string(), SecretKey: z.string() });
const begunAnswer = z.object({
  Url: z.string(),
  State: z.string(),
  Nonce: z.string(),
  CodeVerifier: z.string(),
});
const refusalsAnswer = z.object({
  Refusals: z.array(
    z.object({ Kind: z.string(), UserName: z.nullable(z.string()), Reason: z.string() }),
  ),
});
const readiness = z.object({ Reasons: z.array(z.string()) });

const clock = new MovableClock();
let issuer: FakeIssuer;
let hub: TestHub;
const clients: RteClient[] = [];

beforeAll(async () => {
  issuer = await FakeIssuer.start();
  issuer.fault = 'error';
  const variables = {
    RTE_SOURCES: 'simulator',
    RTE_OIDC_ISSUER: issuer.url,
    RTE_OIDC_AUDIENCE: 'rte-hub',
    RTE_OIDC_ALGORITHMS: 'ES256',
    RTE_OIDC_ROLES_CLAIM: 'realm_access.roles',
    RTE_OIDC_ROLES: 'rte-admins=admin',
    RTE_OIDC_CLIENT_ID: 'rte-hub-pages',
  };
  hub = await startTestHub(variables, clock.now);
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

afterAll(async () => {
  await hub.stop();
  await issuer.close();
});

function basic(userName: string, secret = PASSWORD) {
  return `Basic ${Buffer.from(`${userName}:${secret}`).toString('base64')}`;
}

const askToken = (authorization: string, userId = 'me') =>
  fetch(`${hub.url}/token/${userId}/rte/`, { headers: { authorization } });

const post = (path: string, body: object) =>
  fetch(`${hub.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const revoke = (authorization: string, path: string) =>
  fetch(`${hub.url}/token/${path}`, { method: 'DELETE', headers: { authorization } });

async function connect(authorization: string) {
  const answer = tokenAnswer.parse(await (await askToken(authorization)).json());
  const client = await RteClient.connectWith(answer.Url, answer.Token);
  clients.push(client);
  const closed = new Promise<string>((resolve) => {
    client.connection.onclose((error) => resolve(String(error)));
  });
  return { ...answer, client, closed };
}

describe('an OpenID Connect issuer', () => {
  it('that is away makes the hub unready, and only its logins impossible', async () => {
    const token = await issuer.token({ sub: IDS.agent });
    const answer = await askToken(`Bearer ${token}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    const ready = await fetch(`${hub.url}/healthz/ready`);
    expect(ready.status).toBe(503);
    expect(readiness.parse(await ready.json()).Reasons.join()).toContain('oidc: the keys of');
    expect((await askToken(basic('agent'))).status).toBe(200);
    issuer.fault = undefined;
    clock.advance(15_000);
    expect((await askToken(`Bearer ${token}`)).status).toBe(200);
    const reasons = readiness.parse(await (await fetch(`${hub.url}/healthz/ready`)).json()).Reasons;
    expect(reasons.join()).not.toContain('oidc');
  });

  it('gives its role to the bearer, on the hub and over REST, in the own organization only', async () => {
    const plain = `Bearer ${await issuer.token({ sub: IDS.agent })}`;
    const admin = `Bearer ${await issuer.token({
      sub: IDS.agent,
      realm_access: { roles: ['rte-admins'] },
    })}`;
    const wanted = [IDS.support, IDS.strangersQueue].map((id): [string, string] => [
      id,
      'QueueStatus',
    ]);
    for (const [login, own] of [
      [plain, 'Unauthorized'],
      [admin, null],
    ] as const) {
      const { client } = await connect(login);
      const results = await client.subscribe(...wanted);
      expect(results.map(({ message }) => message)).toEqual([own, 'Unauthorized']);
      const queue = await fetch(`${hub.url}/queues/${IDS.support}`, {
        headers: { authorization: login },
      });
      expect(queue.status).toBe(own === null ? 200 : 404);
      expect((await askToken(login, IDS.supervisor)).status).toBe(own === null ? 200 : 403);
      expect((await askToken(login, IDS.stranger)).status).toBe(403);
    }
  });
});

describe('a login on the pages', () => {
  it('opens the hub until it is revoked, which its administrator sees', async () => {
    issuer.now = clock.now;
    issuer.logins.person = { sub: 'a1', preferred_username: 'agent' };
    const { Url, ...kept } = begunAnswer.parse(await (await post('/login/issuer', {})).json());
    const Response = issuer.logins.authorize(new URL(Url).searchParams).search;
    const answer = await post('/login/issuer/code', { ...kept, Response });
    const { UserID, SecretKey } = keyAnswer.parse(await answer.json());
    expect(UserID).toBe(IDS.agent);
    const { client, closed } = await connect(basic('agent', SecretKey));
    expect(await client.connection.invoke('AvailableSubscriptions')).toHaveLength(31);
    expect((await revoke(basic('admin'), `${IDS.agent}/rte/`)).status).toBe(204);
    expect(await closed).toContain('The token was revoked.');
    expect((await askToken(basic('agent', SecretKey))).status).toBe(401);
    const headers = { authorization: basic('admin') };
    const refusals = await fetch(`${hub.url}/admin/refusals`, { headers });
    expect(refusalsAnswer.parse(await refusals.json()).Refusals).toContainEqual({
      Kind: 'login',
      UserName: 'agent',
      Reason: 'session-ended',
    });
    // A token of a later second is good again.
    clock.advance(1000);
  });
});

describe('a SecretKey', () => {
  it('opens what the password opens', async () => {
    const answer = await fetch(`${hub.url}/authuser/agent/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ UserName: 'agent', Password: PASSWORD }),
    });
    const { UserID, SecretKey } = keyAnswer.parse(await answer.json());
    expect(UserID).toBe(IDS.agent);
    const { client } = await connect(basic('agent', SecretKey));
    expect(await client.connection.invoke('AvailableSubscriptions')).toHaveLength(31);
    expect((await askToken(basic('supervisor', SecretKey))).status).toBe(401);
  });
});

describe('a revocation', () => {
  it('of a user closes their connections within a second, bars their tokens, and nobody else’s', async () => {
    const [first, second] = [await connect(basic('agent')), await connect(basic('agent'))];
    const witness = await connect(basic('supervisor'));
    expect((await revoke(basic('agent'), `${IDS.supervisor}/rte/`)).status).toBe(403);
    expect((await revoke(basic('admin'), `${IDS.stranger}/rte/`)).status).toBe(403);
    const begun = Date.now();
    expect((await revoke(basic('admin'), `${IDS.agent}/rte/`)).status).toBe(204);
    for (const { closed } of [first, second]) {
      expect(await closed).toContain('The token was revoked.');
    }
    expect(Date.now() - begun).toBeLessThan(1000);
    for (const { Url, Token } of [first, second]) {
      await expect(RteClient.connectWith(Url, Token)).rejects.toThrow(REFUSED);
    }
    expect(await witness.client.connection.invoke('AvailableSubscriptions')).toHaveLength(31);
    await (await RteClient.connectWith(witness.Url, witness.Token)).stop();
    // A token of a later second is good again.
    clock.advance(1000);
    const later = await connect(basic('agent'));
    expect(await later.client.connection.invoke('AvailableSubscriptions')).toHaveLength(31);
  });

  it('of one token leaves the others of its user', async () => {
    clock.advance(1000);
    const [one, other] = [await connect(basic('agent')), await connect(basic('agent'))];
    const payload = Buffer.from(one.Token.split('.')[1] ?? '', 'base64url').toString();
    const { jti } = z.object({ jti: z.string() }).parse(JSON.parse(payload));
    expect((await revoke(basic('agent'), `me/rte/${jti}`)).status).toBe(204);
    expect(await one.closed).toContain('The token was revoked.');
    await expect(RteClient.connectWith(one.Url, one.Token)).rejects.toThrow(REFUSED);
    expect(await other.client.connection.invoke('AvailableSubscriptions')).toHaveLength(31);
  });
});

describe('a token of the hub', () => {
  it('opens no REST path, nor does a token in a query', async () => {
    const { Token } = await hub.token('agent');
    expect((await askToken(`Bearer ${Token}`)).status).toBe(401);
    const inQuery = await fetch(`${hub.url}/token/me/rte/?access_token=${Token}`);
    expect(inQuery.status).toBe(401);
  });
});
