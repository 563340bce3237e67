import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onWake } from '../../../src/client/wake-ups.js';

class Page extends EventTarget {
  visibilityState = 'hidden';
}

/** How much time has passed without a timer that fired. */
let lateMs = 0;

function later(ms: number): void {
  lateMs += ms;
  vi.setSystemTime(Date.now() + ms);
}

beforeEach(() => {
  vi.useFakeTimers();
  lateMs = 0;
  const monotonic = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => monotonic() + lateMs);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a machine that wakes up', () => {
  it('is known by its clock: timers that are a minute late are those of a hidden page', () => {
    let woken = 0;
    const stop = onWake(() => (woken += 1));
    vi.advanceTimersByTime(600_000);
    later(60_000);
    vi.advanceTimersByTime(10_000);
    expect(woken).toBe(0);
    later(3_600_000);
    vi.advanceTimersByTime(10_000);
    expect(woken).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([3_000, -3_000, -7_200_000])('and so is a clock that is set by %i ms', (by) => {
    let woken = 0;
    const stop = onWake(() => (woken += 1));
    vi.setSystemTime(Date.now() + by);
    vi.advanceTimersByTime(10_000);
    expect(woken).toBe(1);
    stop();
  });

  it('and a page that is online again, or looked at again, too', () => {
    const [browser, page] = [new EventTarget(), new Page()];
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
    vi.stubGlobal('removeEventListener', browser.removeEventListener.bind(browser));
    vi.stubGlobal('document', page);
    let woken = 0;
    const stop = onWake(() => (woken += 1));
    page.dispatchEvent(new Event('visibilitychange'));
    expect(woken).toBe(0);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    browser.dispatchEvent(new Event('online'));
    expect(woken).toBe(2);
    stop();
    page.dispatchEvent(new Event('visibilitychange'));
    browser.dispatchEvent(new Event('online'));
    expect(woken).toBe(2);
  });
});
