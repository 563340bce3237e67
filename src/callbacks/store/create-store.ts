import type { CallbackStore } from './callback-store.js';
import { EmbeddedDatabase } from './embedded-database.js';
import { PostgresDatabase } from './postgres-database.js';
import { SqlCallbackStore } from './sql-callback-store.js';

/** Where callback requests are kept. */
export type StorePlace =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The store of that place, not connected yet. */
export function createCallbackStore(place: StorePlace): CallbackStore {
  switch (place.kind) {
    case 'embedded':
      return new SqlCallbackStore(new EmbeddedDatabase(place.folder));
    case 'postgres':
      return new SqlCallbackStore(new PostgresDatabase(place.url));
  }
}
