import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pause, recordedPace, steadyPace, unpaced, untilDue } from '../../../src/cli/pace.js';

describe('a steady pace', () => {
  it('does not drift, however late each event is within a second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1 }),
        (perSecond, lateness) => {
          const pace = steadyPace(perSecond, 100);
          lateness.forEach((late, index) => {
            const planned = 100 + (index * 1000) / perSecond;
            expect(pace.due(undefined, planned + late)).toBeCloseTo(planned, 6);
          });
        },
      ),
    );
  });

  it('makes up for no more than a second: after a stall all is later', () => {
    const pace = steadyPace(10, 0);
    expect(pace.due(undefined, 0)).toBe(0);
    expect(pace.due(undefined, 60_000)).toBe(60_000);
    expect(pace.due(undefined, 60_001)).toBe(60_100);
    expect(pace.due(undefined, 60_002)).toBe(60_200);
  });

  it('goes on when the file begins anew', () => {
    const pace = steadyPace(10, 0);
    pace.due(undefined, 0);
    pace.again();
    expect(pace.due(undefined, 1)).toBe(100);
  });
});

describe("the recording's pace", () => {
  it('has its pauses, shortened by the speed', () => {
    const pace = recordedPace(2, 0);
    expect([5000, 6000, 6000, 9000].map((stamp) => pace.due(stamp, 0))).toEqual([
      0, 500, 500, 2000,
    ]);
  });

  it('makes no pause of what wazo-amid stamped in reverse, nor of what has no stamp', () => {
    const pace = recordedPace(1, 0);
    const stamps = [5003, 5001, undefined, 5002, 6003];
    expect(stamps.map((stamp) => pace.due(stamp, 0))).toEqual([0, 0, 0, 0, 1000]);
  });

  it('begins anew with the file', () => {
    const pace = recordedPace(1, 0);
    pace.due(5000, 0);
    pace.due(6000, 0);
    pace.again();
    expect(pace.due(5000, 1000)).toBe(1000);
    expect(pace.due(6000, 1000)).toBe(2000);
  });
});

describe('waiting until it is due', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lasts until then', async () => {
    const waiting = untilDue(1000, Date.now, new AbortController().signal);
    let isOver = false;
    void waiting.then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
  });

  it('ends when it is interrupted', async () => {
    const interruption = new AbortController();
    const waiting = untilDue(1000, Date.now, interruption.signal);
    interruption.abort();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is over at once when it was interrupted before', async () => {
    const interruption = new AbortController();
    interruption.abort();
    await pause(1000, interruption.signal);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not begin without a time', async () => {
    await untilDue(unpaced.due(1, 0), Date.now, new AbortController().signal);
    expect(vi.getTimerCount()).toBe(0);
  });
});
