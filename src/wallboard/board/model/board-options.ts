import type { AgentGroup } from './agent-state.js';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.js';

/** The parts of the board, in the order in which they stand. */
export const SECTIONS = ['summary', 'queues', 'agents', 'callbacks'] as const;

export type Section = (typeof SECTIONS)[number];

/** In which order queues stand: at fixed places, or the worst first. */
export const ORDERS = ['name', 'worst'] as const;

export type Order = (typeof ORDERS)[number];

/** What a board shows, and how. */
export interface BoardOptions extends Thresholds {
  /** Names or ids of the queues to show; empty for all. */
  readonly queues: readonly string[];
  readonly sections: readonly Section[];
  readonly order: Order;
  /** Groups of agents to show; empty for all. */
  readonly agents: readonly AgentGroup[];
  /** Whether agents stand under their queues. */
  readonly isGrouped: boolean;
  /** Seconds for which a television shows one page of agents or queues. */
  readonly pageSeconds: number;
}

export const DEFAULT_OPTIONS: BoardOptions = {
  ...DEFAULT_THRESHOLDS,
  queues: [],
  sections: SECTIONS,
  order: 'name',
  agents: [],
  isGrouped: false,
  pageSeconds: 15,
};

/** What was chosen, by the address of the page or in the dialog; the rest is as it is without. */
export type ChosenOptions = Partial<BoardOptions>;

/**
 * What to keep of options that were saved: of those that the address decides what was kept before,
 * since an address that somebody followed once is not what they want for ever.
 */
export function ownOptions(
  saved: BoardOptions,
  before: ChosenOptions,
  decided: ChosenOptions,
): BoardOptions {
  const known = Object.entries({ ...DEFAULT_OPTIONS, ...before });
  return { ...saved, ...Object.fromEntries(known.filter(([name]) => name in decided)) };
}
