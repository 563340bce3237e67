import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onWake } from '../../../src/client/wake-ups.js';

class Page extends EventTarget {
  visibilityState = 'hidden';
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a machine that wakes up', () => {
  it('is known by its clock: timers that are a minute late are those of a hidden page', () => {
    let woken = 0;
    const stop = onWake(() => (woken += 1));
    vi.advanceTimersByTime(600_000);
    vi.setSystemTime(Date.now() + 60_000);
    vi.advanceTimersByTime(10_000);
    expect(woken).toBe(0);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(10_000);
    expect(woken).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
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
