import { describe, expect, it } from 'vitest';
import { BusClock } from '../../../src/sources/wazo/bus-clock.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-21T10:00:00Z');
/** The same as a stamp of a Wazo two hours east. */
const STAMP = NOW + 2 * HOUR;

describe('how long a message was on its way', () => {
  const MINUTE = 60_000;

  it.each([
    ['as the stamp says', false, STAMP, NOW + 90, 90],
    ['not at all, when it came sooner than the marker', false, STAMP, NOW - 5, 0],
    [
      'unknown, when the clocks seem to have been put back',
      false,
      STAMP,
      NOW + 31 * MINUTE,
      undefined,
    ],
    ['long, when messages waited', true, STAMP, NOW + 31 * MINUTE, 31 * MINUTE],
    ['unknown, without a stamp', false, undefined, NOW, undefined],
  ])('is %s', (_case, isBehind, timestampMs, receivedAt, delay) => {
    const clock = new BusClock(() => 0);
    clock.caughtUp(STAMP, NOW);
    if (isBehind) clock.fellBehind();
    expect(clock.delayOf({ timestampMs }, receivedAt)).toBe(delay);
  });

  it('is unknown before the first marker', () => {
    expect(new BusClock(() => 0).delayOf({ timestampMs: STAMP }, NOW)).toBeUndefined();
  });
});

describe('the time at which a message was sent', () => {
  it('is that of its receipt while none waits, whatever the stamp', () => {
    const clock = new BusClock(() => 0);
    expect(clock.sentAt({ timestampMs: STAMP - HOUR }, NOW)).toBe(NOW);
    clock.fellBehind();
    clock.caughtUp(STAMP, NOW);
    expect(clock.sentAt({ timestampMs: STAMP - HOUR }, NOW)).toBe(NOW);
  });

  it('is reckoned by what the last marker showed, for one that waited', () => {
    const clock = new BusClock(() => 0);
    clock.caughtUp(STAMP, NOW);
    clock.fellBehind();
    expect(clock.sentAt({ timestampMs: STAMP + HOUR }, NOW + 3 * HOUR)).toBe(NOW + HOUR);
  });

  it('is reckoned by the zone of the hub before the first marker', () => {
    const clock = new BusClock((stampMs) => (stampMs === STAMP ? -2 * HOUR : 0));
    clock.fellBehind();
    expect(clock.sentAt({ timestampMs: STAMP }, NOW + HOUR)).toBe(NOW);
  });

  it('is never ahead, and that of the receipt without a stamp', () => {
    const clock = new BusClock(() => 0);
    clock.fellBehind();
    expect(clock.sentAt({ timestampMs: STAMP }, NOW)).toBe(NOW);
    expect(clock.sentAt({ timestampMs: undefined }, NOW)).toBe(NOW);
  });

  it('keeps what is known when a marker is lost', () => {
    const clock = new BusClock(() => 0);
    clock.caughtUp(STAMP, NOW);
    clock.fellBehind();
    clock.caughtUp(undefined, NOW);
    clock.fellBehind();
    expect(clock.sentAt({ timestampMs: STAMP }, NOW + HOUR)).toBe(NOW);
  });
});
