import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alertDeadline,
  type AlertState,
  conditionExpression,
  isRaised,
  nextAlertState,
} from '../../../src/contact-center/queue-alert.js';
import { SECOND } from './story.js';

interface Look {
  readonly holds: boolean;
  readonly now: number;
}

const TIMES = { forSeconds: 10, quietSeconds: 30 } as const;

/** Looks at one alert again and again; when it was told. */
function raisedAt(
  looks: readonly Look[],
  times: typeof TIMES | { forSeconds: 0; quietSeconds: 0 },
) {
  const raised: number[] = [];
  let state: AlertState = { phase: 'off' };
  for (const look of looks) {
    const after: AlertState = nextAlertState(state, look, times);
    if (isRaised(state, after, times, look.now)) raised.push(look.now);
    state = after;
  }
  return raised;
}

/** Looks once a second at a condition that changes at the given seconds, beginning with false. */
function lookedAt(changes: readonly number[], seconds = 200): Look[] {
  return Array.from({ length: seconds }, (_, second) => ({
    now: second * SECOND,
    holds: changes.filter((change) => change <= second).length % 2 === 1,
  }));
}

describe('an alert', () => {
  it.each([
    ['that never holds', [], []],
    ['whose condition goes on', [5], [15]],
    ['whose condition is over before its time', [5, 14], []],
    ['that comes back before it is quiet', [5, 20, 49, 60], [15]],
    ['that comes back after it is quiet', [5, 20, 50, 80], [15, 60]],
    ['that flaps all the time', [5, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36], [15]],
  ])('%s', (_what, changes, expected) => {
    expect(raisedAt(lookedAt(changes), TIMES)).toEqual(expected.map((second) => second * SECOND));
  });

  it('without times is told at each beginning', () => {
    const none = { forSeconds: 0, quietSeconds: 0 } as const;
    expect(raisedAt(lookedAt([5, 6, 7, 8, 9]), none)).toEqual([5, 7, 9].map((s) => s * SECOND));
  });

  it('that nobody looked at while its quiet time ended is told again', () => {
    const looks = [
      { now: 0, holds: true },
      { now: 10_000, holds: true },
      { now: 20_000, holds: false },
      { now: 60_000, holds: true },
      { now: 70_000, holds: true },
    ];
    expect(raisedAt(looks, TIMES)).toEqual([10_000, 70_000]);
  });

  it.each([
    [{ phase: 'off' }, undefined],
    [{ phase: 'rising', since: 5_000 }, 15_000],
    [{ phase: 'on' }, undefined],
    [{ phase: 'falling', since: 5_000 }, 35_000],
  ] as const)('in state %j moves by itself at %s', (state, expected) => {
    expect(alertDeadline(state, TIMES)).toBe(expected);
  });

  it('is never told twice without having been over for its quiet time in between', () => {
    const look = fc.record({
      holds: fc.boolean(),
      after: fc.integer({ min: 1, max: 20 * SECOND }),
    });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 60 }), (steps) => {
        let now = 0;
        const looks = steps.map(({ holds, after }) => ({ holds, now: (now += after) }));
        const raised = raisedAt(looks, TIMES);
        for (const [index, at] of raised.entries()) {
          expect(heldFor(looks, at)).toBeGreaterThanOrEqual(TIMES.forSeconds * SECOND);
          const before = raised[index - 1];
          if (before === undefined) continue;
          const between = looks.filter((one) => one.now > before && one.now <= at);
          expect(longestQuiet(between)).toBeGreaterThanOrEqual(TIMES.quietSeconds * SECOND);
        }
      }),
    );
  });
});

/** For how long the condition had held without a break when it was looked at. */
function heldFor(looks: readonly Look[], at: number): number {
  const until = looks.filter(({ now }) => now <= at);
  const broken = until.findLastIndex(({ holds }) => !holds);
  return at - (until[broken + 1]?.now ?? at);
}

/** The longest time from a look at which the condition was over to the first that saw it again. */
function longestQuiet(looks: readonly Look[]): number {
  let longest = 0;
  let since: number | undefined;
  for (const { holds, now } of looks) {
    if (!holds) since ??= now;
    if (since !== undefined) longest = Math.max(longest, now - since);
    if (holds) since = undefined;
  }
  return longest;
}

describe('a condition', () => {
  it.each([
    [{ measure: 'queueLength', above: 5 }, 'queueLength > 5'],
    [{ measure: 'longestWait', above: 60 }, 'longestWait > 60'],
    [
      {
        measure: 'serviceLevel',
        below: 80,
        withinSeconds: 20,
        windowSeconds: 1_800,
        minimumCalls: 10,
      },
      'serviceLevel(20 s, 1800 s) < 80',
    ],
  ] as const)('%j reads "%s"', (condition, expected) => {
    expect(conditionExpression(condition)).toBe(expected);
  });
});
