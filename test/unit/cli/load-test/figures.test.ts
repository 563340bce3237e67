import { describe, expect, it } from 'vitest';
import { Kinds, LoadFigures, Times } from '../../../../src/cli/load-test/load-figures.js';
import { missedBy } from '../../../../src/cli/load-test/thresholds.js';
import type { LoadPlan } from '../../../../src/cli/load-test/plan.js';
import type { LoadResult } from '../../../../src/cli/load-test/run-load.js';
import { byteSize, count, decimal, duration } from '../../../../src/cli/figures.js';

describe('times', () => {
  it('give percentiles within a tenth of a percent', () => {
    const times = new Times();
    for (let value = 1; value <= 1000; value += 1) times.record(value);
    expect(times.percentile(50)).toBeCloseTo(500, -1);
    expect(times.percentile(99)).toBeCloseTo(990, -1);
    expect(times.max).toBeCloseTo(1000, -1);
    expect(times.count).toBe(1000);
  });

  it('have none before anything was measured, and take a clock that is behind for no time', () => {
    const times = new Times();
    expect([times.percentile(99), times.max]).toEqual([undefined, undefined]);
    times.record(-5);
    expect(times.percentile(99)).toBe(0.001);
  });
});

it('kinds are counted, the most frequent first, and bounded', () => {
  const kinds = new Kinds();
  for (const kind of ['a', 'b', 'b']) kinds.note(kind);
  expect(kinds.entries).toEqual([
    { kind: 'b', count: 2 },
    { kind: 'a', count: 1 },
  ]);
  for (let index = 0; index < 100; index += 1) kinds.note(`kind ${String(index)}`);
  expect(kinds.total).toBe(103);
  expect(kinds.entries).toHaveLength(51);
  expect(kinds.entries[0]).toEqual({ kind: 'others', count: 52 });
});

it('events count only while it is measured', () => {
  const figures = new LoadFigures();
  figures.delivered(1000, 1005);
  figures.received(10);
  figures.isMeasuring = true;
  figures.delivered(1000, 1007);
  figures.delivered(Number.NaN, 1007);
  figures.delivered(1008, 1007);
  figures.received(20);
  expect(figures).toMatchObject({ messages: 3, bytes: 20, fromFuture: 1 });
  expect(figures.delivering.count).toBe(2);
});

const plan: LoadPlan = {
  base: 'http://127.0.0.1',
  connections: 2,
  perSecond: 1,
  seconds: 1,
  transport: 'WebSockets',
  protocol: 'json',
  subscriptions: [],
  logins: [{ kind: 'token', token: '' }],
};

function result(changes: Partial<LoadResult> = {}, delays: readonly number[] = []): LoadResult {
  const figures = new LoadFigures();
  figures.isMeasuring = true;
  for (const delay of delays) figures.delivered(1000, 1000 + delay);
  return {
    figures,
    readyAtStart: 2,
    readyAtEnd: 2,
    connectingSeconds: 1,
    measuredSeconds: 10,
    perConnection: [],
    ownCpu: 0,
    ownDelayP99: 0,
    isInterrupted: false,
    ...changes,
  };
}

describe('thresholds', () => {
  const none = { maxP99: undefined, minRate: undefined };
  it.each([
    ['nothing is asked for', result(), none, []],
    ['a connection is missing', result({ readyAtStart: 1 }), none, [/^1 of 2 connections/u]],
    ['it was interrupted', result({ isInterrupted: true }), none, [/interrupted/u]],
    ['the delay is short', result({}, [5, 9]), { ...none, maxP99: 10 }, []],
    [
      'the delay is long',
      result({}, [5, 11]),
      { ...none, maxP99: 10 },
      [/max-p99 10: .+ 11\.0 ms/u],
    ],
    ['no delay is known', result(), { ...none, maxP99: 10 }, [/no event came/u]],
    ['the rate is reached', result({}, [1, 1]), { ...none, minRate: 0.2 }, []],
    ['the rate is missed', result({}, [1]), { ...none, minRate: 0.2 }, [/min-rate 0\.2: 0\.1 /u]],
  ])('%s', (_what, given, thresholds, missed) => {
    const found = missedBy(given, plan, thresholds);
    expect(found).toHaveLength(missed.length);
    for (const [at, pattern] of missed.entries()) expect(found[at]).toMatch(pattern);
  });
});

it.each([
  [count(1234567), '1,234,567'],
  [decimal(1234.56), '1,234.6'],
  [duration(4.21), '4.2 s'],
  [duration(185), '3 min 5 s'],
  [duration(7620), '2 h 7 min'],
  [byteSize(812), '812 B'],
  [byteSize(1500), '1.5 kB'],
  [byteSize(3_200_000), '3.2 MB'],
  [byteSize(4e9), '4.0 GB'],
])('figures are written for people: %s', (written, expected) => {
  expect(written).toBe(expected);
});
