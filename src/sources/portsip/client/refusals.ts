import { LIMITS } from './limits.js';
import type { Subscription } from './subscriptions.js';

/** The PBX refused a topic. */
export interface Refusal {
  /** The topic; several when the answer came too late to tell which of them it was. */
  readonly topics: readonly string[];
  /** The right that it takes. */
  readonly permission: string;
  readonly required: boolean;
  /** The PBX's words. */
  readonly error: string;
}

/** What a PBX refuses on one connection. */
export class Refusals {
  /** As the last round had them that asked for whatever was refused. */
  #answered: readonly Refusal[] = [];
  /** Answers that came too late to tell their topic: they stay until the connection ends. */
  #late: readonly Refusal[] = [];

  get all(): readonly Refusal[] {
    return [...this.#answered, ...this.#late];
  }

  /** The topics that are worth asking for again. */
  get topics(): ReadonlySet<string> {
    return new Set(this.#answered.flatMap(({ topics }) => topics));
  }

  /** Takes the answers of a round in the place of those before. */
  replace(refusals: readonly Refusal[]): void {
    this.#answered = refusals;
  }

  /**
   * Takes an answer that came after its round.
   * @param asked what it may be the answer to
   * @returns whether that is news
   */
  addLate(error: string, asked: readonly Subscription[]): boolean {
    const isNew = this.#late.every((one) => one.error !== error);
    if (!isNew || this.#late.length >= LIMITS.maxLateRefusals) return false;
    const permissions = new Set(asked.map(({ permission }) => permission));
    const topics = asked.map(({ topic }) => topic);
    const refusal = { topics, permission: [...permissions].join(', '), required: true, error };
    this.#late = [...this.#late, refusal];
    return true;
  }
}
