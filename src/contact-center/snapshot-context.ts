import type { ChangeSet } from './change-set.js';
import type { Recent } from './recent-facts.js';

/** What all parts of a snapshot are applied with. */
export interface SnapshotContext {
  /** Epoch ms. */
  readonly at: number;
  readonly recent: Recent;
  readonly changes: ChangeSet;
}
