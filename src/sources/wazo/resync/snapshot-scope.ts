import type { WazoIndex } from '../wazo-index.js';

/** What every part of a snapshot is made with. */
export interface SnapshotScope {
  readonly index: WazoIndex;
  /** Epoch ms. */
  readonly at: number;
  /** uuid of the Wazo, as its bus events have it; empty when it is not known. */
  readonly originUuid: string;
}

/** Whose the live legs of users are, by the leg's id. */
export type LegOwners = ReadonlyMap<string, LegOwner>;

export interface LegOwner {
  readonly userId: string;
  /** Epoch ms; undefined while nobody has answered, or when wazo-calld does not tell. */
  readonly answeredAt: number | undefined;
}
