import { beforeEach, expect, it } from 'vitest';
import { EndedSessions } from '../../../src/identity/index.js';

const KEEP_MS = 600_000;
const id = 's-1';

let time: number;
let ended: EndedSessions;

beforeEach(() => {
  time = 1_000_000;
  ended = new EndedSessions({ keepMs: KEEP_MS, now: () => time });
});

it.each([
  ['long before its time was revoked', 3_600_000, true],
  ['shortly before its time has run out', 4_000, false],
  ['at its time has run out', 0, false],
  ['after its time has run out', -60_000, false],
])('a session that ends %s', (_when, leftMs, revoked) => {
  ended.add(id);
  expect(ended.wasRevoked({ id, endsAt: time + leftMs })).toBe(revoked);
});

it('a session without an end of its own was revoked', () => {
  ended.add(id);
  expect(ended.wasRevoked({ id, endsAt: undefined })).toBe(true);
  expect(ended.wasRevoked({ id: 's-2', endsAt: undefined })).toBe(false);
});

it('a session that was revoked stays so when its time has come', () => {
  const endsAt = time + 60_000;
  ended.add(id);
  time = endsAt + 1;
  expect(ended.wasRevoked({ id, endsAt })).toBe(true);
});

it('is forgotten when no token can live any more', () => {
  ended.add(id);
  time += KEEP_MS;
  expect(ended.wasRevoked({ id, endsAt: undefined })).toBe(true);
  time += 1;
  expect(ended.wasRevoked({ id, endsAt: undefined })).toBe(false);
});

it('keeps ten thousand at most, the newest', () => {
  for (let number = 0; number <= 10_000; number += 1) ended.add(`s-${String(number)}`);
  expect(ended.size).toBe(10_000);
  expect(ended.wasRevoked({ id: 's-0', endsAt: undefined })).toBe(false);
  expect(ended.wasRevoked({ id: 's-10000', endsAt: undefined })).toBe(true);
});
