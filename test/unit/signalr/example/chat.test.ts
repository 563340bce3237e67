import { readFile } from 'node:fs/promises';
import {
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  type IHubProtocol,
  JsonHubProtocol,
  NullLogger,
  Subject,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChat } from './chat.js';

const { app, server } = createChat(
  new Map([
    ['a', { id: 'ann', moderator: true }],
    ['b', { id: 'bob', moderator: false }],
  ]),
);
let url: string;

beforeAll(async () => {
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/chat`;
});
afterAll(async () => {
  await server.drain({ withinMs: 1_000 });
  await app.close();
});

async function join(token: 'a' | 'b', protocol: IHubProtocol): Promise<HubConnection> {
  const connection = new HubConnectionBuilder()
    .withUrl(url, { accessTokenFactory: () => token, transport: HttpTransportType.WebSockets })
    .withHubProtocol(protocol)
    .configureLogging(NullLogger.instance)
    .build();
  connection.on('joined', () => {});
  await connection.start();
  return connection;
}

/** All items of a stream. */
function itemsOf(
  connection: HubConnection,
  method: string,
  ...args: unknown[]
): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const items: unknown[] = [];
    const next = (item: unknown) => void items.push(item);
    connection
      .stream(method, ...args)
      .subscribe({ next, error: reject, complete: () => resolve(items) });
  });
}

const heard = (connection: HubConnection, target: string) =>
  new Promise((resolve) => connection.on(target, (...args: unknown[]) => resolve(args)));

describe.each<[string, () => IHubProtocol]>([
  ['JSON', () => new JsonHubProtocol()],
  ['MessagePack', () => new MessagePackHubProtocol()],
])('the example hub, seen by the official client in %s', (_name, protocol) => {
  let ann: HubConnection;
  let bob: HubConnection;
  beforeAll(async () => {
    ann = await join('a', protocol());
    bob = await join('b', protocol());
  });
  afterAll(async () => {
    await Promise.all([ann.stop(), bob.stop()]);
  });

  it('posts to a room, by names in either case, and answers', async () => {
    await bob.invoke('Join', 'lounge');
    const posted = heard(bob, 'posted');
    expect(await ann.invoke('post', { Room: 'lounge', Text: 'hello' })).toBe(5);
    expect(await posted).toEqual(['ann', 'hello']);
    await expect(ann.invoke('Post', { room: 'lounge', text: '' })).rejects.toThrow(
      'An empty message says nothing.',
    );
  });

  it('streams to the client', async () => {
    expect(await itemsOf(ann, 'Countdown', 3)).toEqual([3, 2, 1]);
  });

  it('takes a stream of the client, however long', async () => {
    const lines = new Subject<string>();
    const answer = bob.invoke('Upload', 'poem', lines);
    for (let n = 0; n < 1_000; n += 1) lines.next('12345');
    lines.complete();
    expect(await answer).toBe('poem: 5000 characters');
  });

  it('asks the client back, and lets only moderators do it', async () => {
    ann.on('confirm', (userId) => userId === 'bob');
    const removed = heard(bob, 'removed');
    expect(await ann.invoke('Remove', 'bob')).toBe(true);
    expect(await removed).toEqual([]);
    expect(await ann.invoke('Remove', 'eve')).toBe(false);
    await expect(bob.invoke('Remove', 'ann')).rejects.toThrow(
      "Failed to invoke 'Remove' because user is unauthorized",
    );
  });

  it('is told by a client without an answer that there is none', async () => {
    const other = await join('a', protocol());
    await expect(other.invoke('Remove', 'bob')).rejects.toThrow(
      "An unexpected error occurred invoking 'Remove' on the server. HubException: Client didn't provide a result.",
    );
    await other.stop();
  });
});

const at = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe("the room's README", () => {
  it('shows the hub that was just run', async () => {
    const shown = /```ts\n(import Fastify[^]*?)```/.exec(
      await at('../../../../src/signalr/README.md'),
    )?.[1];
    const run = (await at('./chat.ts')).replace(
      '../../../../src/signalr/index.js',
      'rte-hub/signalr',
    );
    expect(shown).toBe(run);
  });
});
