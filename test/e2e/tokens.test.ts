import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HttpTransportType } from '@microsoft/signalr';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { keyFilesIn, rotateKeyFile } from '../../src/identity/index.js';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { e2eDirectory, IDS, PASSWORD } from '../support/e2e-directory.js';
import { MovableClock } from '../support/movable-clock.js';
import { RteClient } from '../support/rte-client.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { presence } from '../support/wazo-events.js';

const UNKNOWN_ID = 'aaaaaaaa-0000-4000-8000-00000000dead';
const REFUSED = /401/;
const ANY_TEXT: unknown = expect.any(String);
const ANY_TOKEN: unknown = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);
/** Below the time after which a silent client counts as gone, so that the clock can jump over it. */
const TTL_SECONDS = 10;

function askToken(
  hub: TestHub,
  userName: string,
  userId = 'me',
  password = PASSWORD,
): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
  return fetch(`${hub.url}/token/${userId}/rte/`, { headers: { authorization } });
}

describe('the way to a token and a connection', () => {
  let hub: TestHub;

  beforeAll(async () => {
    hub = await startTestHub({ RTE_SOURCES: 'simulator' });
  });

  afterAll(() => hub.stop());

  it('is closed to a wrong password, with a challenge', async () => {
    const answer = await askToken(hub, 'agent', 'me', 'wrong');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect((await askToken(hub, 'nobody')).status).toBe(401);
  });

  it.each([
    ['agent', 'me', 200],
    ['agent', IDS.agent, 200],
    ['agent', IDS.agent.toUpperCase(), 200],
    ['agent', IDS.colleague, 403],
    ['agent', UNKNOWN_ID, 403],
    ['supervisor', IDS.agent, 403],
    ['admin', IDS.agent, 200],
    ['admin', IDS.stranger, 403],
    ['admin', UNKNOWN_ID, 404],
  ])('answers %s who asks for %s with %i', async (userName, userId, status) => {
    expect((await askToken(hub, userName, userId)).status).toBe(status);
  });

  it('needs no negotiation', async () => {
    const { Url, Token } = await hub.token('agent');
    const client = await RteClient.connectWith(Url, Token, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
    });
    expect(await client.connection.invoke('AvailableSubscriptions')).toHaveLength(31);
    await client.stop();
  });

  it('stays open while the signing key is rotated', async () => {
    const before = await hub.token('agent');
    const { current, previous } = keyFilesIn(join(dirname(hub.directoryFile), 'data'));
    await rotateKeyFile(current, previous);
    expect(await hub.app.reload()).toBe(true);
    const after = await hub.token('agent');
    for (const { Url, Token } of [before, after]) {
      await (await RteClient.connectWith(Url, Token)).stop();
    }
    const keys = await fetch(`${hub.url}/.well-known/jwks.json`);
    expect(keys.headers.get('content-type')).toContain('application/jwk-set+json');
    const kids = [after, before].map(({ Token }) => decodeProtectedHeader(Token).kid);
    expect(await keys.json()).toEqual({
      keys: kids.map((kid) => ({
        kty: 'OKP',
        crv: 'Ed25519',
        x: ANY_TEXT,
        kid,
        alg: 'EdDSA',
        use: 'sig',
      })),
    });
    await rm(previous);
    await hub.app.reload();
    await expect(RteClient.connectWith(before.Url, before.Token)).rejects.toThrow(REFUSED);
  });

  it.each([
    ['garbage', () => Promise.resolve('garbage')],
    ['signed with another key', signedWithAnotherKey],
    ['said to need no signature', unsigned],
  ])('is closed to a token that is %s', async (_, forge) => {
    const { Url, Token } = await hub.token('agent');
    const forged = await forge(Token);
    await expect(RteClient.connectWith(Url, forged)).rejects.toThrow(REFUSED);
    expect(await upgradeStatus(hub, forged)).toBe(401);
    expect(await upgradeStatus(hub, Token)).toBe(101);
  });
});

describe.skipIf(amqpUrl === '')('the use of a token', () => {
  const clock = new MovableClock();
  let running: HubOnBus;
  let hub: TestHub;
  const clients: RteClient[] = [];

  beforeEach(async () => {
    running = await startHubOnBus({
      changes: { RTE_TOKEN_TTL: String(TTL_SECONDS) },
      now: clock.now,
    });
    hub = running.hub;
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.stop();
    await running.stop();
  });

  async function connectAs(userName: string): Promise<RteClient> {
    const client = await RteClient.connect(hub, userName);
    clients.push(client);
    return client;
  }

  it('ends at exp for a connection that is to be made, not for one that is open', async () => {
    const { Url, Token } = await hub.token('agent');
    const open = await RteClient.connectWith(Url, Token);
    clients.push(open);
    await open.subscribe([IDS.agent, 'UserStatus']);
    clock.advance(TTL_SECONDS * 1000);
    await expect(RteClient.connectWith(Url, Token)).rejects.toThrow(REFUSED);
    expect(await upgradeStatus(hub, Token)).toBe(401);
    await running.bus.publish(presence(IDS.agent));
    await open.waitFor('UserStatus', IDS.agent, { serviceTerminals: 1 });
  });

  it('ends when the user is taken out of the directory, for the open connection too', async () => {
    const { Url, Token } = await hub.token('agent');
    const removed = await RteClient.connectWith(Url, Token);
    clients.push(removed);
    const witness = await connectAs('supervisor');
    for (const client of [removed, witness]) await client.subscribe([IDS.colleague, 'UserStatus']);
    const closed = new Promise<Error | undefined>((resolve) => removed.connection.onclose(resolve));
    await writeFile(hub.directoryFile, JSON.stringify(directoryWithoutAgent()));
    expect(await hub.app.reload()).toBe(true);
    await expect(RteClient.connectWith(Url, Token)).rejects.toThrow(REFUSED);
    await running.bus.publish(presence(IDS.colleague));
    await witness.waitFor('UserStatus', IDS.colleague, { serviceTerminals: 1 });
    expect(String(await closed)).toContain('The user was removed.');
    expect(removed.messages).toEqual([]);
    expect((await askToken(hub, 'agent')).status).toBe(401);
  });

  it('stays as it was when a reload brings a wrong directory', async () => {
    const client = await connectAs('agent');
    await client.subscribe([IDS.agent, 'UserStatus']);
    await writeFile(hub.directoryFile, '{"organizations": "none"}');
    expect(await hub.app.reload()).toBe(false);
    expect((await askToken(hub, 'agent')).status).toBe(200);
    await running.bus.publish(presence(IDS.agent));
    await client.waitFor('UserStatus', IDS.agent, { serviceTerminals: 1 });
  });
});

describe('the addresses beside the token', () => {
  const publicUrl = { RTE_PUBLIC_URL: 'https://rte.example' };

  it.each([
    ['ws for wss without TLS', {}, 'ws://HOST/rte', 'http://HOST/rte'],
    [
      'http for https without TLS',
      { RTE_ENDPOINT_SCHEME: 'https' },
      'http://HOST/rte',
      'http://HOST/rte',
    ],
    ['wss with TLS in front', publicUrl, 'wss://rte.example/rte', 'https://rte.example/rte'],
    [
      'https with TLS in front',
      { ...publicUrl, RTE_ENDPOINT_SCHEME: 'https' },
      'https://rte.example/rte',
      'https://rte.example/rte',
    ],
  ])('are %s', async (_, variables, wssEndpoint, url) => {
    const hub = await startTestHub({ RTE_SOURCES: 'simulator', ...variables });
    try {
      const { host } = new URL(hub.url);
      const answer: unknown = await (await askToken(hub, 'agent')).json();
      expect(answer).toEqual({
        WssEndpoint: wssEndpoint.replace('HOST', host),
        Url: url.replace('HOST', host),
        Token: ANY_TOKEN,
        ExpiresIn: 600,
      });
    } finally {
      await hub.stop();
    }
  });

  it('are told under the misspelt name of the vendor too when asked for', async () => {
    const hub = await startTestHub({ RTE_SOURCES: 'simulator', RTE_LEGACY_WSSENDPOINT: 'true' });
    try {
      const answer: unknown = await (await askToken(hub, 'agent')).json();
      const endpoint = `${hub.url.replace('http', 'ws')}/rte`;
      expect(answer).toMatchObject({ WssEndpoint: endpoint, WSSEndpoint: endpoint });
    } finally {
      await hub.stop();
    }
  });
});

/** How a WebSocket that comes without negotiation is answered: 101 when it opens. */
function upgradeStatus(hub: TestHub, token: string): Promise<number> {
  const url = `${hub.url.replace('http', 'ws')}/rte?access_token=${encodeURIComponent(token)}`;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

/** The same token, signed by somebody else. */
async function signedWithAnotherKey(token: string): Promise<string> {
  const { alg = '', ...header } = decodeProtectedHeader(token);
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg, ...header }).sign(privateKey);
}

/** The same token under the algorithm `none`. */
function unsigned(token: string): Promise<string> {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  return Promise.resolve(`${header}.${token.split('.')[1] ?? ''}.`);
}

function directoryWithoutAgent(): object {
  return {
    ...e2eDirectory,
    users: e2eDirectory.users.filter(({ id }) => id !== IDS.agent),
    queues: e2eDirectory.queues.map((queue) => ({
      ...queue,
      members: queue.members.filter((id) => id !== IDS.agent),
    })),
  };
}
