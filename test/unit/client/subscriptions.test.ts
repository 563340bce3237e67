import { describe, expect, it } from 'vitest';
import type { RteClient } from '../../../src/client/index.js';
import { statusIs } from '../../support/client-status.js';
import { FakeHub, problem, resumed } from './fake-hub.js';

const QUEUES = { entityId: '*', eventName: 'QueueStatus' };
const CALLS = { entityId: '*', eventName: 'UserCall*' };
const wire = ({ entityId, eventName }: typeof QUEUES) => ({
  EntityId: entityId,
  EventName: eventName,
});

/** Ids in the order of their time. */
const ids = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** The ids of all events that handlers get, and the gaps between them. */
function story(client: RteClient): string[] {
  const told: string[] = [];
  client.onAny((data) => told.push(data.id));
  client.onGap((reason) => told.push(`gap: ${reason}`));
  return told;
}

async function reconnect(hub: FakeHub, client: RteClient): Promise<void> {
  hub.link.cut();
  await statusIs(client, 'reconnecting');
  hub.timers.advance(1000);
  await statusIs(client, 'connected');
}

describe('subscribing', () => {
  it('waits for the hub, and asks with Resume for an id to go on from', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    const results = client.subscribe([QUEUES]);
    await client.start();
    expect(hub.calls).toEqual([['Resume', null, [wire(QUEUES)]]]);
    expect(await results).toEqual([
      { subscribed: true, message: null, entityId: '*', eventName: 'queuestatus' },
    ]);
    await client.stop();
  });

  it.each([
    [{}, 'http://hub.test/rte?snapshot=1'],
    [{ snapshot: false }, 'http://hub.test/rte?snapshot=0'],
  ])('asks with %j for the state of what it is to, at %s', async (options, url) => {
    const hub = new FakeHub();
    const client = hub.client(options);
    await client.start();
    expect(hub.link.options.url).toBe(url);
    await client.stop();
  });

  it('waits for the next connection when this one ends before the answer', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', () => new Promise(() => undefined));
    await client.start();
    const results = client.subscribe([QUEUES]);
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    await reconnect(hub, client);
    expect(await results).toMatchObject([{ subscribed: true }]);
    await client.stop();
  });

  it('tells what the hub refuses, in its results and whenever it is asked again', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const refusals: unknown[] = [];
    client.onRefused(({ entityId, message }) => refusals.push([entityId, message]));
    const refused = { subscribed: false, message: 'Unauthorized' };
    hub.method('Resume', (_id, items) => {
      const answer = resumed(items, ids(1), 'nothing-to-resume');
      return { ...answer, results: [...answer.results.slice(1), refused] };
    });
    await client.start();
    const other = { entityId: 'AB', eventName: 'UserStatus' };
    const [first, second] = await client.subscribe([QUEUES, other]);
    expect(first).toMatchObject({ subscribed: true });
    expect(second).toEqual({ ...refused, entityId: 'ab', eventName: 'userstatus' });
    expect(refusals).toEqual([['ab', 'Unauthorized']]);
    await reconnect(hub, client);
    // What was refused missed nothing: it is asked for anew.
    expect(hub.calls.slice(1)).toEqual([
      ['Resume', ids(1), [wire(QUEUES)]],
      ['Resume', null, [wire(other)]],
    ]);
    expect(refusals).toHaveLength(3);
    await client.stop();
  });

  it('asks again for what is subscribed to already, so that its state is sent again', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    await client.start();
    await client.subscribe([QUEUES]);
    await client.subscribe([QUEUES]);
    expect(hub.calls).toHaveLength(2);
    await reconnect(hub, client);
    expect(hub.calls).toHaveLength(3);
    await client.stop();
  });

  it('is forgotten by unsubscribe', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    hub.method('Unsubscribe', () => []);
    await client.start();
    await client.subscribe([QUEUES, CALLS]);
    await client.unsubscribe([{ entityId: '*', eventName: 'queuestatus' }]);
    expect(hub.calls.at(-1)).toEqual([
      'Unsubscribe',
      [{ EntityId: '*', EventName: 'queuestatus' }],
    ]);
    await reconnect(hub, client);
    expect(hub.calls.at(-1)).toEqual(['Resume', ids(1), [wire(CALLS)]]);
    await client.stop();
  });

  it('is answered when nobody will be asked any more', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.onToken = () => problem(401, 'wrong');
    const waiting = client.subscribe([QUEUES]);
    await client.start();
    expect(await waiting).toMatchObject([{ subscribed: false, message: 'Not logged in.' }]);

    const again = client.subscribe([QUEUES]);
    hub.onToken = () => problem(500, 'broken');
    void client.start();
    await statusIs(client, 'reconnecting');
    await client.stop();
    expect(await again).toMatchObject([{ subscribed: false, message: 'The client was stopped.' }]);
  });

  it('of much is asked for in several calls, of which each fits into a message', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', (_id, items) => resumed(items, ids(1)));
    hub.method('Subscribe', (items) => resumed(items, '').results);
    const many = Array.from({ length: 450 }, (_, n) => ({
      entityId: ids(n),
      eventName: 'UserStatus',
    }));
    await client.start();
    const results = await client.subscribe(many);
    expect(results.map(({ entityId }) => entityId)).toEqual(many.map(({ entityId }) => entityId));
    const sizes = hub.calls.map(([name, ...args]) => {
      const items = args.at(-1);
      return [name, Array.isArray(items) ? items.length : 0];
    });
    // Resume comes last: it is possible once on a connection.
    expect(sizes).toEqual([
      ['Subscribe', 200],
      ['Subscribe', 50],
      ['Resume', 200],
    ]);
    const tooMany = Array.from({ length: 4_001 }, (_, n) => ({ entityId: ids(n), eventName: 'x' }));
    await expect(client.subscribe(tooMany)).rejects.toThrow('at most 4000');
    await client.stop();
  });
});

describe('after the connection was lost', () => {
  it('the client resumes from the newest event that it told', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const told = story(client);
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    await client.start();
    await client.subscribe([QUEUES]);
    hub.link.send('QueueStatus', ids(3));
    hub.link.send('QueueStatus', ids(4).toUpperCase());
    // A state that is told without an event.
    hub.link.send('QueueStatus', ids(0));
    hub.method('Resume', (_id, items) => {
      hub.link.send('QueueStatus', ids(5));
      return resumed(items, ids(6));
    });
    await reconnect(hub, client);
    expect(hub.calls.at(-1)).toEqual(['Resume', ids(4), [wire(QUEUES)]]);
    expect(told).toEqual([ids(3), ids(4).toUpperCase(), ids(0), ids(5)]);
    await reconnect(hub, client);
    expect(hub.calls.at(-1)).toEqual(['Resume', ids(6), [wire(QUEUES)]]);
    await client.stop();
  });

  it('tells a gap ahead of what comes after it, and goes on from where the hub is', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const told = story(client);
    hub.method('Resume', (_id, items) => resumed(items, ids(90), 'nothing-to-resume'));
    await client.start();
    await client.subscribe([QUEUES]);
    hub.method('Resume', (_id, items) => {
      // In one piece with the answer, and ahead of those who wait for it.
      queueMicrotask(() => hub.link.send('QueueStatus', ids(7)));
      return resumed(items, ids(5), 'unknown');
    });
    await reconnect(hub, client);
    expect(told).toEqual(['gap: unknown', ids(7)]);
    await reconnect(hub, client);
    // Not 90: that was another hub's.
    expect(hub.calls.at(-1)?.[1]).toBe(ids(7));
    await client.stop();
  });

  it('tells nothing twice and loses nothing when it is lost again while it resumes', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const told = story(client);
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    await client.start();
    await client.subscribe([QUEUES]);
    let isTorn = true;
    hub.method('Resume', (_id, items) => {
      hub.link.send('UserCallInArrived', ids(2));
      if (!isTorn) hub.link.send('UserCallInArrived', ids(3));
      if (isTorn) queueMicrotask(() => hub.link.cut());
      return isTorn ? new Promise(() => undefined) : resumed(items, ids(3));
    });
    hub.link.cut();
    await statusIs(client, 'reconnecting');
    const again = new Promise((resolve) => client.onStatus(resolve));
    hub.timers.advance(1000);
    expect(await again).toMatchObject({ state: 'reconnecting', attempt: 2 });
    expect(told).toEqual([]);
    isTorn = false;
    hub.timers.advance(1000);
    await statusIs(client, 'connected');
    expect(hub.calls.slice(-2).map(([, id]) => id)).toEqual([ids(1), ids(1)]);
    expect(told).toEqual([ids(2), ids(3)]);
    await client.stop();
  });

  it('goes on from what it was told, when it is lost between two answers', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const told = story(client);
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    await client.start();
    await client.subscribe([QUEUES]);
    hub.link.cut();
    await statusIs(client, 'reconnecting');
    void client.subscribe([CALLS]);
    hub.method('Resume', (id, items) => {
      if (id === null) {
        queueMicrotask(() => hub.link.cut());
        return new Promise(() => undefined);
      }
      hub.link.send('QueueStatus', ids(2));
      return resumed(items, ids(3));
    });
    const again = new Promise((resolve) => client.onStatus(resolve));
    hub.timers.advance(1000);
    expect(await again).toMatchObject({ state: 'reconnecting', attempt: 2 });
    expect(told).toEqual([ids(2)]);
    hub.method('Resume', (_id, items) => resumed(items, ids(3)));
    hub.timers.advance(1000);
    await statusIs(client, 'connected');
    expect(hub.calls.at(-2)).toEqual(['Resume', ids(3), [wire(QUEUES)]]);
    expect(hub.calls.at(-1)).toEqual(['Resume', null, [wire(CALLS)]]);
    await client.stop();
  });

  it.each([
    ['without Resume', true, undefined],
    ['whose Resume fails', true, () => Promise.reject(new Error('An unexpected error occurred'))],
    ['that is not to be asked to resume', false, () => Promise.reject(new Error('not expected'))],
  ])(
    'a hub %s is subscribed to plainly, and each reconnect is a gap',
    async (_case, resume, method) => {
      const hub = new FakeHub();
      const client = hub.client({ resume });
      const told = story(client);
      if (method !== undefined) hub.method('Resume', method);
      hub.method('Subscribe', (items) => resumed(items, '').results);
      await client.start();
      expect(await client.subscribe([QUEUES])).toMatchObject([{ subscribed: true }]);
      hub.link.send('QueueStatus', ids(3));
      await reconnect(hub, client);
      hub.link.send('QueueStatus', ids(4));
      expect(told).toEqual([ids(3), 'gap: not-supported', ids(4)]);
      expect(hub.calls.some(([name]) => name === 'Resume')).toBe(resume && method !== undefined);
      await client.stop();
    },
  );

  it('asks for what is subscribed to while the hub still resumes', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    await client.start();
    await client.subscribe([QUEUES]);
    let answered: Promise<unknown> | undefined;
    hub.method('Resume', (id, items) => {
      if (id !== null) answered = client.subscribe([CALLS]);
      return resumed(items, ids(2));
    });
    await reconnect(hub, client);
    expect(hub.calls.at(-1)).toEqual(['Resume', null, [wire(CALLS)]]);
    expect(await answered).toMatchObject([{ subscribed: true }]);
    await client.stop();
  });

  it('without subscriptions nothing was missed', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const told = story(client);
    await client.start();
    await reconnect(hub, client);
    expect([told, hub.calls]).toEqual([[], []]);
    await client.stop();
  });

  it('nothing is told of a connection that was ended', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const told = story(client);
    await client.start();
    const { link } = hub;
    await client.stop();
    link.send('QueueStatus', ids(3));
    expect(told).toEqual([]);
  });

  it('begins anew when the hub sends more than it may before its answer', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', (_id, items) => resumed(items, ids(1), 'nothing-to-resume'));
    await client.start();
    await client.subscribe([QUEUES]);
    hub.method('Resume', () => {
      for (let n = 0; n <= 10_000; n += 1) hub.link.send('QueueStatus', ids(n));
      return new Promise(() => undefined);
    });
    hub.link.cut();
    await statusIs(client, 'reconnecting');
    const again = new Promise((resolve) => client.onStatus(resolve));
    hub.timers.advance(1000);
    expect(await again).toMatchObject({ state: 'reconnecting', attempt: 2 });
    await client.stop();
  });
});
