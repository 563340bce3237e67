import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  SessionAudit,
  type SessionsRead,
} from '../../../../../src/sources/portsip/configuration/session-audit.js';
import { PortsipRestError } from '../../../../../src/sources/portsip/rest/rest-error.js';
import type { Listing } from '../../../../../src/sources/listing.js';

const MINUTE = 60_000;
const NOW = 1_773_993_600_000;
const [acme, other] = ['1', '2'].map((id) => ({
  id,
  pathId: id,
  name: undefined,
  domain: undefined,
}));

let lists: Map<string, Listing<string> | PortsipRestError>;
let reads: SessionsRead[];
let warnings: unknown[];
let stopping: AbortController;
let ended: Promise<void>;

function sessionsOf(tenantId: string): Promise<Listing<string>> {
  const list = lists.get(tenantId) ?? { items: [], unreadable: [] };
  return list instanceof PortsipRestError ? Promise.reject(list) : Promise.resolve(list);
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  [reads, warnings] = [[], []];
  lists = new Map();
  stopping = new AbortController();
  const tenants = [acme, other].filter((tenant) => tenant !== undefined);
  const audit = new SessionAudit({
    source: 'portsip',
    rest: { of: ({ id }) => ({ sessions: () => sessionsOf(id) }) },
    tenants: () => tenants,
    onSessions: (read) => reads.push(read),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (fields) => warnings.push(fields),
      error: () => undefined,
    },
    now: Date.now,
  });
  ended = audit.run(stopping.signal);
});

afterEach(async () => {
  stopping.abort();
  await ended;
  vi.useRealTimers();
});

it('hands on the sessions of each tenant every minute, with the time they were asked for', async () => {
  lists.set('1', { items: ['a', 'b'], unreadable: [] });
  lists.set('2', { items: ['c'], unreadable: [] });
  await vi.advanceTimersByTimeAsync(MINUTE - 1);
  expect(reads).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(reads).toEqual([
    { tenantId: '1', sessionIds: new Set(['a', 'b']), askedAt: NOW + MINUTE },
    { tenantId: '2', sessionIds: new Set(['c']), askedAt: NOW + MINUTE },
  ]);
  lists.set('1', { items: [], unreadable: [] });
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(reads[2]).toEqual({ tenantId: '1', sessionIds: new Set(), askedAt: NOW + 2 * MINUTE });
});

it.each<[string, Listing<string>]>([
  ['of a tenant that has shown no session so far', { items: [], unreadable: [] }],
  ['with an entry that could not be read', { items: ['a'], unreadable: ['id: give an id'] }],
])('a list %s says nothing of what is not in it', async (_name, list) => {
  lists.set('1', list);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(reads).toEqual([]);
  lists.set('1', { items: ['b'], unreadable: [] });
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(reads).toMatchObject([{ tenantId: '1', sessionIds: new Set(['b']) }]);
});

it('a list that fails costs itself, is told once, and is asked for again', async () => {
  lists.set('1', new PortsipRestError({ path: '/sessions', problem: 'refused', status: 403 }));
  lists.set('2', { items: ['c'], unreadable: [] });
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(reads).toHaveLength(3);
  expect(warnings).toHaveLength(1);
  lists.set('1', { items: ['a'], unreadable: [] });
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(reads).toHaveLength(5);
});
