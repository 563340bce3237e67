import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { describe, expect } from 'vitest';
import { ALICE, http, negotiate, negotiated } from '../raw/http.js';
import { connectPoller } from '../raw/long-polling.js';
import { call, HANDSHAKE } from '../raw/records.js';
import { openEventStream } from '../raw/server-sent-events.js';
import { connect, open, upgrade } from '../raw/web-socket.js';
import { behaviour, ofHub, useTarget } from '../target/behaviour.js';

useTarget();

const ORIGIN = 'https://app.example';
const CORS = {
  'access-control-allow-origin': ORIGIN,
  'access-control-allow-credentials': 'true',
};
const preflight = {
  origin: ORIGIN,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'x-requested-with,authorization',
};

describe('origin', () => {
  ofHub(18, 'a preflight is 204 with the exact origin and the asked headers', async (hub) => {
    const answer = await http('OPTIONS', `${hub}/negotiate`, { ...ALICE, ...preflight });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject(CORS);
    expect(answer.headers['access-control-allow-headers']).toBe('x-requested-with,authorization');
    expect(answer.headers['access-control-allow-methods']).toContain('POST');
  });

  ofHub(18, 'answers name the origin and allow credentials', async (hub) => {
    const headers = { ...ALICE, origin: ORIGIN };
    const answer = await http('POST', `${hub}/negotiate?negotiateVersion=1`, headers);
    expect(answer.headers).toMatchObject(CORS);
  });

  ofHub(18, 'answers vary by origin', async (hub) => {
    const headers = { ...ALICE, origin: ORIGIN };
    const answer = await http('POST', `${hub}/negotiate?negotiateVersion=1`, headers);
    expect(answer.headers.vary).toContain('Origin');
  });

  ofHub(19, 'a preflight passes without a token', async (hub) => {
    for (const path of ['', '/negotiate']) {
      expect((await http('OPTIONS', hub + path, preflight)).status).toBe(204);
    }
  });

  ofHub(20, '401 has an empty body and carries CORS headers', async (hub) => {
    const answer = await http('POST', `${hub}/negotiate`, { origin: ORIGIN });
    expect([answer.status, answer.body]).toEqual([401, '']);
    expect(answer.headers).toMatchObject(CORS);
  });

  ofHub(22, 'a foreign origin may not open a WebSocket, a known one may', async (hub) => {
    for (const origin of ['https://evil.example', `${ORIGIN}.evil.example`]) {
      expect(await upgrade(hub, { ...ALICE, origin })).toMatchObject({ status: 403 });
    }
    (await open(hub, { ...ALICE, origin: ORIGIN })).cut();
  });
});

describe('token', () => {
  ofHub(23, 'a WebSocket takes it from the query', async (hub) => {
    (await connect(`${hub}?access_token=token-a`, {})).cut();
    expect(await upgrade(`${hub}?access_token=wrong`, {})).toMatchObject({ status: 401 });
  });

  ofHub(23, 'an event stream takes it from the query', async (hub) => {
    const { url } = await negotiated(hub);
    const accept = { accept: 'text/event-stream' };
    const stream = await openEventStream(`${url}&access_token=token-a`, accept);
    stream.cut();
  });

  ofHub(24, 'every request takes it from the header, and none passes without', async (hub) => {
    expect((await http('POST', `${hub}/negotiate`, {})).status).toBe(401);
    expect(await upgrade(hub, {})).toMatchObject({ status: 401 });
    const poller = await connectPoller(hub);
    expect((await poller.poll({})).status).toBe(401);
    expect((await poller.post(call('Void', []), {})).status).toBe(401);
    expect((await http('DELETE', poller.url, {})).status).toBe(401);
    expect((await poller.delete()).status).toBe(202);
  });

  behaviour(25, 'the official client follows a redirect to the target hub', async (target) => {
    const url = await target.hub('redirecting');
    expect(await negotiate(url)).toMatchObject({ url: await target.hub('hub') });
    const connection = new HubConnectionBuilder()
      .withUrl(url, { transport: HttpTransportType.WebSockets })
      .configureLogging(LogLevel.None)
      .build();
    await connection.start();
    expect(await connection.invoke('Add', 1, 2)).toBe(3);
    await connection.stop();
  });

  behaviour(100, 'its expiry closes the connection with leave to reconnect', async (target) => {
    const { hub } = await target.brief();
    const token = { authorization: `Bearer expires-${Date.now() + 1_000}` };
    const socket = await connect(hub, token);
    let text = await socket.next();
    while (text === '{"type":6}') text = await socket.next();
    expect(text).toBe('{"type":7,"allowReconnect":true}');
    await socket.closed;
  });

  ofHub(100, 'a method that the user may not call says so', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('Secret', [], '1'));
    expect(JSON.parse(await socket.next())).toEqual({
      type: 3,
      invocationId: '1',
      error: "Failed to invoke 'Secret' because user is unauthorized",
    });
    const root = await open(hub, { authorization: 'Bearer token-admin' });
    root.send(HANDSHAKE + call('Secret', [], '1'));
    await root.next();
    expect(JSON.parse(await root.next())).toMatchObject({ result: 'secret' });
    socket.cut();
    root.cut();
  });
});
