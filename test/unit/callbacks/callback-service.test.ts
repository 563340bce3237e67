import { beforeEach, describe, expect, it } from 'vitest';
import type { CollectingList } from '../../../src/contact-center/index.js';
import { listId, people, queueIds } from '../../support/directory-fixture.js';
import type { MemoryCallbackStore } from '../../support/callback-store/memory-store.js';
import {
  calledAgain,
  gaveUp,
  guidOf,
  list,
  NOW,
  openService,
  request,
  secondList,
  type ServiceUnderTest,
} from '../../support/callback-store/fixture.js';

let tested: ServiceUnderTest<MemoryCallbackStore>;

beforeEach(async () => {
  tested = await openService();
});

/** Tells the service, and waits until it has told. */
async function callsInVain(...calls: readonly (typeof gaveUp)[]): Promise<void> {
  await Promise.all(calls.map((call) => tested.service.callerUnserved(call)));
  await tested.settled();
}

async function isAnswered(call: { at: number; queueId: string; callerNumber: string }) {
  await tested.service.callerAnswered(call);
  await tested.settled();
}

async function openWith(...lists: readonly CollectingList[]): Promise<void> {
  tested = await openService(lists);
}

/** What the second call leaves on the request. */
const repeatedCall = {
  callBackId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as unknown,
  callListId: listId,
  relation: 'repeated-call',
  callId: calledAgain.callId,
  at: calledAgain.at,
};

describe('a caller who gave up', () => {
  it('is put on the list that collects the calls of that queue', async () => {
    await callsInVain(gaveUp);
    expect(tested.changes()).toEqual([{ request, created: true }]);
    expect(await tested.service.find(request.id)).toEqual(request);
    expect(tested.store.outbox).toEqual([]);
  });

  it('gets the dates that the list sets', async () => {
    await openWith({ ...list, dueAfterSeconds: 3_600, expiresAfterSeconds: 7_200 });
    await callsInVain(gaveUp);
    const dates = { dueDate: NOW + 3_600_000, expiryDate: NOW + 7_200_000 };
    expect(tested.changes()).toEqual([{ request: { ...request, ...dates }, created: true }]);
  });

  it('is put on each of several lists, with a request of its own', async () => {
    await openWith(list, secondList);
    await callsInVain(gaveUp);
    const made = tested.changes().map((change) => change.request);
    expect(made.map(({ callListId }) => callListId)).toEqual([listId, secondList.id]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    ['without a number', { ...gaveUp, callerNumber: '' }],
    ['in a queue whose calls no list collects', { ...gaveUp, queueId: queueIds.support }],
  ])('%s is on no list', async (_what, call) => {
    await callsInVain(call);
    expect(tested.events).toEqual([]);
    expect(tested.store.requests.size).toBe(0);
  });

  it.each([
    [true, people.ann],
    [false, people.ann],
    [false, null],
  ])('and was called back, and answered: %s, by way of %s', async (answered, takenBy) => {
    await callsInVain({ ...gaveUp, kind: 'callback-asked' });
    const { queueId, callerNumber, callId } = calledAgain;
    const at = NOW + 60_000;
    const about = { kind: 'callback-made', at, queueId, callerNumber, callId } as const;
    const made = { ...about, handledBy: people.ann, takenBy, isAnswered: answered };
    await Promise.all([tested.service.callbackMade(made), tested.service.callbackMade(made)]);
    await tested.settled();
    const attempt = { userId: people.ann, typeId: answered ? 1 : 2, timestamp: at, callId };
    expect(tested.changes()).toHaveLength(2);
    expect(tested.changes()[1]).toMatchObject({
      created: false,
      request: {
        typeId: 1,
        isClosed: answered,
        modified: at,
        version: 2,
        assignedUserId: takenBy,
        attempts: [attempt],
      },
    });
  });

  it('and is told twice is on the list once', async () => {
    await callsInVain(gaveUp, gaveUp);
    await callsInVain(gaveUp);
    expect(tested.events).toHaveLength(1);
    expect(tested.store.requests.size).toBe(1);
  });

  it('and tries again has the one request changed, which keeps the second call', async () => {
    await callsInVain(gaveUp, calledAgain);
    const changed = { ...request, version: 2, modified: calledAgain.at };
    expect(tested.changes().slice(1)).toEqual([
      { request: { ...changed, relatedItems: [repeatedCall] }, created: false },
    ]);
    await callsInVain(calledAgain, gaveUp);
    expect(tested.events).toHaveLength(2);
    expect(tested.store.requests.size).toBe(1);
  });

  it('with a number written differently is the same caller', async () => {
    await callsInVain(gaveUp, { ...calledAgain, callerNumber: '+1 (555) 123-45.67' });
    expect(tested.store.requests.size).toBe(1);
  });

  it('and tries again after the request was closed gets a new one', async () => {
    tested.store.requests.set(request.id, { ...request, isClosed: true });
    await callsInVain(calledAgain);
    expect(tested.changes()).toMatchObject([
      { created: true, request: { callId: calledAgain.callId } },
    ]);
  });

  it('and calls in vain a hundred and one times keeps the newest hundred calls', async () => {
    const calls = Array.from({ length: 102 }, (_, index) => ({
      ...gaveUp,
      callId: guidOf(100 + index),
      at: NOW + index,
    }));
    await callsInVain(...calls);
    const kept = tested.events.at(-1)?.request.relatedItems ?? [];
    expect(kept).toHaveLength(100);
    expect(kept.at(-1)).toMatchObject({ callId: guidOf(201) });
    expect(kept.at(0)).toMatchObject({ callId: guidOf(102) });
  });

  it('with a name that no store would take has it cut and cleaned', async () => {
    await callsInVain({ ...gaveUp, callerName: `Some\0One${'x'.repeat(400)}` });
    const [name] = tested.events.map((event) => event.request.contactName);
    expect(name).toMatch(/^SomeOnex+$/u);
    expect(name).toHaveLength(256);
  });
});

describe('a caller whom nobody served', () => {
  it.each(['anonymous', 'Restricted', '<unknown>', 'unavailable'])(
    'and whose number reads "%s" is on no list',
    async (callerNumber) => {
      await callsInVain({ ...gaveUp, callerNumber });
      expect(tested.events).toEqual([]);
    },
  );

  it('since the queue sent the call on is put on the list as one who gave up is', async () => {
    await callsInVain({ ...gaveUp, kind: 'overflow-unanswered' });
    expect(tested.changes()).toEqual([{ request, created: true }]);
  });

  it('and asks to be called back is owed that call, also when on the list already', async () => {
    const asked = { ...calledAgain, kind: 'callback-asked' } as const;
    await callsInVain(gaveUp, asked);
    expect(tested.changes().map((change) => change.request.typeId)).toEqual([2, 1]);
    await isAnswered({ ...answered, at: NOW + 120_000 });
    expect(tested.events).toHaveLength(2);
  });

  it('and whose request has expired gets a new one, and the old one is closed', async () => {
    await openWith({ ...list, expiresAfterSeconds: 60 });
    await callsInVain(gaveUp, calledAgain);
    const expired = { ...request, expiryDate: NOW + 60_000 };
    expect(tested.changes().slice(1)).toMatchObject([
      { request: { ...expired, version: 2, modified: NOW + 60_000, isClosed: true } },
      { request: { callId: calledAgain.callId, isClosed: false }, created: true },
    ]);
  });
});

const answered = { at: NOW + 90_000, queueId: queueIds.sales, callerNumber: gaveUp.callerNumber };

describe('a caller who is answered after all', () => {
  it('needs no callback any more: the request is closed, once', async () => {
    await callsInVain(gaveUp);
    await isAnswered(answered);
    await isAnswered({ ...answered, at: NOW + 120_000 });
    const closed = { ...request, version: 2, modified: answered.at, isClosed: true };
    expect(tested.changes().slice(1)).toEqual([{ request: closed, created: false }]);
  });

  it('has the requests of all lists that the answer closes closed, and of no other', async () => {
    await openWith(list, secondList);
    await callsInVain(gaveUp);
    const { store } = tested;
    tested = await openService([secondList]);
    for (const one of store.requests.values()) tested.store.requests.set(one.id, one);
    await isAnswered(answered);
    expect(tested.changes().map((change) => change.request.callListId)).toEqual([secondList.id]);
  });

  it.each([
    ['in a queue whose answers close no list', { ...answered, queueId: queueIds.support }],
    ['with another number', { ...answered, callerNumber: '+15550000000' }],
    ['without a number', { ...answered, callerNumber: '' }],
    ['before calling in vain', { ...answered, at: NOW - 1 }],
    ['before calling in vain once more', { ...answered, at: NOW + 30_000 }],
  ])('%s keeps the request', async (_what, call) => {
    await callsInVain(gaveUp, calledAgain);
    await isAnswered(call);
    expect(tested.events).toHaveLength(2);
  });

  it.each([
    ['asked for', 1],
    ['made by hand', 3],
  ] as const)('keeps the request that was %s', async (_what, typeId) => {
    tested.store.requests.set(request.id, { ...request, typeId });
    await isAnswered(answered);
    expect(tested.events).toEqual([]);
  });

  it('and gives up once more later gets a new request', async () => {
    await callsInVain(gaveUp);
    await isAnswered(answered);
    await callsInVain({ ...calledAgain, at: NOW + 120_000 });
    expect(tested.changes().at(-1)).toMatchObject({
      created: true,
      request: { callId: calledAgain.callId },
    });
  });
});

describe('an event', () => {
  it('has an id that is a UUIDv7, another for each change, and the time of the change', async () => {
    tested.now = NOW + 5;
    await callsInVain(gaveUp, calledAgain);
    expect(tested.events.map(({ timestamp }) => timestamp)).toEqual([NOW + 5, NOW + 5]);
    const ids = tested.events.map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/u);
  });
});
