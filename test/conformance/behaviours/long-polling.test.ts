import { describe, expect } from 'vitest';
import { ALICE, http, negotiated } from '../raw/http.js';
import { connectPoller, openPoller } from '../raw/long-polling.js';
import { call, HANDSHAKE, RS } from '../raw/records.js';
import { behaviour, ofHub, useTarget } from '../target/behaviour.js';
import { watch } from '../target/watcher.js';
import { resultOf, textLike } from '../target/expectations.js';
import { HEARTBEAT_MS } from '../target/target.js';

useTarget();

describe('Long Polling', () => {
  ofHub(47, 'the first GET is 200 and empty at once', async (hub) => {
    const { url } = await negotiated(hub);
    const since = Date.now();
    const answer = await http('GET', url);
    expect([answer.status, answer.body, answer.headers['content-length']]).toEqual([200, '', '0']);
    expect(Date.now() - since).toBeLessThan(1_000);
    await http('DELETE', url);
  });

  ofHub(48, 'data comes as 200 octet-stream of whole messages', async (hub) => {
    const poller = await openPoller(hub);
    expect((await poller.post(HANDSHAKE + call('Echo', [1], '1'))).status).toBe(200);
    let body = '';
    while (!body.includes('"result":1')) {
      const answer = await poller.poll();
      expect([answer.status, answer.headers['content-type']]).toEqual([
        200,
        'application/octet-stream',
      ]);
      expect(answer.body.endsWith(RS)).toBe(true);
      body += answer.body;
    }
    await poller.delete();
  });

  ofHub(50, 'of two GETs the older ends with 204', async (hub) => {
    const poller = await connectPoller(hub);
    const older = poller.poll();
    // A round trip, so that the older has arrived: of two at the same moment ASP.NET Core refuses one.
    await negotiated(hub);
    const ended = await Promise.race([older, poller.poll()]);
    expect([ended.status, ended.body]).toEqual([204, '']);
    await poller.delete();
  });

  ofHub(51, 'DELETE is 202 and ends the held GET with 204, or with a Close', async (hub) => {
    const poller = await connectPoller(hub);
    const held = poller.poll();
    // Two TCP connections: only a call answered after the GET's arrival proves that it is held.
    await Promise.race([held, poller.post(call('Void', []))]);
    expect((await poller.delete()).status).toBe(202);
    const { status, body } = await held;
    if (status === 200) expect(body).toMatch(/^\{"type":7\b/);
    else expect(status).toBe(204);
    expect([204, 404]).toContain((await poller.poll()).status);
  });

  ofHub(52, 'after the end a GET is 204 once, then 404', async (hub) => {
    const poller = await connectPoller(hub);
    const held = poller.poll();
    await poller.post(call('Abort', []));
    const last = await held;
    expect(last.body).toBe(`{"type":7}${RS}`);
    const statuses = [(await poller.poll()).status, (await poller.poll()).status];
    expect(statuses).toEqual([204, 404]);
  });

  ofHub(54, 'parallel POSTs are all accepted and kept in order of arrival', async (hub) => {
    const poller = await connectPoller(hub);
    const bodies = Array.from({ length: 20 }, (_, n) => call('Echo', [n], String(n)));
    const statuses = await Promise.all(
      bodies.map(async (body) => (await poller.post(body)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    await poller.post(call('Echo', ['last'], 'last'));
    const results = (await poller.records(21)).map(resultOf);
    expect(results.at(-1)).toBe('last');
    expect(new Set(results).size).toBe(21);
    await poller.delete();
  });

  ofHub(55, 'nothing may be cached', async (hub) => {
    const poller = await openPoller(hub);
    await poller.post(HANDSHAKE);
    const { headers } = await poller.poll();
    expect(headers).toMatchObject({
      'cache-control': textLike(/no-cache.*no-store|no-store.*no-cache/),
      pragma: 'no-cache',
    });
    expect(Date.parse(headers.expires ?? '') < Date.now() || headers.expires === '-1').toBe(true);
    await poller.delete();
  });

  ofHub(57, 'another transport on the same connection is 400', async (hub) => {
    const poller = await connectPoller(hub);
    const accept = { ...ALICE, accept: 'text/event-stream' };
    expect((await http('GET', poller.url, accept)).status).toBe(400);
    await poller.delete();
  });
});

describe('Long Polling and time', () => {
  behaviour(49, 'an idle GET is 200 and empty after the poll time-out', async (target) => {
    const { hub, times } = await target.brief();
    const poller = await connectPoller(hub);
    const since = Date.now();
    const answer = await poller.poll();
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(Date.now() - since).toBeGreaterThanOrEqual(times.poll - HEARTBEAT_MS);
    await poller.delete();
  });

  behaviour(53, 'who does not poll is gone after a while', async (target) => {
    const { hub, times } = await target.brief();
    const watcher = await watch(hub);
    const poller = await connectPoller(hub);
    const since = Date.now();
    await watcher.until('disconnected', poller.id);
    expect(Date.now() - since).toBeGreaterThanOrEqual(times.disconnect - HEARTBEAT_MS);
    expect((await poller.poll()).status).toBe(404);
    watcher.stop();
  });

  behaviour(56, 'no pings are sent', async (target) => {
    const { hub, times } = await target.brief();
    const poller = await connectPoller(hub);
    for (let waited = 0; waited <= times.keepAlive; waited += times.poll) {
      expect((await poller.poll()).body).toBe('');
    }
    await poller.delete();
  });
});
