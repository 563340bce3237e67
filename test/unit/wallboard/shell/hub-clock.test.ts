import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClock } from '../../../../src/wallboard/shell/hub-clock.js';

const START = Date.parse('2026-11-21T10:00:00.250Z');

beforeEach(() => vi.useFakeTimers({ now: START }));
afterEach(() => vi.useRealTimers());

describe('the clock of a page', () => {
  it("ticks on the full seconds of the hub's time", () => {
    const aheadMs = 60_500;
    const clock = new HubClock(() => Date.now() + aheadMs);
    clock.start();
    const first = START + aheadMs;
    expect(clock.now.value).toBe(first);
    vi.advanceTimersByTime(249);
    expect(clock.now.value).toBe(first);
    vi.advanceTimersByTime(1);
    expect(clock.now.value).toBe(first + 250);
    vi.advanceTimersByTime(3_000);
    expect(clock.now.value).toBe(first + 3_250);
    clock.stop();
  });

  it('stands still, and wakes nobody, when it is stopped', () => {
    const clock = new HubClock(Date.now);
    clock.start();
    clock.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
