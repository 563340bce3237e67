import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackStore } from '../../../src/callbacks/index.js';
import { MemoryCallbackStore } from '../../support/callback-store/memory-store.js';
import { describeService } from '../../support/callback-store/service-contract.js';
import { describeStore, type StoreUnderTest } from '../../support/callback-store/store-contract.js';

const RUNS = 20;

async function openEmbedded(): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'rte-hub-store-'));
  const store = createCallbackStore({ kind: 'embedded', folder });
  await store.connect();
  return {
    store,
    async remove() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

function openModel(): Promise<StoreUnderTest> {
  const store = new MemoryCallbackStore();
  return Promise.resolve({ store, remove: () => store.close() });
}

// The model that the others are measured by has to be one.
describeStore('the model', openModel);
describeStore('libsql', openEmbedded);
describeService('libsql', openEmbedded, RUNS);
