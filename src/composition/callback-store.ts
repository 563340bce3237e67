import { type CallbackService, createCallbackStore } from '../callbacks/index.js';
import type { Settings } from '../config/index.js';
import type { Basis } from './basis.js';
import { createCallbackFlow } from './callback-flow.js';

/** The callback service over the store that the settings name; not open yet. */
export function createCallbacks(basis: Basis): CallbackService {
  const { settings, health } = basis;
  const { databaseUrl, retentionDays } = settings.callbacks;
  return createCallbackFlow({
    ...basis,
    store: createCallbackStore(
      databaseUrl === undefined
        ? { kind: 'embedded', folder: settings.dataDir }
        : { kind: 'postgres', url: databaseUrl },
    ),
    retentionDays,
    health: health.component('callbacks'),
  });
}

/** A file that can't be used is a mistake of the set-up; a database may come later than the hub. */
export async function openCallbacks(
  callbacks: CallbackService,
  { callbacks: { databaseUrl } }: Settings,
): Promise<void> {
  if (databaseUrl === undefined) await callbacks.open();
  else callbacks.openSoon();
}
