import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallbackStore, StoreUnavailableError } from '../../src/callbacks/index.js';
import { readiness, untilReadinessIs } from '../support/broker-test.js';
import {
  calledAgain,
  gaveUp,
  NOW,
  request,
  ServiceUnderTest,
} from '../support/callback-store/fixture.js';
import { killMidway } from '../support/callback-store/kill-contract.js';
import { describeService } from '../support/callback-store/service-contract.js';
import { describeStore, type StoreUnderTest } from '../support/callback-store/store-contract.js';
import { canStartPostgres, PrivatePostgres } from '../support/postgres.js';
import { startTestHub } from '../support/test-hub.js';

const hasPostgres = canStartPostgres();
/** Each takes a database of its own. */
const RUNS = 5;
const KILLED_AFTER = 400;

let server: PrivatePostgres;

beforeAll(async () => {
  if (hasPostgres) server = await PrivatePostgres.start();
});

afterAll(async () => {
  if (hasPostgres) await server.stop();
});

async function openPostgres(): Promise<StoreUnderTest> {
  const store = createCallbackStore({ kind: 'postgres', url: await server.createDatabase() });
  await store.connect();
  return { store, remove: () => store.close() };
}

const NOTHING = { lost: [], untold: [], invented: [], doubled: [] };

describe.skipIf(!hasPostgres)('with PostgreSQL', () => {
  describeStore('PostgreSQL', openPostgres);
  describeService('PostgreSQL', openPostgres, RUNS);

  it('a kill in the middle of a thousand changes loses nothing', async () => {
    const place = await server.createDatabase();
    const store = createCallbackStore({ kind: 'postgres', url: place });
    const { changes, ...losses } = await killMidway(place, store, KILLED_AFTER);
    expect(losses).toEqual(NOTHING);
    expect(changes).toBeGreaterThanOrEqual(KILLED_AFTER);
  });

  it('a database is of one hub; the next one gets it when that has stopped', async () => {
    const url = await server.createDatabase();
    const [first, second] = [url, url].map((one) =>
      createCallbackStore({ kind: 'postgres', url: one }),
    );
    await first?.connect();
    await expect(second?.connect()).rejects.toThrow(/another hub uses the database/u);
    await first?.close();
    await second?.connect();
    expect(await second?.countUntoldEvents()).toBe(0);
    await second?.close();
  });

  it('a connection that is ended is made anew, with what waits for it', async () => {
    const tested = new ServiceUnderTest((await openPostgres()).store);
    await tested.service.open();
    await tested.service.callerUnserved(gaveUp);
    await server.endConnections();
    await tested.service.callerUnserved(calledAgain);
    await tested.settled();
    expect(tested.changes()).toMatchObject([
      { created: true, request: { id: request.id } },
      { created: false, request: { version: 2 } },
    ]);
    await tested.service.stop();
  });

  it('a connection that is ended in the middle of a transaction takes that with it', async () => {
    const { store } = await openPostgres();
    const broken = store.transaction(async (transaction) => {
      const event = { request, created: true, eventId: request.id, timestamp: NOW };
      await transaction.save(event);
      await server.endConnections();
      await transaction.save({ ...event, eventId: gaveUp.callId });
    });
    await expect(broken).rejects.toThrow(StoreUnavailableError);
    await store.connect();
    expect(await store.find(request.id)).toBeUndefined();
    await store.close();
  });

  it('a hub without its database is not ready and says why, until the database is there', async () => {
    const url = await server.createDatabase();
    await server.pause();
    const hub = await startTestHub({ DATABASE_URL: url, RTE_SOURCES: 'simulator' });
    const reasons = await untilReadinessIs(hub, 503);
    expect(reasons).toEqual([
      expect.stringMatching(/^callbacks: PostgreSQL of DATABASE_URL can't be used: .*ENOENT/u),
    ]);
    await server.resume();
    await untilReadinessIs(hub, 200);
    await server.pause();
    await untilReadinessIs(hub, 503);
    await server.resume();
    await hub.stop();
    expect((await readiness(hub).catch(() => ({ status: 0 }))).status).toBe(0);
  });

  it('people are refused while it is away, calls wait', async () => {
    const tested = new ServiceUnderTest((await openPostgres()).store);
    await tested.service.open();
    await server.pause();
    const waits = tested.service.callerUnserved(gaveUp);
    const target = { id: request.id, expectedVersion: undefined, by: null };
    await expect(tested.service.update(target, { note: 'a' })).rejects.toThrow(
      StoreUnavailableError,
    );
    await server.resume();
    await waits;
    expect(await tested.service.find(request.id)).toEqual(request);
    await tested.service.stop();
  });
});

describe('libsql', () => {
  it('a kill in the middle of a thousand changes loses nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rte-hub-store-'));
    const store = createCallbackStore({ kind: 'embedded', folder });
    const { changes, ...losses } = await killMidway(folder, store, KILLED_AFTER);
    expect(losses).toEqual(NOTHING);
    expect(changes).toBeGreaterThanOrEqual(KILLED_AFTER);
    await rm(folder, { recursive: true });
  });
});
