import { describe, expect } from 'vitest';
import { connectPoller } from '../raw/long-polling.js';
import { call, HANDSHAKE, RS } from '../raw/records.js';
import { connect, open } from '../raw/web-socket.js';
import { behaviour, ofHub, useTarget } from '../target/behaviour.js';
import { HEARTBEAT_MS } from '../target/target.js';

useTarget();

describe('handshake', () => {
  ofHub(58, 'is answered with exactly {} and the separator', async (hub) => {
    const socket = await connect(hub);
    expect(socket.frames.map(({ bytes }) => bytes.toString())).toEqual([`{}${RS}`]);
    socket.cut();
  });

  ofHub(59, 'may be split, and followed by messages in the same payload', async (hub) => {
    const socket = await open(hub);
    socket.send(HANDSHAKE.slice(0, 7));
    socket.send(HANDSHAKE.slice(7) + call('Echo', [1], '1') + call('Echo', [2], '2'));
    expect(await socket.next()).toBe('{}');
    expect(JSON.parse(await socket.next())).toMatchObject({ result: 1 });
    expect(JSON.parse(await socket.next())).toMatchObject({ result: 2 });
    socket.cut();
  });

  for (const [text, error] of [
    ['{"protocol":"nope","version":1}', "The protocol 'nope' is not supported."],
    [
      '{"protocol":"json","version":9}',
      "The server does not support version 9 of the 'json' protocol.",
    ],
  ]) {
    ofHub(60, `${text} is refused with its text and no Close`, async (hub) => {
      const socket = await open(hub);
      socket.send(text + RS);
      expect(JSON.parse(await socket.next())).toEqual({ error });
      await socket.closed;
      expect(socket.frames).toHaveLength(1);
    });
  }

  behaviour(61, 'that does not come in time is cancelled', async (target) => {
    const { hub, times } = await target.brief();
    const since = Date.now();
    const socket = await open(hub);
    const answer = await socket.next(times.handshake + 5_000);
    expect(JSON.parse(answer)).toEqual({ error: 'Handshake was canceled.' });
    expect(Date.now() - since).toBeGreaterThanOrEqual(times.handshake - HEARTBEAT_MS);
    await socket.closed;
  });

  for (const text of ['garbage', '{"protocol":"json"}', '[]', '{"protocol":1,"version":1}', '']) {
    ofHub(62, `that is '${text}' is refused without details and without Close`, async (hub) => {
      const socket = await open(hub);
      socket.send(text + RS);
      expect(await socket.next()).toMatch(
        /^\{"error":"An unexpected error occurred during connection handshake\./,
      );
      await socket.closed;
      expect(socket.frames).toHaveLength(1);
    });
  }

  ofHub(63, 'comes before everything else, whatever OnConnected sends', async (hub) => {
    const socket = await connect(`${hub}?greet=1`);
    expect(JSON.parse(await socket.next())).toMatchObject({ type: 1, target: 'welcome' });
    expect(socket.frames[0]?.bytes.toString()).toMatch(new RegExp(`^{}${RS}`));
    socket.cut();
  });

  for (const version of [1, 2]) {
    ofHub(64, `version ${version} is accepted`, async (hub) => {
      const socket = await open(hub);
      socket.send(`{"protocol":"json","version":${version}}${RS}`);
      expect(await socket.next()).toBe('{}');
      socket.cut();
    });
  }

  ofHub(64, 'protocol names are read in any case', async (hub) => {
    const socket = await open(hub);
    socket.send(`{"protocol":"JSON","version":1,"extra":[]}${RS}`);
    expect(await socket.next()).toBe('{}');
    socket.cut();
  });

  ofHub(59, 'works over Long Polling as over WebSockets', async (hub) => {
    const poller = await connectPoller(hub);
    expect((await poller.delete()).status).toBe(202);
  });
});
