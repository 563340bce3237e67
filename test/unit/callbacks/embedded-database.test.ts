import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedDatabase } from '../../../src/callbacks/store/embedded-database.js';
import { SqlCallbackStore } from '../../../src/callbacks/store/sql-callback-store.js';
import {
  StoreBrokenError,
  StoreUnavailableError,
} from '../../../src/callbacks/store/store-errors.js';
import { gaveUp, guidOf, request, ServiceUnderTest } from '../../support/callback-store/fixture.js';

const PAGE_BYTES = 4096;

let folder: string;
let opened: SqlCallbackStore[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rte-hub-store-'));
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await rm(folder, { recursive: true });
});

function storeIn(place = folder): SqlCallbackStore {
  const store = new SqlCallbackStore(new EmbeddedDatabase(place));
  opened.push(store);
  return store;
}

const file = () => join(folder, 'callbacks.db');

describe('the embedded store', () => {
  it('keeps what was written, for the next hub, in a file of its owner only', async () => {
    const tested = new ServiceUnderTest(storeIn());
    await tested.service.open();
    await tested.service.callerUnserved(gaveUp);
    await tested.settled();
    await tested.service.stop();
    expect(await readdir(folder)).toEqual(['callbacks.db']);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    const next = storeIn();
    await next.connect();
    expect(await next.find(request.id)).toEqual(request);
  });

  it('makes its folder', async () => {
    const store = storeIn(join(folder, 'a', 'b'));
    await store.connect();
    expect(await store.find(request.id)).toBeUndefined();
  });

  it('is of one process: a second hub is told so, and gets it when the first has stopped', async () => {
    const [first, second] = [storeIn(), storeIn()];
    await first.connect();
    await expect(second.connect()).rejects.toThrow(StoreUnavailableError);
    await expect(second.connect()).rejects.toThrow(/another process uses .*RTE_DATA_DIR/u);
    await first.close();
    await second.connect();
    expect(await second.countUntoldEvents()).toBe(0);
  });

  it('that is no database says what to do', async () => {
    await writeFile(file(), 'x'.repeat(PAGE_BYTES));
    const store = storeIn();
    await expect(store.connect()).rejects.toThrow(StoreBrokenError);
    await expect(store.connect()).rejects.toThrow(/damaged or no database: put back a copy/u);
  });

  it('that is damaged in the middle is not opened', async () => {
    const first = storeIn();
    await first.connect();
    for (let number = 1; number <= 50; number += 1) {
      const one = { ...request, id: guidOf(number), contactNumber: `+${String(number)}` };
      await first.transaction((open) =>
        open.save({ request: one, created: true, eventId: guidOf(number), timestamp: 1 }),
      );
    }
    await first.close();
    const { size } = await stat(file());
    await truncate(file(), size - 3 * PAGE_BYTES);
    await expect(storeIn().connect()).rejects.toThrow(StoreBrokenError);
  });

  it('whose folder is a file says which rights and paths to look at', async () => {
    await writeFile(join(folder, 'data'), '');
    const wrong = storeIn(join(folder, 'data'));
    await expect(wrong.connect()).rejects.toThrow(
      /data.callbacks.db can't be used .*RTE_DATA_DIR/u,
    );
  });

  it('of a later version of the hub is left alone', async () => {
    const database = new EmbeddedDatabase(folder);
    const first = new SqlCallbackStore(database);
    await first.connect();
    const later = sql`insert into rte_hub_migrations values ('999-later', '2030-01-01')`;
    await later.execute(await database.open());
    await first.close();
    await expect(storeIn().connect()).rejects.toThrow(/another version of the hub/u);
  });
});
