import type { Changes, StateChange } from './events.js';
import type { Occurrence } from './occurrences.js';
import type { WaitOutcome } from './wait-outcome.js';
import type { CorrectedTable } from './snapshot-events.js';

/** Gathers what one event changed, each user and queue once. */
export class ChangeSet implements Changes {
  readonly users = new Set<string>();
  readonly #availabilities = new Set<string>();
  readonly queues = new Set<string>();
  readonly occurrences: Occurrence[] = [];
  /** Waits that are over: nobody is told of them, alerts count them. */
  readonly waits: WaitOutcome[] = [];
  readonly corrections = new Map<CorrectedTable, number>();

  user(userId: string): void {
    this.users.add(userId);
  }

  availability(userId: string): void {
    this.#availabilities.add(userId);
  }

  queue(queueId: string): void {
    this.queues.add(queueId);
  }

  happened(...occurrences: readonly Occurrence[]): void {
    this.occurrences.push(...occurrences);
  }

  waited(outcome: WaitOutcome): void {
    this.waits.push(outcome);
  }

  corrected(table: CorrectedTable): void {
    this.corrections.set(table, (this.corrections.get(table) ?? 0) + 1);
  }

  get states(): readonly StateChange[] {
    return [
      ...[...this.users].map((userId) => ({ kind: 'user-status' as const, userId })),
      ...[...this.#availabilities].map((userId) => ({
        kind: 'user-availability' as const,
        userId,
      })),
      ...[...this.queues].map((queueId) => ({ kind: 'queue-status' as const, queueId })),
    ];
  }
}
