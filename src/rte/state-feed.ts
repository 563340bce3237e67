import { Backlog } from '../contact-center/index.js';
import type {
  Changes,
  CorrectedTable,
  DomainEvent,
  Occurrence,
  SnapshotOccasion,
} from '../contact-center/index.js';
import type { Directory, DirectoryWatch } from '../directory/types.js';
import { StateTeller, type StateTellerOptions } from './state-teller.js';

/** How often what nobody can ask about any more is forgotten. */
const SWEEP_MS = 60_000;

export interface StateFeedOptions extends StateTellerOptions {
  readonly directory: DirectoryWatch;
  /** Takes what happened once; states go to the bus. What is no news is not to be told to clients. */
  readonly onOccurrence: (occurrence: Occurrence, isNews: boolean) => void;
  /** Counts how many entries of a table a snapshot showed to be wrong, by why it was asked for. */
  readonly corrected: (
    occasion: SnapshotOccasion | 'unsaid',
    table: CorrectedTable,
    count: number,
  ) => void;
}

/**
 * Leads domain events through the projections and tells the bus what came of them: each state when
 * it reads differently than it was told last, each occurrence once. It owns the projections' time:
 * wrap-ups and graces end by its timers.
 */
export class StateFeed {
  readonly #options: StateFeedOptions;
  readonly #teller: StateTeller;
  readonly #backlog = new Backlog();
  readonly #sweeper: NodeJS.Timeout;
  readonly #unfollow: readonly (() => void)[];
  #deadline: NodeJS.Timeout | undefined;

  constructor(options: StateFeedOptions) {
    this.#options = options;
    this.#teller = new StateTeller(options);
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#sweeper.unref();
    this.#unfollow = [
      options.directory.beforeChange((next) => this.#partWithQueues(next)),
      options.directory.onChange(() => this.#followDirectory()),
    ];
    this.#followDirectory();
  }

  /** Applies a burst of events, then tells what changed: nobody sees the middle of a burst. */
  readonly sink = (events: readonly DomainEvent[]): void => {
    for (const event of events) {
      this.#backlog.note(event);
      const changes = this.#options.contactCenter.apply(event);
      if (event.kind === 'snapshot') this.#count(event.occasion ?? 'unsaid', changes);
      this.#take(changes);
      // What was due before a snapshot that follows at once is not left to the snapshot.
      if (event.kind === 'backlog-over') this.#passTime();
    }
    this.#tell();
  };

  /** Whether the projections are not up to now, since events that have waited are still coming in. */
  get isBehind(): boolean {
    return this.#backlog.isRunning;
  }

  /** Entries per table, for metrics. */
  sizes() {
    return { ...this.#teller.sizes(), toldCalls: this.#backlog.size };
  }

  /** Tells at once what waits for its time. */
  flush(): void {
    this.#teller.flush();
  }

  /** Stops all timers; what was not told yet stays untold. */
  stop(): void {
    clearTimeout(this.#deadline);
    clearInterval(this.#sweeper);
    this.#teller.stop();
    for (const unfollow of this.#unfollow) unfollow();
  }

  /** What the directory lays down for queues holds from now on. */
  #followDirectory(): void {
    const { contactCenter, directory, now } = this.#options;
    this.#take(contactCenter.setQueueRules(directory.current.queues.values(), now()));
    this.#tell();
  }

  #partWithQueues({ queues }: Directory): void {
    for (const queue of this.#options.directory.current.queues.values()) {
      if (!queues.has(queue.id)) this.#teller.partWith(queue);
    }
  }

  #count(occasion: SnapshotOccasion | 'unsaid', { corrections }: Changes): void {
    for (const [table, count] of corrections) this.#options.corrected(occasion, table, count);
  }

  #take(changes: Changes): void {
    for (const change of changes.states) this.#teller.touch(change);
    const { onOccurrence, now } = this.#options;
    for (const occurrence of changes.occurrences) {
      onOccurrence(occurrence, this.#backlog.isNews(occurrence, now()));
    }
  }

  #tell(): void {
    this.#passTime();
    this.#teller.run(this.#backlog.isRunning);
    this.#armDeadline();
  }

  /** What is due is not left to the timer: bursts that follow each other put that off. */
  #passTime(): void {
    const { contactCenter } = this.#options;
    const time = this.#backlog.timeOf(this.#options.now());
    const deadline = contactCenter.nextDeadline(time);
    if (deadline !== undefined && deadline <= time) this.#take(contactCenter.tick(time));
  }

  #armDeadline(): void {
    clearTimeout(this.#deadline);
    const { contactCenter, now } = this.#options;
    // In a backlog only its events make time pass, and each of them comes by here.
    if (this.#backlog.timeOf(now()) < now()) return;
    const deadline = contactCenter.nextDeadline(now());
    if (deadline === undefined) return;
    // Node fires a timer of more than 24 days at once; asking again meanwhile does no harm.
    const delay = Math.min(deadline - now(), SWEEP_MS);
    this.#deadline = setTimeout(() => this.#tell(), delay);
    this.#deadline.unref();
  }

  #sweep(): void {
    const { contactCenter, now } = this.#options;
    this.#take(contactCenter.sweep(now()));
    this.#tell();
    this.#teller.sweep();
  }
}
