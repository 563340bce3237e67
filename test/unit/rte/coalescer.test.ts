import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Coalescer } from '../../../src/rte/coalescer.js';

const INTERVAL_MS = 200;

let emitted: string[];
let coalescer: Coalescer;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  emitted = [];
  coalescer = new Coalescer(INTERVAL_MS, emit, Date.now);
});

afterEach(() => {
  vi.useRealTimers();
});

function emit(key: string): void {
  emitted.push(`${key} ${String(Date.now())}`);
}

function touch(...keys: readonly string[]): void {
  for (const key of keys) coalescer.touch(key);
  coalescer.run();
}

describe('the coalescer', () => {
  it('passes the first news on at once', () => {
    touch('a');
    expect(emitted).toEqual(['a 0']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes on once, at the end of the interval, what follows within it', () => {
    touch('a');
    vi.advanceTimersByTime(50);
    touch('a');
    vi.advanceTimersByTime(50);
    touch('a');
    vi.advanceTimersByTime(1_000);
    expect(emitted).toEqual(['a 0', 'a 200']);
  });

  it('passes news after the interval on at once again', () => {
    touch('a');
    vi.advanceTimersByTime(INTERVAL_MS);
    touch('a');
    expect(emitted).toEqual(['a 0', 'a 200']);
  });

  it('keeps keys apart, and serves all of them with one timer', () => {
    touch('a', 'b');
    vi.advanceTimersByTime(100);
    touch('c', 'a', 'b');
    expect(vi.getTimerCount()).toBe(1);
    expect(coalescer.waiting).toBe(2);
    vi.advanceTimersByTime(100);
    touch('c');
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(emitted).toEqual(['a 0', 'b 0', 'c 100', 'a 200', 'b 200', 'c 300']);
  });

  it('emits a key that is due at a time then, or with earlier news', () => {
    coalescer.touchAt('a', 5_000);
    coalescer.touchAt('b', 5_000);
    coalescer.run();
    vi.advanceTimersByTime(1_000);
    touch('a');
    vi.advanceTimersByTime(10_000);
    expect(emitted).toEqual(['a 1000', 'b 5000']);
  });

  it('keeps the earlier of two times', () => {
    touch('a');
    touch('a');
    coalescer.touchAt('a', 5_000);
    coalescer.run();
    vi.advanceTimersByTime(10_000);
    expect(emitted).toEqual(['a 0', 'a 200']);
  });

  it('emits a key again when its own emit asks for it', () => {
    const again = new Coalescer(
      INTERVAL_MS,
      (key) => {
        emit(key);
        if (Date.now() < 3_000) again.touchAt(key, Date.now() + 1_000);
      },
      Date.now,
    );
    again.touch('a');
    again.run();
    vi.advanceTimersByTime(10_000);
    expect(emitted).toEqual(['a 0', 'a 1000', 'a 2000', 'a 3000']);
  });

  it('keeps nothing back for longer when the clock is set back', () => {
    touch('a', 'b');
    vi.advanceTimersByTime(50);
    touch('a');
    vi.setSystemTime(-3_600_000);
    touch('b');
    coalescer.touchAt('c', Date.now() + 100);
    coalescer.run();
    vi.advanceTimersByTime(2 * INTERVAL_MS);
    const times = ['a', 'b', 'c'].map((key) => emitted.filter((one) => one.startsWith(key)).length);
    expect(times).toEqual([2, 2, 1]);
    expect(coalescer.waiting).toBe(0);
  });

  it('emits what waits when it is flushed, once', () => {
    touch('a');
    touch('a');
    coalescer.flush();
    vi.advanceTimersByTime(1_000);
    expect(emitted).toEqual(['a 0', 'a 0']);
  });

  it('leaves no timer and no news behind when it is stopped', () => {
    touch('a');
    touch('a');
    coalescer.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(coalescer.waiting).toBe(0);
  });

  it('never loses the last news and never tells a key twice within the interval', () => {
    const touches = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b'), pause: fc.integer({ min: 0, max: 300 }) }),
    );
    fc.assert(
      fc.property(touches, (steps) => {
        const lastTouch = new Map<string, number>();
        const emits = new Map<string, number[]>();
        const record = (key: string): void => {
          emits.set(key, [...(emits.get(key) ?? []), Date.now()]);
        };
        const one = new Coalescer(INTERVAL_MS, record, Date.now);
        for (const { key, pause } of steps) {
          vi.advanceTimersByTime(pause);
          lastTouch.set(key, Date.now());
          one.touch(key);
          one.run();
        }
        vi.advanceTimersByTime(INTERVAL_MS);
        for (const [key, at] of lastTouch)
          expect(emits.get(key)?.at(-1)).toBeGreaterThanOrEqual(at);
        for (const times of emits.values()) {
          const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
          expect(gaps.every((gap) => gap >= INTERVAL_MS)).toBe(true);
        }
        expect(vi.getTimerCount()).toBe(0);
      }),
    );
  });
});
