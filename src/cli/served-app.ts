import type { Settings } from '../config/index.js';
import type { Address } from '../http/index.js';

/** The hub as `serve` runs it. */
export interface ServedApp {
  /** Resolves when the hub listens. */
  start(): Promise<Address>;
  /** Parts with the clients and closes everything, within seconds; also after a failed start. */
  stop(): Promise<void>;
  /** Reads the directory and the signing keys again; wrong ones are refused and reported in the log. */
  reload(): Promise<unknown>;
}

/** Builds the hub from its settings, not started yet. */
export type CreateApp = (settings: Settings) => Promise<ServedApp>;
