import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReorderWindow } from '../../../src/sources/wazo/reorder-window.js';

const WINDOW_MS = 50;

let released: string[][];
let window: ReorderWindow;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  open();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A window that hands on to `released`. Subjects are in the data, by field. */
function open(): void {
  released = [];
  window = new ReorderWindow({
    windowMs: WINDOW_MS,
    subjectsOf: ({ data }) => Object.keys(data),
    release: (burst) => {
      released.push(burst.map(({ envelope }) => envelope.name));
    },
  });
}

function add(name: string, timestampMs?: number, subjects: readonly string[] = ['a call']): void {
  const data = Object.fromEntries(subjects.map((subject) => [subject, true]));
  window.add({
    envelope: { name, originUuid: '', tenantUuid: '', timestamp: '', timestampMs, data },
    receivedAt: Date.now(),
    done: vi.fn<() => void>(),
  });
}

describe('the reorder window', () => {
  it('hands a burst on when nothing has come for its length', () => {
    add('a', 0);
    vi.advanceTimersByTime(WINDOW_MS - 1);
    add('b', 0);
    vi.advanceTimersByTime(WINDOW_MS - 1);
    expect(released).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(released).toEqual([['a', 'b']]);
    expect(window.size).toBe(0);
  });

  it('is empty and without a timer after a flush', () => {
    add('a');
    window.flush();
    window.flush();
    expect(released).toEqual([['a']]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has no timer when it is empty', () => {
    add('a');
    vi.advanceTimersByTime(WINDOW_MS);
    expect([released, vi.getTimerCount()]).toEqual([[['a']], 0]);
  });

  it('cuts a call that never pauses after four lengths', () => {
    for (let times = 0; times <= 10; times += 1) {
      add(String(times), 0);
      vi.advanceTimersByTime(WINDOW_MS / 2);
    }
    expect(released).toEqual([['0', '1', '2', '3', '4', '5', '6', '7']]);
    expect(window.size).toBe(3);
  });

  it('cuts it at the longest of its last pauses, and goes on with what came after that', () => {
    for (let at = 0; at <= 170; at += 10) {
      add(String(at), 0);
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(6);
    add('186', 0);
    vi.advanceTimersByTime(9);
    add('195', 0);
    vi.advanceTimersByTime(5);
    expect(released.map((burst) => burst.at(-1))).toEqual(['170']);
    vi.advanceTimersByTime(WINDOW_MS);
    expect(released[1]).toEqual(['186', '195']);
  });

  it('cuts at two thousand messages, so that it never holds more', () => {
    for (let times = 0; times < 2_001; times += 1) add('a', 0);
    expect(released.map((burst) => burst.length)).toEqual([2_000]);
    expect(window.size).toBe(1);
  });

  it('tells the bursts of a backlog apart by their stamps', () => {
    add('a', 1_000);
    add('b', 1_050);
    add('c', 9_000);
    vi.advanceTimersByTime(WINDOW_MS);
    expect(released).toEqual([['a', 'b'], ['c']]);
  });

  it('cuts a backlog without pauses, so that what is long past does not come after what is not', () => {
    for (let at = 0; at <= 800; at += 40) add(String(at), at);
    vi.advanceTimersByTime(WINDOW_MS);
    expect(released.map((burst) => burst[0])).toEqual(['0', '440']);
  });
});

describe('what is about other calls', () => {
  it('neither holds a call up nor waits for it', () => {
    for (let at = 0; at < 90; at += 10) {
      add(`call ${String(at)}`, at, [String(at)]);
      vi.advanceTimersByTime(10);
    }
    expect(released).toEqual([['call 0'], ['call 10'], ['call 20'], ['call 30'], ['call 40']]);
  });

  it('goes on together when it came together', () => {
    add('one', 0, ['a call']);
    add('two', 0, ['another call']);
    vi.advanceTimersByTime(WINDOW_MS);
    expect(released).toEqual([['one', 'two']]);
  });

  it('waits for it once a message is about both', () => {
    add('caller', 0, ['a call']);
    vi.advanceTimersByTime(10);
    add('agent', 0, ['an agent']);
    vi.advanceTimersByTime(10);
    add('rings', 0, ['a call', 'an agent']);
    vi.advanceTimersByTime(40);
    add('answers', 0, ['an agent']);
    vi.advanceTimersByTime(49);
    expect(released).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(released).toEqual([['caller', 'agent', 'rings', 'answers']]);
  });
});

describe('what concerns all', () => {
  it('waits for all that came before it, and for nothing that came after', () => {
    add('call', 0);
    vi.advanceTimersByTime(10);
    add('marker', 0, []);
    vi.advanceTimersByTime(30);
    add('goes on', 0);
    add('another', 0, ['another call']);
    vi.advanceTimersByTime(40);
    expect(released).toEqual([]);
    vi.advanceTimersByTime(10);
    expect(released).toEqual([['call', 'marker', 'goes on', 'another']]);
  });

  it('is not held up by a stream that never ends', () => {
    const before = ['one', 'two', 'three'];
    for (const call of before) add(call, 0, [call]);
    add('marker', 0, []);
    for (let at = 0; at < 200; at += 5) {
      vi.advanceTimersByTime(5);
      for (const call of before) add('goes on', 0, [call]);
    }
    expect(released.flat()).toContain('marker');
    expect(released.flat().indexOf('marker')).toBeGreaterThan(released.flat().indexOf('three'));
  });
});

describe('bursts', () => {
  it.each<[string, (number | undefined)[], number[]]>([
    ['no stamps', [undefined, undefined], [2]],
    ['small steps', [0, 50, 100], [3]],
    ['a jump ahead', [0, 51], [1, 1]],
    ['a jump back, as when clocks are set', [3_600_000, 0], [1, 1]],
    ['one without a stamp stays with its neighbour', [0, undefined, 51], [2, 1]],
    ['one without a stamp in front', [undefined, 0, 10], [3]],
  ])('%s', (_what, stamps, sizes) => {
    for (const stamp of stamps) add('a', stamp);
    vi.advanceTimersByTime(WINDOW_MS);
    expect(released.map((burst) => burst.length)).toEqual(sizes);
  });

  it('are of several publishers, whose clocks may differ', () => {
    add('AgentConnect', 0);
    add('call_answered', 3_600_000);
    add('AgentCalled', 10);
    add('call_created', 3_600_010);
    vi.advanceTimersByTime(WINDOW_MS);
    expect(released).toEqual([['AgentCalled', 'AgentConnect', 'call_answered', 'call_created']]);
  });
});

describe('whatever comes', () => {
  const message = fc.record({
    after: fc.integer({ min: 0, max: 80 }),
    subjects: fc.subarray(['one', 'two', 'three', 'four']),
  });

  it('goes on once, within four lengths, and never before what is older of the same call', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), (messages) => {
        open();
        const addedAt: number[] = [];
        const releasedAt = new Map<string, number>();
        const note = (): void => {
          for (const name of released.flat()) {
            if (!releasedAt.has(name)) releasedAt.set(name, Date.now());
          }
        };
        const pass = (milliseconds: number): void => {
          for (let passed = 0; passed < milliseconds; passed += 1) {
            vi.advanceTimersByTime(1);
            note();
          }
        };
        for (const [index, { after, subjects }] of messages.entries()) {
          pass(after);
          addedAt.push(Date.now());
          add(String(index), undefined, subjects);
        }
        pass(WINDOW_MS * 8);
        const order = released.flat().map(Number);
        expect(order.toSorted((a, b) => a - b)).toEqual([...messages.keys()]);
        expect(vi.getTimerCount()).toBe(0);
        for (const [index, { subjects }] of messages.entries()) {
          const held = (releasedAt.get(String(index)) ?? Infinity) - (addedAt[index] ?? 0);
          // Releases are five milliseconds apart.
          expect(held).toBeLessThanOrEqual(WINDOW_MS * 4 + 5);
          const later = order.slice(order.indexOf(index) + 1);
          const overtaken = later.filter((other) => other < index);
          for (const other of overtaken) {
            const shared = messages[other]?.subjects.filter((one) => subjects.includes(one));
            expect(shared).toEqual([]);
            // Nothing that came before it is left when what concerns all goes on.
            expect(subjects).not.toEqual([]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
