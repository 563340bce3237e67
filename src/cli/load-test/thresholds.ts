import { count, decimal } from '../figures.js';
import type { LoadPlan } from './plan.js';
import type { LoadResult } from './run-load.js';

/** What a load test must reach to end well. */
export interface Thresholds {
  /** Milliseconds from an event's stamp to its arrival, in 99 of 100 cases. */
  readonly maxP99: number | undefined;
  /** Events a second, over all connections. */
  readonly minRate: number | undefined;
}

/** What was missed, a line each; none when all is well. */
export function missedBy(result: LoadResult, plan: LoadPlan, thresholds: Thresholds): string[] {
  const { figures, readyAtStart, measuredSeconds, isInterrupted } = result;
  const { maxP99, minRate } = thresholds;
  const missed: string[] = [];
  if (readyAtStart < plan.connections) {
    const all = count(plan.connections);
    missed.push(`${count(readyAtStart)} of ${all} connections were ready to be measured`);
  }
  if (isInterrupted) missed.push('it was interrupted');
  const p99 = figures.delivering.percentile(99);
  if (maxP99 !== undefined && p99 === undefined) {
    missed.push('--max-p99: no event came of which the delay is known');
  }
  if (maxP99 !== undefined && p99 !== undefined && p99 > maxP99) {
    missed.push(`--max-p99 ${String(maxP99)}: the 99th percentile is ${decimal(p99)} ms`);
  }
  const rate = rateOf(figures.messages, measuredSeconds);
  if (minRate !== undefined && rate < minRate) {
    missed.push(`--min-rate ${String(minRate)}: ${decimal(rate)} events a second came`);
  }
  return missed;
}

/** So many a second; 0 when no time has passed. */
export function rateOf(amount: number, seconds: number): number {
  return seconds > 0 ? amount / seconds : 0;
}
