import { LRUCache } from 'lru-cache';
import type { AgentState } from '../wsi/words.js';

/** What was last told of an agent in a queue. */
export interface AgentInQueue {
  readonly state: AgentState;
  /** The queue's call that the agent has; undefined for none, or while it is not told. */
  readonly sessionId: string | undefined;
}

/**
 * What each agent did last in each queue. The PBX tells states, twice and by two messages; what
 * began and what ended shows only against the state before.
 */
export class AgentTable {
  readonly #agents: LRUCache<string, AgentInQueue>;

  /** @param max bound of the entries; the least used goes first */
  constructor(max: number) {
    this.#agents = new LRUCache({ max });
  }

  get size(): number {
    return this.#agents.size;
  }

  /** @param memberId as `memberOf` makes it */
  get(queueId: string, memberId: string): AgentInQueue | undefined {
    return this.#agents.get(`${queueId} ${memberId}`);
  }

  set(queueId: string, memberId: string, agent: AgentInQueue): void {
    this.#agents.set(`${queueId} ${memberId}`, agent);
  }

  delete(queueId: string, memberId: string): void {
    this.#agents.delete(`${queueId} ${memberId}`);
  }
}
