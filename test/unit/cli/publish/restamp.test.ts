import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseBusLine } from '../../../../src/cli/publish/bus-line.js';
import { Restamper, Stamps } from '../../../../src/cli/publish/restamp.js';

const NOW = Date.parse('2026-11-21T10:00:00.500Z');
const NOW_SECONDS = 1795255200;

function line(data: object, timestamp?: string) {
  return parseBusLine(Buffer.from(JSON.stringify({ name: 'x', timestamp, data })));
}

beforeAll(() => vi.stubEnv('TZ', 'UTC'));
afterAll(() => vi.unstubAllEnvs());

describe('restamping', () => {
  it('moves all ids of calls by one number of seconds and of channels, so that they fit together still', () => {
    const restamper = new Restamper(700_000_000);
    restamper.begin();
    const first = restamper.restamp(
      line({
        Uniqueid: '1763683200.40',
        Channel: 'PJSIP/trunk-0000002a',
        Linkedid: '1763683200.40',
      }),
      NOW,
    );
    const id = `${String(NOW_SECONDS)}.700000040`;
    expect(first.data).toEqual({ Uniqueid: id, Channel: 'PJSIP/trunk-0000002a', Linkedid: id });
    const later = restamper.restamp(line({ calls: [{ id: 'pbx-1763683207.44' }] }), NOW + 60_000);
    expect(later.data).toEqual({ calls: [{ id: `pbx-${String(NOW_SECONDS + 7)}.700000044` }] });
  });

  it('makes other calls of the same ones each time the file is played, in the same second too', () => {
    const restamper = new Restamper();
    const ids = [0, 0, 0].map(() => {
      restamper.begin();
      return restamper.restamp(line({ Uniqueid: '1763683200.40' }), NOW).data?.['Uniqueid'];
    });
    expect(new Set(ids).size).toBe(3);
  });

  it('makes other calls of the same ones for each command, in the same second too', () => {
    const ids = Array.from({ length: 3 }, () => {
      const restamper = new Restamper();
      restamper.begin();
      return restamper.restamp(line({ Uniqueid: '1763683200.40' }), NOW).data?.['Uniqueid'];
    });
    expect(new Set(ids).size).toBe(3);
  });

  it('keeps a login one and the same, however fast what is said of the member is played', () => {
    const restamper = new Restamper();
    restamper.begin();
    const LoginTime = String(Date.parse('2025-11-21T00:00:00Z') / 1000);
    const times = ['2025-11-21T00:00:00.500000', '2025-11-21T00:00:45.500000'].map((stamp) => {
      return restamper.restamp(line({ LoginTime }, stamp), NOW).data?.['LoginTime'];
    });
    expect(times).toEqual([String(NOW_SECONDS), String(NOW_SECONDS)]);
  });

  it('leaves numbers and texts alone that are no times', () => {
    const data = {
      CallerIDNum: '+15551234567',
      number: '1555123456',
      ip: '10.20.30.40',
      price: '1763683200.40.1',
      count: 1763683200.4,
      LastCall: '0',
      none: null,
    };
    expect(new Restamper().restamp(line(data), NOW).data).toEqual(data);
  });

  it.each([
    ['in UTC', '2025-11-21T00:00:05.000000'],
    ['in a zone of its own', '2025-11-20T19:00:05.000000'],
  ])("keeps Asterisk's time apart from the stamp, recorded %s", (_zone, stamp) => {
    const Timestamp = String(Date.parse('2025-11-21T00:00:04.900Z') / 1000);
    const LastCall = String(Date.parse('2025-11-20T23:59:55Z') / 1000);
    const { data } = new Restamper().restamp(line({ Timestamp, LastCall }, stamp), NOW);
    expect(data).toEqual({
      Timestamp: (NOW / 1000 - 0.1).toFixed(6),
      LastCall: String(Math.round(NOW / 1000 - 10)),
    });
  });

  it("takes a stamp without Asterisk's time for local time", () => {
    const data = { LoginTime: String(Date.parse('2025-11-20T23:59:55Z') / 1000) };
    const { data: moved } = new Restamper().restamp(line(data, '2025-11-21T00:00:05.500000'), NOW);
    expect(moved).toEqual({ LoginTime: String(NOW_SECONDS - 10) });
  });
});

it('stamps are local time without a zone, and none is like another', () => {
  const stamps = new Stamps();
  expect(stamps.next(NOW + 0.25)).toBe('2026-11-21T10:00:00.500250');
  expect(stamps.next(NOW + 0.25)).toBe('2026-11-21T10:00:00.500251');
  expect(stamps.next(NOW)).toBe('2026-11-21T10:00:00.500252');
});
