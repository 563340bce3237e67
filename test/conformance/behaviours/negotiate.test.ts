import { describe, expect } from 'vitest';
import { ALICE, http, negotiate, negotiated, pooledNegotiate } from '../raw/http.js';
import { connect } from '../raw/web-socket.js';
import { behaviour, ofHub, useTarget } from '../target/behaviour.js';
import { HEARTBEAT_MS } from '../target/target.js';

useTarget();

describe('negotiate', () => {
  ofHub(1, 'version 1 gives a secret token beside the id, as JSON', async (hub) => {
    const answer = await http('POST', `${hub}/negotiate?negotiateVersion=1`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json']);
    const { negotiateVersion, connectionId, connectionToken } = await negotiate(hub);
    expect(negotiateVersion).toBe(1);
    expect(connectionId).toMatch(/./);
    expect(connectionToken).toMatch(/./);
    expect(connectionToken).not.toBe(connectionId);
  });

  ofHub(2, 'without a version it is version 0, whose id opens the transport', async (hub) => {
    const { negotiateVersion, connectionId, connectionToken } = await negotiate(hub, '');
    expect([negotiateVersion, connectionToken]).toEqual([0, undefined]);
    (await connect(`${hub}?id=${connectionId}`)).cut();
  });

  ofHub(3, 'a version too new is answered with the newest', async (hub) => {
    expect(await negotiate(hub, 'negotiateVersion=9')).toMatchObject({ negotiateVersion: 1 });
  });

  ofHub(4, 'a version that is no number is answered 200 with its text', async (hub) => {
    expect(await negotiate(hub, 'negotiateVersion=abc')).toEqual({
      error: 'The client requested a non-integer protocol version.',
    });
  });

  ofHub(5, 'query names are read in any case', async (hub) => {
    expect(await negotiate(hub, 'NEGOTIATEversion=1')).toMatchObject({ negotiateVersion: 1 });
    const { url } = await negotiated(hub);
    (await connect(url.replace('?id=', '?ID='))).cut();
  });

  ofHub(6, 'GET is 405', async (hub) => {
    expect((await http('GET', `${hub}/negotiate`)).status).toBe(405);
  });

  ofHub(7, 'an empty body declared as JSON, or a left-over id, is no fault', async (hub) => {
    const json = { ...ALICE, 'content-type': 'application/json' };
    expect((await http('POST', `${hub}/negotiate?negotiateVersion=1`, json)).status).toBe(200);
    expect(await negotiate(hub, 'negotiateVersion=1&id=left-over')).toHaveProperty('connectionId');
  });

  ofHub(8, 'ids are 128 bits in base64url; 10,000 negotiations give no duplicate', async (hub) => {
    const ids = new Set<unknown>();
    const some = async (): Promise<void> => {
      for (let n = 0; n < 625; n += 1) {
        const { connectionId, connectionToken } = await pooledNegotiate(hub);
        ids.add(connectionId).add(connectionToken);
      }
    };
    await Promise.all(Array.from({ length: 16 }, some));
    expect(ids.size).toBe(20_000);
    expect([...ids].filter((id) => !/^[\w-]{22,}$/.test(String(id)))).toEqual([]);
  });

  ofHub(9, 'the transports are listed in order with their formats', async (hub) => {
    expect((await negotiate(hub)).availableTransports).toEqual([
      { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
      { transport: 'ServerSentEvents', transferFormats: ['Text'] },
      { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
    ]);
  });

  behaviour(10, 'a transport switched off is not listed and answers 404', async (target) => {
    const hub = await target.hub('web-sockets-only');
    expect((await negotiate(hub)).availableTransports).toEqual([
      { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
    ]);
    const { url } = await negotiated(hub);
    expect((await http('GET', url)).status).toBe(404);
    const events = { ...ALICE, accept: 'text/event-stream' };
    expect((await http('GET', url, events)).status).toBe(404);
  });

  behaviour(11, 'stateful reconnect is granted only when asked for and enabled', async (target) => {
    const asked = 'negotiateVersion=1&useStatefulReconnect=true';
    const hub = await target.hub('hub');
    expect(await negotiate(hub, asked)).toMatchObject({ useStatefulReconnect: true });
    expect(await negotiate(hub)).not.toHaveProperty('useStatefulReconnect');
    const without = await target.hub('web-sockets-only');
    expect(await negotiate(without, asked)).not.toHaveProperty('useStatefulReconnect');
  });

  ofHub(12, 'Content-Length is there', async (hub) => {
    const { headers, bytes } = await http('POST', `${hub}/negotiate?negotiateVersion=1`);
    expect(headers['content-length']).toBe(String(bytes.length));
  });

  behaviour(13, 'an id that nobody opens is unknown after its time', async (target) => {
    const { hub, times } = await target.brief();
    const { url } = await negotiated(hub);
    const since = Date.now();
    await expect
      .poll(async () => (await http('POST', url)).status, {
        timeout: times.disconnect + 3_000,
        interval: 250,
      })
      .toBe(404);
    expect(Date.now() - since).toBeGreaterThanOrEqual(times.disconnect - HEARTBEAT_MS);
  });

  ofHub(21, 'the path is matched in any case', async (hub) => {
    const shouted = hub.replace(/\/[^/]+$/, (path) => path.toUpperCase());
    expect(await negotiate(shouted)).toMatchObject({ negotiateVersion: 1 });
    const { url } = await negotiated(hub);
    (await connect(url.replace(hub, shouted))).cut();
  });
});

describe('statuses of the hub path', () => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    ofHub(14, `${method} without id is 400`, async (hub) => {
      expect((await http(method, hub)).status).toBe(400);
    });
    ofHub(15, `${method} with an unknown id is 404`, async (hub) => {
      expect((await http(method, `${hub}?id=nope`)).status).toBe(404);
    });
  }

  ofHub(17, 'PUT is 405', async (hub) => {
    const { url } = await negotiated(hub);
    expect((await http('PUT', url)).status).toBe(405);
  });
});
