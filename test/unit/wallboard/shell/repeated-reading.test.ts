import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RepeatedReading } from '../../../../src/wallboard/shell/repeated-reading.js';

const TIMES = { interval: 600_000, firstPause: 2_000, longestPause: 7_000 };

const after = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

describe('a reading that is repeated', () => {
  let fails: boolean;
  let reads: number;
  let reading: RepeatedReading;

  beforeEach(() => {
    vi.useFakeTimers();
    [fails, reads] = [false, 0];
    const read = (): Promise<void> => {
      reads += 1;
      return fails ? Promise.reject(new Error('away')) : Promise.resolve();
    };
    reading = new RepeatedReading(read, TIMES);
  });

  afterEach(() => {
    reading.stop();
    vi.useRealTimers();
  });

  it('is done when it is asked for, and after the interval', async () => {
    reading.request();
    await after(TIMES.interval - 1);
    expect(reads).toBe(1);
    await after(1);
    expect(reads).toBe(2);
  });

  it('is done once more when it is asked for meanwhile, however often', async () => {
    reading.request();
    reading.request();
    reading.request();
    expect(reads).toBe(1);
    await after(0);
    expect(reads).toBe(2);
    await after(1_000);
    expect(reads).toBe(2);
  });

  it('is tried again with longer pauses, up to a bound, whoever asks for it meanwhile', async () => {
    fails = true;
    reading.request();
    reading.request();
    const counts: number[] = [];
    for (const pause of [1_999, 1, 4_000, 6_999, 1]) {
      await after(pause);
      counts.push(reads);
    }
    expect(counts).toEqual([1, 2, 3, 3, 4]);
    expect(reading.failure.value?.message).toBe('away');
    fails = false;
    await after(TIMES.longestPause);
    expect([reads, reading.failure.value]).toEqual([5, undefined]);
  });

  it('ends', async () => {
    reading.request();
    reading.stop();
    reading.request();
    await after(TIMES.interval * 2);
    expect(reads).toBe(1);
  });
});
