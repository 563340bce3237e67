import {
  type CallbackFlowParts,
  createCallbackFlow,
} from '../../../src/composition/callback-flow.js';
import type { CallbackService } from '../../../src/callbacks/index.js';
import { MemoryCallbackStore } from './memory-store.js';

/** The callback service of a hub in a test on fake timers, which end it: it keeps nothing else. */
export function memoryCallbacks(
  parts: Pick<CallbackFlowParts, 'directory' | 'bus' | 'logger' | 'now'>,
): CallbackService {
  const service = createCallbackFlow({
    ...parts,
    store: new MemoryCallbackStore(),
    retentionDays: 90,
    health: { up: () => undefined, down: () => undefined },
    metrics: { watchTables: () => undefined, callbackStoreUsed: () => undefined },
  });
  service.openSoon();
  return service;
}
