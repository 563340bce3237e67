import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallbackStore } from '../../../src/callbacks/store/callback-store.js';
import type { CallbackChangeEvent, CallbackRequest } from '../../../src/contact-center/index.js';
import { listId, people } from '../directory-fixture.js';
import { guidOf, NOW, request, secondList } from './fixture.js';

/** How a suite gets a store that is connected and empty, and how that ends. */
export interface StoreUnderTest {
  readonly store: CallbackStore;
  remove(): Promise<void>;
}

const full: CallbackRequest = {
  ...request,
  version: 7,
  typeId: 1,
  contactName: 'Ænne "Quote" O\'Hara 🙂 \\',
  contactMessage: 'two\nlines',
  note: 'x'.repeat(4_000),
  recordingId: guidOf(11),
  transcriptId: guidOf(12),
  classificationId: guidOf(13),
  priority: '',
  assignedUserId: people.ann,
  lastModifiedUserId: people.bob,
  dueDate: NOW,
  notBefore: 0,
  expiryDate: Date.parse('9999-12-31T23:59:59.999Z'),
  attempts: [
    { id: guidOf(14), userId: null, typeId: 6, timestamp: NOW, note: 'ü', callId: guidOf(15) },
  ],
  extras: [{ name: '', value: 'a;b' }],
  relatedItems: [
    { callBackId: guidOf(16), callListId: listId, relation: 'repeated-call', callId: null, at: 1 },
  ],
};
const bare: CallbackRequest = { ...request, id: guidOf(2), contactNumber: '+2', queueId: null };

let nextEvent = 0;

function eventOf(one: CallbackRequest, created = true): CallbackChangeEvent {
  nextEvent += 1;
  return { request: one, created, eventId: guidOf(900_000 + nextEvent), timestamp: NOW };
}

/** What every store has to do, in the words of CallbackStore. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`a store: ${name}`, () => {
    let tested: StoreUnderTest;
    let store: CallbackStore;

    beforeEach(async () => {
      tested = await open();
      store = tested.store;
    });

    afterEach(() => tested.remove());

    function findOpen(ofList: string, number: string) {
      return store.transaction((writing) => writing.findOpen(ofList, number));
    }

    function save(...requests: readonly CallbackRequest[]): Promise<void> {
      return store.transaction(async (writing) => {
        for (const one of requests) await writing.save(eventOf(one));
      });
    }

    it('gives back all that it was given', async () => {
      await save(full, bare);
      expect(await store.find(full.id)).toEqual(full);
      expect(await store.find(bare.id)).toEqual(bare);
      expect(await store.find(guidOf(3))).toBeUndefined();
    });

    it('replaces a request as a whole', async () => {
      await save(full);
      const { id } = full;
      await save({ ...bare, id });
      expect(await store.find(id)).toEqual({ ...bare, id });
    });

    it('finds the open request of a number in a list, however it is written', async () => {
      await save({ ...bare, isClosed: true });
      expect(await findOpen(bare.callListId, bare.contactNumber)).toBeUndefined();
      await save(full);
      expect(await findOpen(full.callListId, '+1 (555) 123-4567')).toEqual(full);
      expect(await findOpen(secondList.id, full.contactNumber)).toBeUndefined();
    });

    it('keeps nothing of a transaction that fails', async () => {
      const fault = new Error('no');
      const failing = store.transaction(async (writing) => {
        await writing.save(eventOf(full));
        throw fault;
      });
      await expect(failing).rejects.toBe(fault);
      expect(await store.find(full.id)).toBeUndefined();
      expect(await store.countUntoldEvents()).toBe(0);
      await save(full);
      expect(await store.find(full.id)).toEqual(full);
    });

    it('shows a transaction what it has written itself', async () => {
      const seen = await store.transaction(async (writing) => {
        await writing.save(eventOf(full));
        return writing.find(full.id);
      });
      expect(seen).toEqual(full);
    });

    it('keeps events in their order until they are removed', async () => {
      const events = [eventOf(full), eventOf({ ...full, version: 8 }, false), eventOf(bare)];
      for (const event of events) await store.transaction((writing) => writing.save(event));
      const [first, ...rest] = await store.untoldEvents(10);
      expect([first, ...rest].map((entry) => entry?.event)).toEqual(events);
      expect(await store.countUntoldEvents()).toBe(3);
      await store.removeEvents(first === undefined ? [] : [first]);
      expect(await store.untoldEvents(1)).toEqual(rest.slice(0, 1));
    });

    it('finds what has expired and is open, the oldest first, as many as asked', async () => {
      const expiring = [3, 1, 2, 4].map((number) => ({
        ...bare,
        id: guidOf(number),
        contactNumber: `+${String(number)}`,
        expiryDate: NOW + number,
        isClosed: number === 2,
      }));
      await save(...expiring, { ...bare, id: guidOf(5), contactNumber: '+5' });
      const expired = await store.transaction((writing) => writing.findExpired(NOW + 3, 10));
      expect(expired.map(({ id }) => id)).toEqual([guidOf(1), guidOf(3)]);
      const one = await store.transaction((writing) => writing.findExpired(NOW + 3, 1));
      expect(one.map(({ id }) => id)).toEqual([guidOf(1)]);
    });

    it('deletes what was closed before a time, as much as asked, and nothing open', async () => {
      const old = [1, 2, 3, 4].map((number) => ({
        ...bare,
        id: guidOf(number),
        contactNumber: `+${String(number)}`,
        modified: NOW + number,
        isClosed: number !== 1,
      }));
      await save(...old);
      const deleted = (limit: number) =>
        store.transaction((writing) => writing.deleteClosed(NOW + 4, limit));
      expect([await deleted(1), await deleted(10), await deleted(10)]).toEqual([1, 1, 0]);
      const { requests } = await store.list({ callListIds: [listId], limit: 10 });
      expect(requests.map(({ id }) => id)).toEqual([guidOf(1), guidOf(4)]);
    });

    it('lists by list, state, user and due date, in the order of creation, page by page', async () => {
      const many = Array.from({ length: 8 }, (_, number) => ({
        ...bare,
        id: guidOf(number),
        contactNumber: `+${String(number)}`,
        // Two of each time, so that the order of ids counts.
        creationTime: NOW - Math.floor(number / 2),
        isClosed: number % 2 === 1,
        assignedUserId: number < 4 ? people.ann : null,
        dueDate: number === 0 ? null : NOW + number,
        callListId: number === 7 ? secondList.id : listId,
      }));
      await save(...many);
      const numbers = async (query: object) => {
        const { requests } = await store.list({ callListIds: [listId], limit: 10, ...query });
        return requests.map(({ contactNumber }) => Number(contactNumber));
      };
      expect(await numbers({})).toEqual([6, 4, 5, 2, 3, 0, 1]);
      expect(await numbers({ callListIds: [listId, secondList.id] })).toHaveLength(8);
      expect(await numbers({ callListIds: [] })).toEqual([]);
      expect(await numbers({ state: 'open' })).toEqual([6, 4, 2, 0]);
      expect(await numbers({ state: 'closed' })).toEqual([5, 3, 1]);
      expect(await numbers({ assignedUserId: people.ann })).toEqual([2, 3, 0, 1]);
      expect(await numbers({ assignedUserId: null })).toEqual([6, 4, 5]);
      expect(await numbers({ dueBefore: NOW + 3 })).toEqual([2, 1]);
      const first = await store.list({ callListIds: [listId], limit: 3 });
      expect(first.next).toEqual({ creationTime: NOW - 2, id: guidOf(5) });
      expect(await numbers({ after: first.next })).toEqual([2, 3, 0, 1]);
      const all = await store.list({ callListIds: [listId], limit: 7 });
      expect(all.next).toBeUndefined();
    });
  });
}
