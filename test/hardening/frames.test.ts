import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ALICE, http } from '../conformance/raw/http.js';
import { connectPoller } from '../conformance/raw/long-polling.js';
import { call, record } from '../conformance/raw/records.js';
import { connect } from '../conformance/raw/web-socket.js';
import { startHardened } from './hardened-hub.js';
import { textLike } from '../conformance/target/expectations.js';

const completion = z.looseObject({ type: z.literal(3), invocationId: z.string() });

describe('frames and invocations', () => {
  it('8: a message over its bound ends the connection, also in many pieces, and says why', async () => {
    const { hub, log, counted } = await startHardened();
    const socket = await connect(hub);
    for (let n = 0; n < 400; n += 1) socket.send('x'.repeat(100));
    expect(JSON.parse(await socket.next())).toMatchObject({ type: 7, allowReconnect: true });
    await socket.closed;
    await expect.poll(log).toContain('maximum message size of 32768');
    expect(counted).toContain('connectionClosed WebSockets message_too_large');
  });

  it('9: a flood of tiny fragments ends the connection', async () => {
    const { hub, server } = await startHardened();
    const socket = await connect(hub);
    for (let n = 0; n < 2_000; n += 1) socket.send(n === 0 ? ' ' : Buffer.of(32), { fin: false });
    expect([1_008, 1_009, 1_006]).toContain(await socket.closed);
    await expect.poll(() => server.connectionCount).toBe(0);
  });

  it('12: a call with an id is completed once, whatever happens', async () => {
    const { hub } = await startHardened();
    const socket = await connect(hub);
    const calls = ['Void', 'Null', 'Nope', 'StreamCount', 'Secret', 'Add', 'Echo'];
    socket.send(calls.map((name) => call(name, [], name)).join(''));
    socket.send(call('Throw', ['x'], 'Throw') + call('Echo', ['sentinel'], 'sentinel'));
    const answers: z.infer<typeof completion>[] = [];
    while (answers.at(-1)?.invocationId !== 'sentinel') {
      answers.push(completion.parse(JSON.parse(await socket.next())));
    }
    const ids = answers.map(({ invocationId }) => invocationId);
    expect(ids).toHaveLength(calls.length + 2);
    expect(new Set(ids)).toEqual(new Set([...calls, 'Throw', 'sentinel']));
    expect(answers.filter((one) => 'error' in one && 'result' in one)).toEqual([]);
    socket.cut();
  });

  it('13: 10,000 queued calls are all answered, in order', async () => {
    const { hub } = await startHardened();
    const socket = await connect(hub);
    for (let n = 0; n < 10_000; n += 1) socket.send(call('Echo', [n], String(n)));
    for (let n = 0; n < 10_000; n += 1) {
      expect(await socket.next()).toBe(`{"type":3,"invocationId":"${n}","result":${n}}`);
    }
    socket.cut();
  });

  it('15: headers that nobody asked for are ignored', async () => {
    const { hub } = await startHardened();
    const socket = await connect(hub);
    const headers = { 'x-trace': '1', __proto__: 'x', constructor: 'y' };
    socket.send(record({ type: 1, headers, invocationId: '1', target: 'Echo', arguments: [1] }));
    expect(JSON.parse(await socket.next())).toMatchObject({ result: 1 });
    socket.cut();
  });

  it('14: names of the language are no hub methods', async () => {
    const { hub } = await startHardened();
    const socket = await connect(hub);
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '']) {
      socket.send(call(name, [], '1'));
      expect(JSON.parse(await socket.next())).toMatchObject({ error: textLike(/./) });
    }
    socket.cut();
  });

  it('25: a POST over its bound is refused', async () => {
    const { hub } = await startHardened();
    const poller = await connectPoller(hub);
    const { status } = await http('POST', poller.url, ALICE, ' '.repeat(300_000));
    expect(status).toBe(413);
    await poller.delete();
  });

  it('26: a flood of calls is refused, then ends the connection for good', async () => {
    const { hub, counted } = await startHardened({
      messageRate: { perSecond: 1, burst: 5 },
      maximumRateRefusals: 5,
    });
    const socket = await connect(hub);
    socket.send(call('Echo', ['within'], '0'));
    expect(JSON.parse(await socket.next())).toMatchObject({ result: 'within' });
    for (let n = 1; n < 20; n += 1) socket.send(call('Echo', [n], String(n)));
    const answers: string[] = [];
    for (let text = await socket.next(); ; text = await socket.next()) {
      answers.push(text);
      if (text.startsWith('{"type":7')) break;
    }
    expect(answers.some((text) => text.includes('"error"') && text.includes('"type":3'))).toBe(
      true,
    );
    expect(answers.at(-1)).not.toContain('allowReconnect');
    expect(counted).toContain('connectionClosed WebSockets rate_limited');
  });

  it('35: what went wrong inside reaches no client and is logged', async () => {
    const { hub, log } = await startHardened();
    const socket = await connect(hub);
    socket.send(call('Throw', ['/etc/secret: line 7'], '1'));
    socket.send(
      record({ type: 4, invocationId: '2', target: 'StreamThrow', arguments: ['secret'] }),
    );
    socket.send(call('Bind', [{ entityId: 7 }], '3') + call('Echo', [1], '4'));
    const answers: string[] = [];
    for (let n = 0; n < 5; n += 1) answers.push(await socket.next());
    expect(answers.join()).not.toMatch(/secret|line 7|\.ts\b|zod|invalid/i);
    expect(log()).toContain('/etc/secret: line 7');
    socket.cut();
  });
});
