import { describe, expect, it } from 'vitest';
import { SendTally } from '../../../src/signalr/connections/send-tally.js';
import { createMetrics } from '../../../src/observability/index.js';
import { noMetrics } from '../../../src/signalr/observer.js';

/** What a tally of these waits hands over: class by number, and the sum. */
function tallied(...waits: readonly number[]) {
  const tally = new SendTally();
  for (const wait of waits) tally.waited(wait);
  const reports: { counts: Record<number, number>; totalMs: number }[] = [];
  const metrics = {
    ...noMetrics,
    deliveriesWaited(counts: ArrayLike<number>, totalMs: number): void {
      const found = new Map<number, number>();
      for (const [index, count] of Array.from(counts).entries()) {
        if (count > 0) found.set(index, count);
      }
      reports.push({ counts: Object.fromEntries(found), totalMs });
    },
  };
  tally.report(metrics);
  tally.report(metrics);
  return reports;
}

describe('the waits of a turn', () => {
  it.each([
    [0, 0],
    [1, 0],
    [1.5, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [1024, 10],
    [1025, 11],
    [16_384, 14],
    [16_385, 15],
    [10_000_000, 15],
  ])('%d ms are of class %d', (wait, index) => {
    expect(tallied(wait)).toEqual([{ counts: { [index]: 1 }, totalMs: wait }]);
  });

  it('are handed over once, and not at all when there are none', () => {
    expect(tallied(3, 3, 100)).toEqual([{ counts: { 2: 2, 7: 1 }, totalMs: 106 }]);
    expect(tallied()).toEqual([]);
  });

  it('a clock that was set back makes no age', () => {
    expect(tallied(-5000)).toEqual([{ counts: { 0: 1 }, totalMs: 0 }]);
  });

  it('are a histogram in the figures', async () => {
    const metrics = createMetrics();
    const tally = new SendTally();
    for (const wait of [0, 3, 3, 20_000]) tally.waited(wait);
    tally.report(metrics.signalr);
    const lines = (await metrics.text()).split('\n');
    const name = 'rte_delivery_duration_seconds';
    expect(lines).toContain(`${name}_bucket{le="0.002"} 1`);
    expect(lines).toContain(`${name}_bucket{le="0.004"} 3`);
    expect(lines).toContain(`${name}_bucket{le="16.384"} 3`);
    expect(lines).toContain(`${name}_bucket{le="+Inf"} 4`);
    expect(lines).toContain(`${name}_sum 20.006`);
    expect(lines).toContain(`${name}_count 4`);
  });
});
