import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReorderWindow, splitBursts } from '../../../src/sources/wazo/reorder-window.js';

const WINDOW_MS = 50;

let released: string[][];
let window: ReorderWindow;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  released = [];
  window = new ReorderWindow(WINDOW_MS, (burst) => {
    released.push(burst.map(({ envelope }) => envelope.name));
  });
});

afterEach(() => {
  vi.useRealTimers();
});

function envelopeOf(name: string, timestampMs?: number) {
  return { name, originUuid: '', tenantUuid: '', timestamp: '', timestampMs, data: {} };
}

function add(name: string, timestampMs?: number): void {
  window.add({
    envelope: envelopeOf(name, timestampMs),
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

  it('cuts a stream that never pauses after four lengths', () => {
    for (let times = 0; times <= 10; times += 1) {
      add(String(times), 0);
      vi.advanceTimersByTime(WINDOW_MS / 2);
    }
    expect(released).toEqual([['0', '1', '2', '3', '4', '5', '6', '7', '8']]);
    expect(window.size).toBe(2);
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
});

describe('bursts', () => {
  it.each<[string, (number | undefined)[], number[]]>([
    ['nothing', [], []],
    ['no stamps', [undefined, undefined], [2]],
    ['small steps', [0, 50, 100], [3]],
    ['a jump ahead', [0, 51], [1, 1]],
    ['a jump back, as when clocks are set', [3_600_000, 0], [1, 1]],
    ['one without a stamp stays with its neighbour', [0, undefined, 51], [2, 1]],
    ['one without a stamp in front', [undefined, 0, 10], [3]],
  ])('%s', (_what, stamps, sizes) => {
    const messages = stamps.map((stamp) => ({ envelope: envelopeOf('a', stamp) }));
    expect(splitBursts(messages, WINDOW_MS).map((burst) => burst.length)).toEqual(sizes);
  });
});
