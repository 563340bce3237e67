import type { ChangeSet } from './change-set.js';
import type { Schedule } from './opening-hours.js';
import { QueueAlerts } from './queue-alerts.js';
import type { QueueAlert } from './queue-alert.js';
import { QueueHours } from './queue-hours.js';
import type { QueueRules } from './queue-rules.js';
import type { VisitTable } from './visit-table.js';

/** Holds queues against what is laid down for them: their opening hours and their alerts. */
export class QueueWatch {
  readonly #hours = new QueueHours();
  readonly #alerts: QueueAlerts;
  /** Whether queues are open, as their telephony systems say; as many as the directory has. */
  #told: ReadonlyMap<string, boolean> = new Map();
  readonly #isKnown: (queueId: string) => boolean;

  /** @param isKnown whether a source has told of the queue */
  constructor(visits: VisitTable, isKnown: (queueId: string) => boolean) {
    this.#alerts = new QueueAlerts(visits);
    this.#isKnown = isKnown;
  }

  /** @throws RangeError for a schedule in a time zone that does not exist */
  setRules(queues: Iterable<QueueRules>, now: number, changes: ChangeSet): void {
    const schedules = new Map<string, Schedule>();
    const told = new Map<string, boolean>();
    const alerts = new Map<string, readonly QueueAlert[]>();
    for (const queue of queues) {
      if (queue.schedule !== undefined) schedules.set(queue.id, queue.schedule);
      if (queue.isOpen !== undefined) told.set(queue.id, queue.isOpen);
      if (queue.alerts !== undefined) alerts.set(queue.id, queue.alerts);
    }
    this.#noteOpenings(this.#hours.set(schedules, now), changes);
    this.#noteOpenings(differing(this.#told, told), changes);
    this.#told = told;
    this.#alerts.set(alerts);
  }

  /** Takes note of what an event, or the passing of time, changed. */
  note(changes: ChangeSet): void {
    for (const outcome of changes.waits) this.#alerts.count(outcome);
    for (const queueId of changes.queues) this.#alerts.mark(queueId);
  }

  /** Tells what opens, closes or alerts at `now`, epoch ms. */
  tick(now: number, changes: ChangeSet): void {
    this.note(changes);
    this.#noteOpenings(this.#hours.tick(now), changes);
    changes.happened(...this.#alerts.tick(now));
  }

  /** When `tick` next has something to look at, epoch ms. */
  nextDeadline(now: number): number | undefined {
    const hours = this.#hours.nextDeadline();
    const alerts = this.#alerts.nextDeadline(now);
    return hours === undefined ? alerts : Math.min(hours, alerts ?? hours);
  }

  /** Whether the queue's hours, or else its system, let it be open at `now`; undefined when neither. */
  isOpen(queueId: string, now: number): boolean | undefined {
    return this.#hours.isOpen(queueId, now) ?? this.#told.get(queueId);
  }

  /** A queue of which no source has told anything is not available, whatever its hours. */
  #noteOpenings(queueIds: readonly string[], changes: ChangeSet): void {
    for (const queueId of queueIds) if (this.#isKnown(queueId)) changes.queue(queueId);
  }
}

/** The keys whose values are not the same in both. */
function differing(
  before: ReadonlyMap<string, boolean>,
  after: ReadonlyMap<string, boolean>,
): readonly string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.filter((key) => before.get(key) !== after.get(key));
}
