import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RteClient } from '../../../../src/client/index.js';
import { BoardStore } from '../../../../src/wallboard/board/live/board-store.js';
import { HubFeed } from '../../../../src/wallboard/board/live/hub-feed.js';
import { CallbackFeed } from '../../../../src/wallboard/me/callback/callback-feed.js';
import { createRest } from '../../../../src/wallboard/shell/rest.js';
import { FakeHub, resumed } from '../../client/fake-hub.js';
import { ManualFrames } from '../board/frames.js';
import { LIST, START } from './me-events.js';

const rest = createRest({ base: new URL('https://hub.example/') });

describe('the callbacks of a desk', () => {
  let hub: FakeHub;
  let client: RteClient;
  /** What happened, in its order. */
  let story: string[];

  beforeEach(() => {
    story = [];
    hub = new FakeHub();
    hub.method('Resume', (_id, items) => {
      story.push(`subscribed to ${JSON.stringify(items)}`);
      return resumed(items, 'a', 'nothing-to-resume');
    });
    hub.method('Unsubscribe', (items) => {
      story.push(`unsubscribed from ${JSON.stringify(items)}`);
      return [];
    });
    vi.stubGlobal('fetch', ({ pathname }: URL) => {
      story.push(`read ${pathname}`);
      return Promise.resolve(Response.json(pathname === '/calllists' ? [list] : []));
    });
    client = hub.client();
  });

  afterEach(async () => {
    await client.stop();
    vi.unstubAllGlobals();
  });

  const list = { Id: LIST, Name: 'Back', QueueIds: [] };
  const read = ['read /calllists', `read /calllists/${LIST}/callbacks`];

  it('are read once their changes are heard of, and no more when the client has ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const feed = new CallbackFeed({ client, rest, now: signal(START) });
    await client.start();
    await vi.waitFor(() => expect(feed.lists.value).toHaveLength(1));
    expect(story[0]).toContain('subscribed to');
    expect(story.slice(1)).toEqual(read);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(story.slice(3)).toEqual(read);
    await client.stop();
    await vi.advanceTimersByTimeAsync(1_200_000);
    expect(story.slice(5)).toEqual([]);
    vi.useRealTimers();
  });

  it('come also after the wallboard, which has them as well, was left', async () => {
    const feed = new CallbackFeed({ client, rest, now: signal(START) });
    await client.start();
    await vi.waitFor(() => expect(feed.lists.value).toHaveLength(1));
    const own = hub.calls.flatMap(([, , items]) => items);
    const board = new HubFeed({ client, rest, store: new BoardStore(new ManualFrames().ask) });
    await board.start();
    board.stop();
    await vi.waitFor(() => expect(hub.calls.at(-1)?.[0]).toBe('Unsubscribe'));
    const [, ended] = hub.calls.at(-1) ?? [];
    expect(own).toHaveLength(1);
    expect(ended).not.toEqual(expect.arrayContaining(own));
  });
});
