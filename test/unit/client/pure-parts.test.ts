import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseBefore, readRetryAfter } from '../../../src/client/back-off.js';
import { ClockOffset } from '../../../src/client/clock-offset.js';
import { credentialHeaders } from '../../../src/client/credentials.js';
import { readTokenAnswer } from '../../../src/client/hub-token.js';
import { baseOf } from '../../../src/client/options.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');

describe('the pause before an attempt', () => {
  it.each([
    [1, 0, undefined, 1_000],
    [1, 0.5, undefined, 1_500],
    [2, 0.5, undefined, 2_500],
    [5, 0.5, undefined, 15_500],
    [99, 0.5, undefined, 15_500],
    [1, 0, 20_000, 20_000],
    [99, 0.5, 5_000, 15_500],
    [1, 0, 86_400_000, 3_600_000],
  ])(
    'attempt %i, at random %d, when the hub asked for %s ms: %i ms',
    (attempt, random, asked, ms) => {
      expect(pauseBefore(attempt, random, asked)).toBe(ms);
    },
  );

  it('is always between one second and thirty', () => {
    const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), randoms, (attempt, random) => {
        const pause = pauseBefore(attempt, random);
        expect(pause).toBeGreaterThanOrEqual(1_000);
        expect(pause).toBeLessThanOrEqual(30_000);
      }),
    );
  });

  it.each([
    [null, undefined],
    ['5', 5_000],
    ['0', 0],
    ['Sat, 21 Nov 2026 10:00:07 GMT', 7_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
  ])('Retry-After %s is %s ms', (header, ms) => {
    expect(readRetryAfter(header, NOW)).toBe(ms);
  });
});

describe('the answer of the token endpoint', () => {
  const wss = 'wss://hub.test/rte';
  it.each([
    [
      { Token: 't', WssEndpoint: wss, Url: 'https://hub.test/rte', ExpiresIn: 600 },
      'https://hub.test/rte',
      600,
    ],
    [{ Token: 't', WssEndpoint: wss }, 'https://hub.test/rte', Infinity],
    [{ Token: 't', WssEndpoint: 'ws://hub.test/rte' }, 'http://hub.test/rte', Infinity],
    [{ Token: 't', WSSEndpoint: 'hub.test/rte' }, 'https://hub.test/rte', Infinity],
    [{ Token: 't', WssEndpoint: 'HTTPS://hub.test/rte' }, 'HTTPS://hub.test/rte', Infinity],
    [{ Token: 't', WssEndpoint: wss, Url: '', ExpiresIn: '600' }, 'https://hub.test/rte', Infinity],
  ])('%j leads to %s for %d s', (answer, url, seconds) => {
    expect(readTokenAnswer(answer, NOW)).toEqual({
      token: 't',
      url,
      expiresAt: NOW + seconds * 1000,
    });
  });

  it.each([undefined, null, 'text', [], {}, { Token: 't' }, { Token: '', Url: wss }, { Url: wss }])(
    '%j is none',
    (answer) => {
      expect(readTokenAnswer(answer, NOW)).toBeUndefined();
    },
  );
});

describe('credentials', () => {
  it.each([
    [{ userName: 'anna', secret: 'a:b' }, 'Authorization', 'Basic YW5uYTphOmI='],
    [{ userName: 'Zoë', secret: '✓' }, 'Authorization', 'Basic Wm/DqzrinJM='],
    [{ bearer: 'a.b.c' }, 'Authorization', 'Bearer a.b.c'],
    [{ wazoToken: 'uuid' }, 'X-Auth-Token', 'uuid'],
  ])('%j are sent as %s: %s', (credentials, name, value) => {
    expect(credentialHeaders(credentials)).toEqual({ [name]: value });
  });

  it.each(['wss://hub.test', 'hub.test', '', 'https://', '/rte'])('%j is no base', (url) => {
    expect(() => baseOf(url)).toThrow(TypeError);
  });

  it('a base may end with a slash', () => {
    expect(baseOf('https://hub.test/below//')).toBe('https://hub.test/below');
  });
});

const date = (ms: number) => new Date(ms).toUTCString();

describe('how far the hub is ahead', () => {
  it('is 0 until something is known', () => {
    const clock = new ClockOffset();
    clock.sawDate(null, NOW, NOW);
    clock.sawDate('yesterday', NOW, NOW);
    clock.sawEvent('today', NOW);
    expect(clock.ms).toBe(0);
  });

  it.each([-3_600_000, -700, 0, 250, 90_000_000])(
    'is known to half a second and half the time of the answer: %i ms',
    (ahead) => {
      const clock = new ClockOffset();
      clock.sawDate(date(NOW + 20 + ahead), NOW, NOW + 40);
      expect(Math.abs(clock.ms - ahead)).toBeLessThanOrEqual(520);
    },
  );

  it('is never worse for more answers, and stays within its bounds', () => {
    const answers = fc.array(
      fc.record({ at: fc.nat(100_000), out: fc.nat(300), back: fc.nat(300) }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), answers, (ahead, seen) => {
        const clock = new ClockOffset();
        for (const { at, out, back } of seen) {
          const sentAt = NOW + at;
          clock.sawDate(date(sentAt + out + ahead), sentAt, sentAt + out + back);
        }
        const first = seen[0] ?? { out: 0, back: 0 };
        const worst = 500 + (first.out + first.back) / 2;
        expect(Math.abs(clock.ms - ahead)).toBeLessThanOrEqual(worst);
      }),
    );
  });

  it('follows a clock that was set', () => {
    const clock = new ClockOffset();
    clock.sawDate(date(NOW), NOW, NOW);
    clock.sawDate(date(NOW + 60_000), NOW, NOW);
    expect(clock.ms).toBe(60_500);
  });

  it('is at least what events say, where no answer shows its date', () => {
    const clock = new ClockOffset();
    clock.sawEvent(new Date(NOW + 5_000).toISOString(), NOW);
    clock.sawEvent(new Date(NOW - 90_000).toISOString(), NOW);
    expect(clock.ms).toBe(5_000);
    clock.sawDate(date(NOW), NOW, NOW);
    clock.sawEvent(new Date(NOW + 90_000).toISOString(), NOW);
    expect(clock.ms).toBe(500);
  });
});
