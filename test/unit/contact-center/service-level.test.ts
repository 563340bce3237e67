import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceLevel } from '../../../src/contact-center/service-level.js';
import { SECOND, START } from './story.js';

const MINUTE = 60 * SECOND;
const RULE = { withinSeconds: 20, windowSeconds: 3_600 };

function outcome(at: number, waitedSeconds: number, isAnswered = true) {
  return { queueId: 'sales', at, waitedMs: waitedSeconds * SECOND, isAnswered };
}

describe('a service level', () => {
  it('without calls is full', () => {
    expect(new ServiceLevel(RULE).at(START)).toEqual({ calls: 0, percent: 100 });
    expect(new ServiceLevel(RULE).nextDeadline()).toBeUndefined();
  });

  it.each([
    ['answered at the last moment', [outcome(START, 20)], 100],
    ['answered too late', [outcome(START, 20.001)], 0],
    ['given up in time', [outcome(START, 5, false)], 0],
    ['two of three in time', [outcome(START, 1), outcome(START, 2), outcome(START, 30)], 66],
  ])('of calls %s', (_what, calls, percent) => {
    const level = new ServiceLevel(RULE);
    for (const call of calls) level.add(call);
    expect(level.at(START)).toEqual({ calls: calls.length, percent });
  });

  it('forgets what falls out of the window, at the time that it says', () => {
    const level = new ServiceLevel(RULE);
    level.add(outcome(START, 30));
    level.add(outcome(START + 10 * MINUTE, 1));
    const leaves = level.nextDeadline() ?? 0;
    expect(leaves).toBe(START + 60 * MINUTE);
    expect(level.at(leaves - 1)).toEqual({ calls: 2, percent: 50 });
    expect(level.at(leaves)).toEqual({ calls: 1, percent: 100 });
    expect(level.nextDeadline()).toBe(START + 70 * MINUTE);
  });

  it('counts the calls of its window, but for a sixtieth of it at its beginning', () => {
    const call = fc.record({ ago: fc.integer({ min: 0, max: 7_200 }), waited: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 50 }), (calls) => {
        const level = new ServiceLevel(RULE);
        for (const { ago, waited } of calls) level.add(outcome(START - ago * SECOND, waited));
        const younger = (seconds: number) => calls.filter(({ ago }) => ago < seconds).length;
        const counted = level.at(START).calls;
        expect(counted).toBeGreaterThanOrEqual(younger(3_600 - 60));
        expect(counted).toBeLessThanOrEqual(younger(3_600 + 60));
        expect(level.nextDeadline() ?? Infinity).toBeGreaterThan(START);
      }),
    );
  });
});
