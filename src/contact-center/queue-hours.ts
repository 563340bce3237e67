import { OpeningHours, type Opening, type Schedule } from './opening-hours.js';

interface TimedQueue {
  readonly hours: OpeningHours;
  readonly opening: Opening;
}

/** Which queues have opening hours, and how each stands. Holds as many as the directory has. */
export class QueueHours {
  #queues = new Map<string, TimedQueue>();
  /** Asked for after every event, so it is kept. */
  #deadline: number | undefined;

  /**
   * Puts these schedules in the place of all known.
   * @returns the queues that open, close or have no hours any more because of it
   * @throws RangeError for a time zone that does not exist
   */
  set(schedules: ReadonlyMap<string, Schedule>, now: number): readonly string[] {
    const before = this.#queues;
    const next = new Map<string, TimedQueue>();
    for (const [queueId, schedule] of schedules) {
      const hours = new OpeningHours(schedule);
      next.set(queueId, { hours, opening: hours.at(now) });
    }
    this.#queues = next;
    this.#setDeadline();
    return [...new Set([...before.keys(), ...next.keys()])].filter(
      (queueId) => before.get(queueId)?.opening.isOpen !== next.get(queueId)?.opening.isOpen,
    );
  }

  /** Whether the queue's hours let it be open at `now` (epoch ms); undefined when it has none. */
  isOpen(queueId: string, now: number): boolean | undefined {
    return this.#queues.get(queueId)?.hours.at(now).isOpen;
  }

  /** Looks again at what may have changed by `now`; answers the queues that opened or closed. */
  tick(now: number): readonly string[] {
    if (this.#deadline === undefined || now < this.#deadline) return [];
    const changed: string[] = [];
    for (const [queueId, { hours, opening }] of this.#queues) {
      if (now < opening.until) continue;
      const later = hours.at(now);
      this.#queues.set(queueId, { hours, opening: later });
      if (later.isOpen !== opening.isOpen) changed.push(queueId);
    }
    this.#setDeadline();
    return changed;
  }

  /** When `tick` next has something to look at, epoch ms. */
  nextDeadline(): number | undefined {
    return this.#deadline;
  }

  #setDeadline(): void {
    this.#deadline = undefined;
    for (const { opening } of this.#queues.values()) {
      this.#deadline = Math.min(this.#deadline ?? opening.until, opening.until);
    }
  }
}
