import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CallbackBook,
  type CallbackEntry,
  callbackEntry,
  MAX_CALLBACKS,
} from '../../../../src/wallboard/board/model/callback-book.js';
import { eventData, LIST, NOON, QUEUE, secondsAfterNoon } from './events.js';

const MINUTE = 60_000;

function entry(id: string, changes: Partial<CallbackEntry> = {}): CallbackEntry {
  return { id, callListId: LIST, isClosed: false, modified: NOON, due: null, ...changes };
}

describe('the callback requests of a board', () => {
  it('keep of an event what is counted, and no number', () => {
    const data = eventData('CallbackChanged', {
      callBackId: QUEUE,
      contactNumber: '+15551234567',
      modified: secondsAfterNoon(1),
      dueDate: secondsAfterNoon(3600),
    });
    expect(callbackEntry(data)).toEqual(
      entry(QUEUE, { modified: NOON + 1_000, due: NOON + 3_600_000 }),
    );
  });

  it('are open, due within the hour or overdue, by the clock alone', () => {
    const book = new CallbackBook();
    book.change(entry('a', { due: NOON + 30 * MINUTE }));
    book.change(entry('b', { due: NOON + 90 * MINUTE }));
    book.change(entry('c'));
    const counts = (minutes: number) => book.counts(LIST, NOON + minutes * MINUTE);
    expect(counts(0)).toEqual({ open: 3, due: 1, overdue: 0, overdueSince: null });
    expect(counts(30)).toEqual({ open: 3, due: 1, overdue: 1, overdueSince: NOON + 30 * MINUTE });
    expect(counts(90)).toEqual({ open: 3, due: 0, overdue: 2, overdueSince: NOON + 30 * MINUTE });
  });

  it('go when they are closed, come back when they are opened again, and move between lists', () => {
    const book = new CallbackBook();
    const open = () => [book.counts(LIST, NOON).open, book.counts(QUEUE, NOON).open];
    book.change(entry('a'));
    book.change(entry('a', { isClosed: true, modified: NOON + 1 }));
    expect(open()).toEqual([0, 0]);
    book.change(entry('a', { modified: NOON + 2 }));
    expect(open()).toEqual([1, 0]);
    book.change(entry('a', { callListId: QUEUE, modified: NOON + 3 }));
    expect(open()).toEqual([0, 1]);
  });

  it('are not undone by older news', () => {
    const book = new CallbackBook();
    book.change(entry('a', { due: NOON - MINUTE, modified: NOON + 2 }));
    book.change(entry('a', { due: null, modified: NOON + 1 }));
    expect(book.counts(LIST, NOON).overdue).toBe(1);
  });

  it('stay as they are when a reading fails', () => {
    const book = new CallbackBook();
    book.change(entry('a'));
    book.beginReading();
    book.change(entry('b'));
    book.giveUpReading();
    expect(book.counts(LIST, NOON).open).toBe(2);
  });

  it('are told to be more than are counted', () => {
    const book = new CallbackBook();
    const many = Array.from({ length: MAX_CALLBACKS + 1 }, (_, index) => entry(String(index)));
    book.beginReading();
    book.endReading(many.slice(1));
    expect(book.isCut).toBe(false);
    book.beginReading();
    book.endReading(many);
    expect(book.isCut).toBe(true);
    expect(book.counts(LIST, NOON).open).toBe(MAX_CALLBACKS);
  });

  it('are in the end as the hub has them, however a reading and events interleave', () => {
    const changes = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), isClosed: fc.boolean() }),
      { maxLength: 30 },
    );
    // Each request is read at a moment of its own, as pages are.
    const moments = fc.record({
      begins: fc.nat(30),
      a: fc.nat(30),
      b: fc.nat(30),
      c: fc.nat(30),
      d: fc.nat(30),
    });
    fc.assert(
      fc.property(changes, moments, fc.nat(30), (history, moment, missed) => {
        const book = new CallbackBook();
        const hub = new Map<string, CallbackEntry>();
        const found: CallbackEntry[] = [];
        const begins = Math.min(moment.begins, history.length);
        // What was missed is before the reading: from its beginning on events come.
        history.forEach((change, index) => {
          if (index === begins) book.beginReading();
          for (const id of ['a', 'b', 'c', 'd'] as const) {
            const known = hub.get(id);
            if (Math.max(moment[id], begins) === index && known?.isClosed === false)
              found.push(known);
          }
          const changed = entry(change.id, { isClosed: change.isClosed, modified: NOON + index });
          hub.set(change.id, changed);
          if (index >= begins || index >= missed) book.change(changed);
        });
        if (begins === history.length) book.beginReading();
        for (const id of ['a', 'b', 'c', 'd'] as const) {
          const known = hub.get(id);
          const late = Math.max(moment[id], begins) >= history.length;
          if (late && known?.isClosed === false) found.push(known);
        }
        book.endReading(found);
        const open = [...hub.values()].filter(({ isClosed }) => !isClosed).length;
        expect(book.counts(LIST, NOON).open).toBe(open);
      }),
    );
  });
});
