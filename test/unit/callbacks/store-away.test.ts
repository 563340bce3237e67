import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreUnavailableError } from '../../../src/callbacks/index.js';
import { listId } from '../../support/directory-fixture.js';
import { MemoryCallbackStore } from '../../support/callback-store/memory-store.js';
import {
  calledAgain,
  DAY_MS,
  gaveUp,
  guidOf,
  NOW,
  openService,
  request,
  RETENTION_MS,
  ServiceUnderTest,
} from '../../support/callback-store/fixture.js';

const AWAY = new StoreUnavailableError('the database is away');
const FULL = 20_000;
const target = { id: request.id, expectedVersion: undefined, by: null };
const another = { ...gaveUp, callerNumber: '+15550000000', callId: guidOf(3) };

let tested: ServiceUnderTest<MemoryCallbackStore>;

beforeEach(async () => {
  vi.useFakeTimers({ now: NOW });
  tested = await openService();
});

afterEach(async () => {
  await tested.service.stop();
  vi.useRealTimers();
});

/** Lets time pass, with all that it brings. */
async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

describe('while the store is away', () => {
  it('what calls bring waits in order, and is kept and told when the store is back', async () => {
    tested.store.fault = AWAY;
    const kept = [gaveUp, calledAgain, another].map((call) => tested.service.callerUnserved(call));
    await pass(100);
    expect(tested.states.at(-1)).toEqual({ up: false, reason: AWAY.message });
    expect(tested.service.sizes().entries).toEqual({ waitingChanges: 3, untoldEvents: 0 });
    tested.store.fault = undefined;
    await pass(1_000);
    await Promise.all(kept);
    expect(tested.states.at(-1)).toEqual({ up: true });
    expect(tested.events.map((event) => [event.request.contactNumber, event.created])).toEqual([
      [gaveUp.callerNumber, true],
      [gaveUp.callerNumber, false],
      [another.callerNumber, true],
    ]);
  });

  it('people are refused at once, and so are those whose change was about to be written', async () => {
    tested.store.fault = AWAY;
    const waits = tested.service.callerUnserved(gaveUp);
    await expect(tested.service.update(target, { note: 'a' })).rejects.toBe(AWAY);
    await expect(tested.service.update(target, {})).rejects.toThrow(StoreUnavailableError);
    await expect(tested.service.find(request.id)).rejects.toThrow(AWAY.message);
    await expect(tested.service.list({ callListIds: [listId], limit: 1 })).rejects.toThrow(
      AWAY.message,
    );
    tested.store.fault = undefined;
    await pass(1_000);
    await waits;
    expect(await tested.service.find(request.id)).toMatchObject({ note: '', version: 1 });
  });

  it('is asked again after 0.5 s, 1 s, 2 s and so on, at last every 30 s', async () => {
    tested.store.fault = AWAY;
    const connect = vi.spyOn(tested.store, 'connect');
    const attempts: number[] = [];
    connect.mockImplementation(() => {
      attempts.push(Date.now() - NOW);
      return Promise.reject(AWAY);
    });
    const waits = tested.service.callerUnserved(gaveUp);
    await pass(95_000);
    expect(attempts).toEqual([500, 1_500, 3_500, 7_500, 15_500, 31_500, 61_500, 91_500]);
    connect.mockRestore();
    tested.store.fault = undefined;
    await pass(30_000);
    await waits;
  });

  it('twenty thousand changes wait; then calls are refused, too, and counted', async () => {
    tested.store.fault = AWAY;
    const waiting = Array.from({ length: FULL }, () => tested.service.callerUnserved(gaveUp));
    const refused = tested.service.callerUnserved(gaveUp);
    await expect(refused).rejects.toThrow('20000 changes wait');
    expect(tested.service.sizes().evictions).toBe(1);
    tested.store.fault = undefined;
    await pass(1_000);
    await Promise.all(waiting);
    expect(tested.events).toHaveLength(1);
  });

  it('a hub that stops says of each change that waits that it is lost', async () => {
    tested.store.fault = AWAY;
    const waits = tested.service.callerUnserved(gaveUp);
    const flushed = tested.service.flush(1_000);
    await pass(1_000);
    await flushed;
    const stopped = tested.service.stop();
    await expect(waits).rejects.toThrow('the hub stopped while the store was away');
    await stopped;
  });
});

describe('a store that is away at the start', () => {
  it('is waited for by a hub that can do without it so long', async () => {
    tested = new ServiceUnderTest(new MemoryCallbackStore());
    tested.store.fault = AWAY;
    tested.service.openSoon();
    const waits = tested.service.callerUnserved(gaveUp);
    await pass(400);
    expect(tested.states.at(-1)).toEqual({ up: false, reason: AWAY.message });
    tested.store.fault = undefined;
    await pass(500);
    await waits;
    expect(tested.events).toHaveLength(1);
  });

  it('fails the start of one that can not', async () => {
    tested = new ServiceUnderTest(new MemoryCallbackStore());
    tested.store.fault = AWAY;
    await expect(tested.service.open()).rejects.toBe(AWAY);
  });
});

describe('a change that the store will never take', () => {
  it('fails for its own caller only: those of the same transaction are kept', async () => {
    const fault = new Error('that can not be written');
    const transaction = tested.store.transaction.bind(tested.store);
    vi.spyOn(tested.store, 'transaction').mockImplementation((work) =>
      transaction((open) =>
        work({
          ...open,
          save: async (event) => {
            if (event.request.contactNumber === another.callerNumber) throw fault;
            await open.save(event);
          },
        }),
      ),
    );
    const [first, second, third] = [gaveUp, another, calledAgain].map((call) =>
      tested.service.callerUnserved(call),
    );
    await expect(second).rejects.toBe(fault);
    await Promise.all([first, third]);
    await tested.settled();
    expect(tested.changes()).toMatchObject([{ created: true }, { created: false }]);
    expect(tested.store.requests.size).toBe(1);
  });
});

describe('an event', () => {
  it('that could not be taken out of the outbox is told once, and again after a kill', async () => {
    const remove = vi.spyOn(tested.store, 'removeEvents').mockRejectedValue(AWAY);
    await tested.service.callerUnserved(gaveUp);
    await pass(600);
    expect(tested.events).toHaveLength(1);
    remove.mockRestore();
    const next = new ServiceUnderTest(tested.store);
    await next.service.open();
    await next.settled();
    expect(next.events).toEqual(tested.events);
    expect(tested.store.outbox).toEqual([]);
  });

  it('that nobody can read keeps back no other', async () => {
    tested.store.outbox = [{ position: 0, event: undefined }];
    await tested.service.callerUnserved(gaveUp);
    await tested.settled();
    expect(tested.events).toHaveLength(1);
    expect(tested.store.outbox).toEqual([]);
  });
});

describe('time', () => {
  it('closes what has expired, at its expiry, within five seconds', async () => {
    const expiryDate = NOW + 60_000;
    tested.store.requests.set(request.id, { ...request, expiryDate });
    tested.now = expiryDate - 1;
    await pass(5_000);
    expect(tested.events).toEqual([]);
    tested.now = expiryDate;
    await pass(5_000);
    expect(tested.changes()).toEqual([
      {
        request: { ...request, version: 2, expiryDate, modified: expiryDate, isClosed: true },
        created: false,
      },
    ]);
  });

  it('closes many, page by page', async () => {
    for (let number = 1; number <= 250; number += 1) {
      const id = guidOf(1_000 + number);
      const contactNumber = `+1${String(number)}`;
      tested.store.requests.set(id, { ...request, id, contactNumber, expiryDate: NOW });
    }
    await tested.service.runUpkeep();
    await tested.settled();
    expect(tested.events).toHaveLength(250);
    expect([...tested.store.requests.values()].every(({ isClosed }) => isClosed)).toBe(true);
  });

  it('deletes closed requests after the days that were set, once an hour, and no open one', async () => {
    const open = { ...request, id: guidOf(5), modified: NOW };
    const closed = { ...request, isClosed: true, modified: NOW };
    tested.store.requests.set(open.id, open).set(closed.id, closed);
    tested.now = NOW + RETENTION_MS;
    await tested.service.runUpkeep();
    expect(tested.store.requests.size).toBe(2);
    tested.now += 1;
    await tested.service.runUpkeep();
    expect(tested.store.requests.size).toBe(2);
    tested.now += DAY_MS;
    await tested.service.runUpkeep();
    expect([...tested.store.requests.keys()]).toEqual([open.id]);
    await tested.settled();
    expect(tested.events).toEqual([]);
  });

  it('goes on when the store was away', async () => {
    tested.store.requests.set(request.id, { ...request, expiryDate: NOW });
    tested.store.fault = AWAY;
    await tested.service.runUpkeep();
    expect(tested.states.at(-1)).toEqual({ up: false, reason: AWAY.message });
    tested.store.fault = undefined;
    await pass(5_500);
    expect(tested.events).toHaveLength(1);
  });
});
