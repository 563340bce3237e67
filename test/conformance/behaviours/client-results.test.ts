import { describe, expect } from 'vitest';
import { z } from 'zod';
import { call, record } from '../raw/records.js';
import type { RawSocket } from '../raw/web-socket.js';
import { connect } from '../raw/web-socket.js';
import { ofHub, useTarget } from '../target/behaviour.js';
import { watch } from '../target/watcher.js';
import { resultOf, textLike } from '../target/expectations.js';

useTarget();

const asked = z.object({
  type: z.literal(1),
  invocationId: z.string().min(1),
  target: z.string(),
  arguments: z.array(z.unknown()),
});

/** Calls AskClient and gives what the client is asked. */
async function askedBy(socket: RawSocket): Promise<z.infer<typeof asked>> {
  socket.send(call('AskClient', ['question', 5], '1'));
  return asked.parse(JSON.parse(await socket.next()));
}

describe('client results', () => {
  ofHub(91, 'the answer comes back to the hub method, at a parallelism of one', async (hub) => {
    const socket = await connect(hub);
    const { invocationId, target, arguments: args } = await askedBy(socket);
    expect([target, args]).toEqual(['question', [5]]);
    socket.send(record({ type: 3, invocationId, result: { answer: 10 } }));
    expect(JSON.parse(await socket.next())).toEqual({
      type: 3,
      invocationId: '1',
      result: { answer: 10 },
    });
    socket.cut();
  });

  ofHub(91, 'an error of the client is an error in the hub', async (hub) => {
    const socket = await connect(hub);
    const { invocationId } = await askedBy(socket);
    socket.send(record({ type: 3, invocationId, error: "Client didn't provide a result." }));
    expect(JSON.parse(await socket.next())).toMatchObject({
      invocationId: '1',
      error: textLike(/^An unexpected error occurred invoking 'AskClient'/),
    });
    socket.cut();
  });

  ofHub(91, 'a second answer is ignored', async (hub) => {
    const socket = await connect(hub);
    const { invocationId } = await askedBy(socket);
    const answer = record({ type: 3, invocationId, result: 1 });
    socket.send(answer + answer + call('Echo', ['alive'], '2'));
    const results = [await socket.next(), await socket.next()];
    expect(new Set(results.map(resultOf))).toEqual(new Set([1, 'alive']));
    socket.cut();
  });

  ofHub(91, 'a disconnect rejects the waiting hub method', async (hub) => {
    const watcher = await watch(hub);
    const socket = await connect(hub);
    const name = crypto.randomUUID();
    socket.send(call('AskInVain', [name]));
    await socket.next();
    socket.cut();
    expect(await watcher.until('rejected', name)).toEqual([]);
    watcher.stop();
  });
});

describe('groups and users', () => {
  ofHub(78, 'a group gets what is sent to it, until one leaves', async (hub) => {
    const [one, other] = [await connect(hub), await connect(hub)];
    const group = crypto.randomUUID();
    one.send(call('JoinGroup', [group], '1'));
    await one.next();
    other.send(call('SendToGroup', [group, 'news', 1], '1'));
    expect(JSON.parse(await one.next())).toEqual({ type: 1, target: 'news', arguments: [1] });
    expect(JSON.parse(await other.next())).toMatchObject({ type: 3 });
    one.send(call('LeaveGroup', [group], '2'));
    await one.next();
    one.send(call('SendToGroup', [group, 'news', 2], '3') + call('Echo', ['sentinel'], '4'));
    expect(JSON.parse(await one.next())).toMatchObject({ invocationId: '3' });
    expect(JSON.parse(await one.next())).toMatchObject({ result: 'sentinel' });
    one.cut();
    other.cut();
  });

  ofHub(78, 'a user gets what is sent to him, on all connections', async (hub) => {
    const bob = { authorization: 'Bearer token-b' };
    const bobs = [await connect(hub, bob), await connect(hub, bob)];
    const alice = await connect(hub);
    const tag = crypto.randomUUID();
    alice.send(call('SendToUser', ['bob', 'mail', tag]));
    for (const socket of bobs) {
      expect(JSON.parse(await socket.next())).toMatchObject({ target: 'mail', arguments: [tag] });
      socket.cut();
    }
    alice.cut();
  });
});
