import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BackOff } from '../../../../src/sources/portsip/client/back-off.js';

const RANGE = { firstMs: 60_000, lastMs: 300_000 };

describe('back-off', () => {
  it('never waits less than the first step nor more than the last, whatever chance says', () => {
    const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20 });
    fc.assert(
      fc.property(chances, (given) => {
        let index = 0;
        const backOff = new BackOff(RANGE, () => given[index] ?? 0);
        for (; index < given.length; index += 1) {
          const wait = backOff.next();
          expect(wait).toBeGreaterThanOrEqual(RANGE.firstMs);
          expect(wait).toBeLessThanOrEqual(RANGE.lastMs);
        }
      }),
    );
  });

  it('two hubs that lose the PBX at once do not come back at once', () => {
    const early = new BackOff(RANGE, () => 0);
    const late = new BackOff(RANGE, () => 1);
    expect([early.next(), early.next(), early.next()]).toEqual([60_000, 60_000, 120_000]);
    expect([late.next(), late.next(), late.next()]).toEqual([60_000, 120_000, 240_000]);
  });

  it('begins anew after a success', () => {
    const backOff = new BackOff(RANGE, () => 1);
    backOff.next();
    backOff.next();
    backOff.reset();
    expect(backOff.next()).toBe(60_000);
  });
});
