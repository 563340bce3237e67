import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, BOB, http, negotiate } from '../raw/http.js';
import { call } from '../raw/records.js';
import { connect, upgrade } from '../raw/web-socket.js';
import type { HubServer } from './hub-server.js';
import { startHubServer } from './hub-server.js';

const KEY = 'a key of at least thirty-two bytes';

const started: HubServer[] = [];
/** Two nodes of one hub: behind a balancer without affinity a client meets now this, now that. */
async function twoNodes(
  ...options: readonly Parameters<typeof startHubServer>[0][]
): Promise<[HubServer, HubServer]> {
  const [first = {}, second = first] = options;
  const nodes: [HubServer, HubServer] = [
    await startHubServer({ connectionTokenKey: KEY, closeTimeoutMs: 1, ...first }),
    await startHubServer({ connectionTokenKey: KEY, closeTimeoutMs: 1, ...second }),
  ];
  started.push(...nodes);
  return nodes;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
});

async function tokenOf({ hub }: HubServer, version = 1): Promise<string> {
  const reply = await negotiate(hub, `negotiateVersion=${version}`);
  return reply.connectionToken ?? reply.connectionId ?? '';
}

describe('a connection negotiated on another node', () => {
  it.each([0, 1])('is opened by a WebSocket, in negotiate version %d', async (version) => {
    const [here, there] = await twoNodes();
    const socket = await connect(`${there.hub}?id=${await tokenOf(here, version)}`);
    socket.send(call('Note', ['there'], '1'));
    expect(JSON.parse(await socket.next())).toMatchObject({ result: 'there' });
    expect([here.notes, there.notes]).toEqual([[], ['there']]);
    socket.cut();
  });

  it('is opened once: 409 while it lives, 404 afterwards', async () => {
    const [here, there] = await twoNodes();
    const url = `${there.hub}?id=${await tokenOf(here)}`;
    const socket = await connect(url);
    expect(await upgrade(url)).toMatchObject({ status: 409 });
    socket.cut();
    await expect.poll(() => there.server.connectionCount).toBe(0);
    expect(await upgrade(url)).toMatchObject({ status: 404 });
  });

  it('of two upgrades at the same time one is refused', async () => {
    const [here, there] = await twoNodes();
    const url = `${there.hub}?id=${await tokenOf(here)}`;
    const outcomes = await Promise.all([upgrade(url), upgrade(url)]);
    expect(outcomes.filter((one) => 'status' in one)).toMatchObject([{ status: 409 }]);
    for (const one of outcomes) if ('cut' in one) one.cut();
  });

  it('is 404 for SSE and Long Polling, which stay with their node', async () => {
    const [here, there] = await twoNodes();
    const url = `${there.hub}?id=${await tokenOf(here)}`;
    expect((await http('GET', url)).status).toBe(404);
    expect((await http('GET', url, { ...ALICE, accept: 'text/event-stream' })).status).toBe(404);
    expect((await http('POST', url)).status).toBe(404);
  });

  it('is 404 for another user, after its time, and under another key', async () => {
    const [here, there] = await twoNodes({ pendingTimeoutMs: 1_000 });
    const token = await tokenOf(here);
    expect(await upgrade(`${there.hub}?id=${token}`, BOB)).toMatchObject({ status: 404 });
    const [, stranger] = await twoNodes({}, { connectionTokenKey: undefined });
    expect(await upgrade(`${stranger.hub}?id=${token}`)).toMatchObject({ status: 404 });
    const [past, now] = await twoNodes({ pendingTimeoutMs: 0.001 }, {});
    const expired = await tokenOf(past);
    expect(await upgrade(`${now.hub}?id=${expired}`)).toMatchObject({ status: 404 });
  });

  it('is 404 where WebSockets were not negotiated', async () => {
    const [here, there] = await twoNodes({ transports: ['LongPolling'] }, {});
    expect(await upgrade(`${there.hub}?id=${await tokenOf(here)}`)).toMatchObject({ status: 404 });
  });

  it('our own token is no way in after its time, either', async () => {
    const [here] = await twoNodes();
    const url = `${here.hub}?id=${await tokenOf(here)}`;
    (await connect(url)).cut();
    await expect.poll(() => here.server.connectionCount).toBe(0);
    expect(await upgrade(url)).toMatchObject({ status: 404 });
  });
});
