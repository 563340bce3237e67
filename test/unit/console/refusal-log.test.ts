import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusalLog } from '../../../src/console/refusal-log.js';
import { MAX_CLAIMED_REFUSALS, MAX_PROVEN_REFUSALS } from '../../../src/console/limits.js';
import type { Refusal } from '../../../src/console/refusal.js';
import { RefusalSection } from '../../../src/console/refusal-section.js';

const refusal = (changes: Partial<Refusal> = {}): Refusal => ({
  kind: 'login',
  reason: 'wrong-password',
  detail: '',
  userId: 'ann',
  userName: 'ann',
  isClaimed: true,
  remoteAddress: '192.0.2.1',
  connectionId: null,
  entityId: null,
  eventName: null,
  ...changes,
});

function setUp() {
  const clock = { now: 0 };
  return { clock, log: new RefusalLog(() => clock.now) };
}

describe('the log of refusals', () => {
  it('has equal ones as one, with a count and the detail of the last', () => {
    const { clock, log } = setUp();
    for (const [now, detail] of [
      [1, 'for 9 s'],
      [5, 'for 5 s'],
    ] as const) {
      clock.now = now;
      log.note('a', refusal({ detail }));
    }
    expect(log.of('a')).toEqual([
      { ...refusal({ detail: 'for 5 s' }), firstAt: 1, lastAt: 5, count: 2 },
    ]);
    expect(log.of('b')).toEqual([]);
  });

  it('has the latest first, whoever it was', () => {
    const { clock, log } = setUp();
    for (const [at, isClaimed] of [
      [1, true],
      [2, false],
      [3, true],
    ] as const) {
      clock.now = at;
      log.note('a', refusal({ isClaimed, reason: String(at) }));
    }
    expect(log.of('a').map(({ reason }) => reason)).toEqual(['3', '2', '1']);
  });

  it('keeps what users did who have proved who they are, however many guess', () => {
    const { log } = setUp();
    log.note('a', refusal({ isClaimed: false, userId: 'sue' }));
    for (let n = 0; n < 1_500; n += 1) {
      log.note('a', refusal({ remoteAddress: `192.0.2.${String(n)}` }));
    }
    const kept = log.of('a');
    expect(kept).toHaveLength(MAX_CLAIMED_REFUSALS + 1);
    expect(kept.filter(({ isClaimed }) => !isClaimed)).toHaveLength(1);
    expect(log.evictions).toBe(1_500 - MAX_CLAIMED_REFUSALS);
  });

  it('of a user who asks for everything pushes out only what that user did', () => {
    const { log } = setUp();
    const asked = { isClaimed: false, kind: 'subscribe' } as const;
    for (const userId of ['bob', 'carl']) log.note('a', refusal({ ...asked, userId }));
    for (let n = 0; n < 1_000; n += 1) {
      log.note('a', refusal({ ...asked, userId: 'eve', entityId: String(n) }));
    }
    const users = log.of('a').map(({ userId }) => userId);
    expect(users).toHaveLength(MAX_PROVEN_REFUSALS);
    expect(users).toEqual(expect.arrayContaining(['bob', 'carl']));
  });

  it('takes so many in a turn of the event loop, and counts the others', () => {
    const { log } = setUp();
    for (let n = 0; n < 2_100; n += 1) log.note('a', refusal());
    expect(log.evictions).toBe(100);
    expect(log.of('a')[0]?.count).toBe(2_000);
  });

  it('forgets organizations that are no more', () => {
    const { log } = setUp();
    log.note('a', refusal());
    log.note('b', refusal());
    expect([log.of('a').length, log.of('b').length, log.size]).toEqual([1, 1, 2]);
    log.keepOnly(new Map([['b', true]]));
    expect([log.of('a').length, log.of('b').length, log.size]).toEqual([0, 1, 1]);
  });
});

describe('a section of it', () => {
  it('never passes its bound, has the newest entry, and loses only those who have most', () => {
    const step = fc.record({ userId: fc.constantFrom('a', 'b', 'c'), entityId: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const section = new RefusalSection(6);
        for (const [at, { userId, entityId }] of steps.entries()) {
          const before = [...section.entries()];
          const given = refusal({ isClaimed: false, userId, entityId: String(entityId) });
          const gone = section.note(given, at);
          const after = [...section.entries()];
          expect(after.length).toBeLessThanOrEqual(6);
          expect(after.at(-1)).toMatchObject({ userId, entityId: String(entityId), lastAt: at });
          if (gone === 0) continue;
          const counts = (of: string) => before.filter((one) => one.userId === of).length;
          const loser = ['a', 'b', 'c'].find(
            (one) =>
              after.filter((entry) => entry.userId === one).length <
              counts(one) + Number(one === userId),
          );
          const most = Math.max(
            ...['a', 'b', 'c'].map((one) => counts(one) + Number(one === userId)),
          );
          expect(counts(loser ?? '') + Number(loser === userId)).toBe(most);
        }
      }),
    );
  });
});
