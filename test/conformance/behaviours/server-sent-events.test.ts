import { describe, expect } from 'vitest';
import { ALICE, http, negotiated } from '../raw/http.js';
import { call, RS } from '../raw/records.js';
import { connectEventStream, openEventStream } from '../raw/server-sent-events.js';
import { ofHub, useTarget } from '../target/behaviour.js';
import { watch } from '../target/watcher.js';
import { resultOf, textLike } from '../target/expectations.js';

useTarget();

describe('Server-Sent Events', () => {
  ofHub(39, 'Accept may name text/event-stream among others', async (hub) => {
    const { url } = await negotiated(hub);
    const accept = 'application/json, text/event-stream, */*';
    const stream = await openEventStream(url, { ...ALICE, accept });
    expect(stream.response.headers['content-type']).toBe('text/event-stream');
    stream.cut();
  });

  ofHub(40, 'the first bytes are an empty comment, within a second', async (hub) => {
    const { url } = await negotiated(hub);
    const stream = await openEventStream(url);
    await expect.poll(() => stream.raw, { timeout: 1_000 }).toMatch(/^:\r\n/);
    expect(stream.response.headers).toMatchObject({
      'cache-control': textLike(/no-cache/),
      pragma: 'no-cache',
    });
    stream.cut();
  });

  ofHub(41, 'there are only data lines and comments', async (hub) => {
    const { stream } = await connectEventStream(hub);
    await stream.send(call('CallBack', ['tick', 5], '1'));
    for (let n = 0; n < 6; n += 1) await stream.next();
    const lines = stream.raw.split('\r\n').filter((line) => line !== '');
    expect(lines.filter((line) => !line.startsWith('data: ') && !line.startsWith(':'))).toEqual([]);
    stream.cut();
  });

  ofHub(42, 'a line break in the payload never breaks a data line', async (hub) => {
    const { stream } = await connectEventStream(hub);
    await stream.send(call('Echo', ['one\ntwo\r\nthree'], '1'));
    expect(JSON.parse(await stream.next())).toMatchObject({ result: 'one\ntwo\r\nthree' });
    stream.cut();
  });

  ofHub(43, 'POST is 200, empty, and handled once', async (hub) => {
    const { stream, url } = await connectEventStream(hub);
    const answer = await http('POST', url, ALICE, call('Echo', ['once'], '1'));
    expect([answer.status, answer.body]).toEqual([200, '']);
    await stream.send(call('Echo', ['sentinel'], '2'));
    const answers = [await stream.next(), await stream.next()];
    expect(answers.map(resultOf)).toEqual(['once', 'sentinel']);
    stream.cut();
  });

  ofHub(44, 'messagepack is refused: the transport carries text only', async (hub) => {
    const { url } = await negotiated(hub);
    const stream = await openEventStream(url);
    await stream.send(`{"protocol":"messagepack","version":1}${RS}`);
    expect(await stream.next()).toContain('"error":"');
    await stream.ended;
  });

  ofHub(45, 'a second GET is 409', async (hub) => {
    const { stream, url } = await connectEventStream(hub);
    const accept = { ...ALICE, accept: 'text/event-stream' };
    expect((await http('GET', url, accept)).status).toBe(409);
    stream.cut();
  });

  ofHub(46, 'a client that goes away ends the connection', async (hub) => {
    const watcher = await watch(hub);
    const { stream, url, id } = await connectEventStream(hub);
    stream.cut();
    expect(await watcher.until('disconnected', id)).toHaveLength(1);
    expect((await http('POST', url, ALICE, call('Void', []))).status).toBe(404);
    watcher.stop();
  });
});
