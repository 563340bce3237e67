import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventHandlers } from '../../../../src/client/event-handlers.js';
import type {
  EntitySubscription,
  EventHandler,
  RteClient,
  RteEventName,
  Subscription,
} from '../../../../src/client/index.js';
import { BoardStore } from '../../../../src/wallboard/board/live/board-store.js';
import { HubFeed } from '../../../../src/wallboard/board/live/hub-feed.js';
import { QueueBoard } from '../../../../src/wallboard/board/live/queue-board.js';
import { DEFAULT_OPTIONS } from '../../../../src/wallboard/board/model/board-options.js';
import { createRest, type Rest } from '../../../../src/wallboard/shell/rest.js';
import { eventData, LIST, NOON, QUEUE, USER } from './events.js';
import { ManualFrames } from './frames.js';

const SECOND_QUEUE = 'aaaaaaaa-0000-4000-8000-000000000202';

/** A hub's answers by path; a list is cut into pages of one. */
class FakeHub {
  queues = [{ Id: QUEUE, Name: 'Sales', Status: null }];
  callbacks = ['a', 'b', 'c'];
  failing = false;
  readonly asked: string[] = [];
  readonly rest: Rest = createRest({ base: new URL('https://hub.example/') });

  /** How often the queues were read. */
  get reads(): number {
    return this.asked.filter((path) => path === '/queues').length;
  }

  readonly fetch = (url: URL): Promise<Response> => {
    const path = url.pathname + url.search;
    this.asked.push(path);
    if (this.failing) return Promise.reject(new TypeError('away'));
    return Promise.resolve(this.#answer(url));
  };

  #answer(url: URL): Response {
    if (url.pathname === '/queues') return json(this.queues);
    if (url.pathname === '/users') return json([{ Id: USER, DisplayName: 'Aino' }]);
    if (url.pathname === '/calllists') return json([{ Id: LIST, Name: 'Back', QueueIds: [QUEUE] }]);
    const index = Number(url.searchParams.get('Cursor') ?? '0');
    const next = `<${url.pathname}?Cursor=${String(index + 1)}>; rel="next"`;
    const isLast = index >= this.callbacks.length - 1;
    return json(this.callbacks.slice(index, index + 1).map(callback), isLast ? {} : { link: next });
  }
}

function callback(id: string) {
  const Modified = new Date(NOON).toISOString();
  return { CallBackId: id, CallListId: LIST, IsClosed: false, Modified, DueDate: null };
}

function json(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json', ...headers },
  });
}

const SUBSCRIPTION: Subscription = {
  id: USER,
  organizationId: USER,
  eventType: 'QueueStatus',
  entityType: 'Queue',
  entityId: '*',
  allEntities: true,
};

/** The side of the client that the feed uses. */
class FakeClient {
  listening = 0;
  readonly #handlers = new EventHandlers((error) => {
    throw error;
  });
  readonly subscribed: EntitySubscription[] = [];
  refused: readonly string[] = [];
  tellGap: Parameters<RteClient['onGap']>[0] = () => undefined;

  on<Name extends RteEventName>(name: Name, handler: EventHandler<Name>) {
    const stop = this.#handlers.on(name, handler);
    this.listening += 1;
    return () => {
      stop();
      this.listening -= 1;
    };
  }

  tell(queueId: string, fields: Parameters<typeof eventData<'QueueStatus'>>[1] = {}): void {
    const data = { ...eventData('QueueStatus', fields), queueId };
    this.#handlers.handle({ data, subscription: SUBSCRIPTION });
  }

  onGap(listener: Parameters<RteClient['onGap']>[0]) {
    this.tellGap = listener;
    return () => undefined;
  }

  subscribe(items: readonly EntitySubscription[]) {
    this.subscribed.push(...items);
    return Promise.resolve(
      items.map(({ entityId, eventName }) => {
        const subscribed = !this.refused.includes(eventName);
        return { subscribed, message: subscribed ? null : 'Unauthorized', entityId, eventName };
      }),
    );
  }

  unsubscribe(items: readonly EntitySubscription[]) {
    this.subscribed.splice(0, items.length);
    return Promise.resolve();
  }
}

describe('the board’s way to the hub', () => {
  let hub: FakeHub;
  let client: FakeClient;
  let frames: ManualFrames;
  let store: BoardStore;
  let feed: HubFeed;

  beforeEach(() => {
    vi.useFakeTimers();
    hub = new FakeHub();
    vi.stubGlobal('fetch', hub.fetch);
    client = new FakeClient();
    frames = new ManualFrames();
    store = new BoardStore(frames.ask);
    feed = new HubFeed({ client, rest: hub.rest, store });
  });

  afterEach(() => {
    feed.stop();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const started = async (): Promise<void> => {
    await feed.start();
    await vi.waitFor(() => expect(store.callbacks.isRead || feed.failure.value).toBeTruthy());
  };

  it('subscribes by wildcard before it reads, and reads lists page by page', async () => {
    await started();
    expect(client.subscribed).toContainEqual({ entityId: '*', eventName: 'QueueStatus' });
    expect(client.subscribed.every(({ entityId }) => entityId === '*')).toBe(true);
    expect(feed.roster.value).toEqual({
      queues: [{ id: QUEUE, name: 'Sales' }],
      agents: [{ id: USER, name: 'Aino', queueIds: [QUEUE] }],
      callLists: [{ id: LIST, name: 'Back', queueIds: [QUEUE] }],
    });
    expect(store.callbacks.counts(LIST, NOON).open).toBe(3);
  });

  it('says what the person may not see', async () => {
    client.refused = ['CallbackChanged'];
    await started();
    expect(feed.access.value).toEqual({ queues: true, agents: true, callbacks: false });
  });

  it('reads everything anew after a gap, and when a queue is new', async () => {
    await started();
    hub.queues = [...hub.queues, { Id: SECOND_QUEUE, Name: 'Support', Status: null }];
    client.tellGap('unknown');
    await vi.waitFor(() => expect(feed.roster.value?.queues).toHaveLength(2));
    await vi.waitFor(() => expect(store.callbacks.isRead).toBe(true));
    const before = hub.reads;
    client.tell(QUEUE);
    expect(hub.reads).toBe(before);
    client.tell(LIST);
    await vi.waitFor(() => expect(hub.reads).toBe(before + 1));
  });

  it('asks for the states of a queue that has come since', async () => {
    await started();
    const before = client.subscribed.length;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(client.subscribed).toHaveLength(before);
    hub.queues = [...hub.queues, { Id: SECOND_QUEUE, Name: 'Support', Status: null }];
    await vi.advanceTimersByTimeAsync(600_000);
    expect(client.subscribed.slice(before)).toEqual(client.subscribed.slice(0, before));
    expect(client.subscribed.length).toBeGreaterThan(before);
    client.subscribed.splice(before);
  });

  it('shows again what is told of a queue that was gone for a while', async () => {
    await started();
    const queues = new QueueBoard({
      store,
      roster: feed.roster,
      options: signal(DEFAULT_OPTIONS),
      clock: signal(NOON),
    });
    const waiting = () => queues.queue(QUEUE).figures.value?.waiting;
    const [all] = [hub.queues];
    client.tell(QUEUE, { nbrOfNotServedRequesters: 1 });
    frames.next();
    expect(waiting()).toBe(1);
    hub.queues = [];
    await vi.advanceTimersByTimeAsync(600_000);
    hub.queues = all;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(queues.shown.value).toHaveLength(1);
    client.tell(QUEUE, { nbrOfNotServedRequesters: 2 });
    frames.next();
    expect(waiting()).toBe(2);
  });

  it('says that the hub is away, until it is back', async () => {
    hub.failing = true;
    await started();
    expect(feed.failure.value?.message).not.toBe('');
    hub.failing = false;
    await vi.waitFor(() => expect(feed.failure.value).toBeUndefined(), 5_000);
    expect(feed.roster.value?.queues).toHaveLength(1);
  });

  it('reads again after ten minutes, and nothing once it is stopped', async () => {
    await started();
    await vi.advanceTimersByTimeAsync(600_000);
    await vi.waitFor(() => expect(hub.reads).toBe(2));
    feed.stop();
    await vi.advanceTimersByTimeAsync(1_200_000);
    expect(hub.reads).toBe(2);
    expect(client.listening).toBe(0);
    expect(client.subscribed).toEqual([]);
  });
});
