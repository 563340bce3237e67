import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackOf, type Callback } from '../../../../src/wallboard/me/callback/callback.js';
import {
  MAX_CLOSED,
  MAX_OPEN,
  NO_CALLBACKS,
  openCallbacks,
  withCallbacks,
  withReading,
} from '../../../../src/wallboard/me/callback/callback-book.js';
import {
  chosenCallbacks,
  countCallbacks,
  expiresSoon,
  pageOf,
  urgencyOf,
} from '../../../../src/wallboard/me/callback/urgency.js';
import { shuffled } from '../../../support/shuffle.js';
import { callback, COLLEAGUE, eventAt, guidOf, iso, LIST, ME, START } from './me-events.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a request', () => {
  it('is read from CallbackChanged', () => {
    const data = eventAt(9, 'CallbackChanged', {
      callBackId: guidOf(1),
      callListId: LIST,
      modified: iso(9),
      contactNumber: '+15551234567',
      channelIn: 'Sales',
      creationTime: iso(0),
      typeId: 2,
      dueDate: iso(3600),
      callbackAttempts: [
        {
          id: guidOf(5),
          userId: COLLEAGUE,
          typeId: 2,
          timestamp: iso(4),
          note: null,
          callId: null,
        },
        { id: guidOf(6), userId: null, typeId: 77, timestamp: iso(5), note: 'x', callId: null },
      ],
    });
    expect(callbackOf(data)).toEqual(
      callback({
        contactName: '',
        modified: START + 9000,
        dueAt: START + HOUR,
        attempts: [
          { userId: COLLEAGUE, outcome: 'no-answer', at: START + 4000, note: '' },
          { userId: null, outcome: undefined, at: START + 5000, note: 'x' },
        ],
      }),
    );
  });
});

const many = (count: number, isClosed: boolean): Callback[] =>
  Array.from({ length: count }, (_, index) =>
    callback({ id: guidOf(index + (isClosed ? 10_000 : 0)), isClosed }),
  );

describe('the book of requests', () => {
  const made = callback();
  const taken = callback({ modified: START + 1000, assignedTo: ME });
  const closed = callback({ modified: START + 2000, assignedTo: ME, isClosed: true });
  const other = callback({ id: guidOf(2), modified: START + 500 });

  it('has the newest state of each, in whatever order and how often they were told', () => {
    const all = [made, taken, closed, other];
    assert(
      property(integer(), (seed) => {
        const told = shuffled([...all, ...all], seed);
        const book = told.reduce((known, one) => withCallbacks(known, [one]), NO_CALLBACKS);
        expect(book.get(made.id)).toEqual(closed);
        expect(openCallbacks(book)).toEqual([other]);
      }),
      { numRuns: 30 },
    );
  });

  it('is not set back by an answer that is older than an event', () => {
    const book = withCallbacks(withCallbacks(NO_CALLBACKS, [closed]), [made]);
    expect(openCallbacks(book)).toEqual([]);
  });

  it('loses with a new reading what that does not have, but for what changed meanwhile', () => {
    const late = callback({ id: guidOf(3), modified: START + 9000 });
    const book = withCallbacks(NO_CALLBACKS, [made, other, late]);
    const read = withReading(book, [taken], START + 8000);
    expect(
      openCallbacks(read)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([made.id, late.id].sort());
    expect(read.get(made.id)).toEqual(taken);
  });

  it('is bounded for open and closed ones, and forgets the oldest', () => {
    const book = withCallbacks(NO_CALLBACKS, [
      ...many(MAX_OPEN + 1, false),
      ...many(MAX_CLOSED + 1, true),
    ]);
    expect(openCallbacks(book)).toHaveLength(MAX_OPEN);
    expect(book.size).toBe(MAX_OPEN + MAX_CLOSED);
    expect(book.has(guidOf(0))).toBe(false);
    expect(book.has(guidOf(10_000))).toBe(false);
  });
});

describe('how urgent a request is', () => {
  it.each<[string, Partial<Callback>, string]>([
    ['without a time', {}, 'open'],
    ['in two hours', { dueAt: START + 2 * HOUR }, 'open'],
    ['in an hour', { dueAt: START + HOUR }, 'due'],
    ['now', { dueAt: START }, 'overdue'],
    ['put off, though overdue', { dueAt: START - HOUR, notBefore: START + MINUTE }, 'put-off'],
    ['put off until now', { notBefore: START }, 'open'],
  ])('%s', (_, changes, urgency) => {
    expect(urgencyOf(callback(changes), START)).toBe(urgency);
  });

  it('changes with the clock alone', () => {
    const one = callback({ dueAt: START + 2 * HOUR, notBefore: START + MINUTE });
    const at = [0, MINUTE, HOUR, 2 * HOUR];
    expect(at.map((time) => urgencyOf(one, START + time))).toEqual([
      'put-off',
      'open',
      'due',
      'overdue',
    ]);
  });

  it('is beside whether it is about to close by itself', () => {
    expect(expiresSoon(callback(), START)).toBe(false);
    expect(expiresSoon(callback({ expiresAt: START + 25 * HOUR }), START)).toBe(false);
    expect(expiresSoon(callback({ expiresAt: START + 24 * HOUR }), START)).toBe(true);
  });
});

describe('the list of requests', () => {
  const late = callback({ id: guidOf(1), dueAt: START - MINUTE, assignedTo: ME });
  const later = callback({ id: guidOf(2), dueAt: START - HOUR });
  const soon = callback({ id: guidOf(3), dueAt: START + MINUTE, listId: guidOf(90) });
  const old = callback({ id: guidOf(4), createdAt: START - HOUR, assignedTo: COLLEAGUE });
  const young = callback({ id: guidOf(5), assignedTo: ME });
  const putOff = callback({ id: guidOf(6), notBefore: START + HOUR });
  const all = [putOff, young, old, soon, late, later];
  const everything = { who: 'all', listId: null, onlyDue: false } as const;

  it('has the most urgent first, then what is due first, then who has waited longest', () => {
    assert(
      property(integer(), (seed) => {
        const shown = chosenCallbacks(shuffled(all, seed), everything, ME, START);
        expect(shown).toEqual([later, late, soon, old, young, putOff]);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['mine', { ...everything, who: 'mine' }, [late, young]],
    ["nobody's", { ...everything, who: 'nobody' }, [later, soon, putOff]],
    ['one list', { ...everything, listId: guidOf(90) }, [soon]],
    ['due only', { ...everything, onlyDue: true }, [later, late, soon]],
  ] as const)('can be narrowed to %s', (_, filter, expected) => {
    expect(chosenCallbacks(all, filter, ME, START)).toEqual(expected);
  });

  it('is counted, as a whole or one list of it', () => {
    const counts = { mine: 2, nobody: 3, all: 6, due: 1, overdue: 2 };
    expect(countCallbacks(all, ME, null, START)).toEqual(counts);
    expect(countCallbacks(all, ME, guidOf(90), START)).toEqual({
      mine: 0,
      nobody: 1,
      all: 1,
      due: 1,
      overdue: 0,
    });
  });

  it.each([
    [0, [1, 2], 0, 3],
    [2, [5], 2, 3],
    [7, [5], 2, 3],
    [-1, [1, 2], 0, 3],
  ])('page %s of five by two has %s', (index, entries, shown, count) => {
    expect(pageOf([1, 2, 3, 4, 5], index, 2)).toEqual({ entries, index: shown, count });
  });

  it('has one empty page when nothing is there', () => {
    expect(pageOf([], 0, 2)).toEqual({ entries: [], index: 0, count: 1 });
  });
});
