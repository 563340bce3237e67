import { LRUCache } from 'lru-cache';
import { AgentTable } from './agent-table.js';
import { CallTable } from './call-table.js';
import { CallbackWishes } from './callback-wishes.js';
import { LearnedNumbers } from './learned-numbers.js';
import type { TABLE_BOUNDS } from './limits.js';

/** What earlier messages told, against which later ones are read. */
export interface MappingTables {
  readonly agents: AgentTable;
  readonly calls: CallTable;
  readonly wishes: CallbackWishes;
  readonly learned: LearnedNumbers;
  /** What was last told of each queue's service level, by the queue's id. */
  readonly breaches: LRUCache<string, string>;
}

/** How many entries each table may have. */
export type TableBounds = Readonly<typeof TABLE_BOUNDS>;

/** Empty tables. An LRU cache takes the memory of its bound at once. */
export function createTables(bounds: TableBounds): MappingTables {
  return {
    agents: new AgentTable(bounds.agents),
    calls: new CallTable(bounds.calls),
    wishes: new CallbackWishes(bounds.wishes),
    learned: new LearnedNumbers(bounds.learned),
    breaches: new LRUCache({ max: bounds.breaches }),
  };
}
