import { describe, expect, it } from 'vitest';
import { SourceCounter } from '../../../src/sources/source-figures.js';

describe('the figures of a source', () => {
  it('tell the rate of the last minute, or of the time that there was', () => {
    const counter = new SourceCounter(0);
    for (let n = 0; n < 30; n += 1) counter.count('applied', undefined, 1_000);
    expect(counter.read(10_000).eventsPerSecond).toBe(3);
    expect(counter.read(59_000).eventsPerSecond).toBeCloseTo(30 / 59);
    expect(counter.read(62_000).eventsPerSecond).toBe(0);
    counter.count('applied', undefined, 121_000);
    expect(counter.read(121_500).eventsPerSecond).toBeCloseTo(1 / 60);
  });

  it('tell how late events came in the last minute', () => {
    const counter = new SourceCounter(0);
    counter.count('applied', 9_999, 0);
    for (let n = 1; n <= 100; n += 1) counter.count('applied', n, 61_000);
    counter.count('duplicate', undefined, 61_000);
    const { delays, outcomes } = counter.read(62_000);
    expect(delays).toEqual({ events: 100, median: 50, p95: 95, max: 100 });
    expect(outcomes).toEqual({ applied: 101, duplicate: 1 });
    expect(counter.read(200_000).delays).toBeUndefined();
  });

  it('keep the last thousand delays', () => {
    const counter = new SourceCounter(0);
    for (let n = 0; n < 5_000; n += 1) counter.count('applied', n, 100);
    expect(counter.read(100).delays).toEqual({
      events: 1_000,
      median: 4_499,
      p95: 4_949,
      max: 4_999,
    });
  });
});
