import { absentQueueStatus, Backlog } from '../contact-center/index.js';
import type {
  Changes,
  ContactCenter,
  CorrectedTable,
  DomainEvent,
  Occurrence,
  QueueStatus,
  SnapshotOccasion,
  StateChange,
  UserAvailability,
  UserStatus,
} from '../contact-center/index.js';
import type { Directory, DirectoryWatch } from '../directory/types.js';
import { Coalescer } from './coalescer.js';
import { currentState } from './current-state.js';
import type { RteEventBus } from './event-bus.js';
import type { RteEvent } from './events/create-event.js';
import { mapQueueStatus, mapUserAvailability, mapUserStatus } from './mapper.js';
import type { Topic } from './subscription.js';

/** While somebody waits, a queue's status is told this often, for the sake of its longest wait. */
const WAIT_REFRESH_MS = 5_000;

/** How often what nobody can ask about any more is forgotten. */
const SWEEP_MS = 60_000;

export interface StateFeedOptions {
  readonly contactCenter: ContactCenter;
  readonly directory: DirectoryWatch;
  readonly bus: RteEventBus;
  /** Takes what happened once; states go to the bus. What is no news is not to be told to clients. */
  readonly onOccurrence: (occurrence: Occurrence, isNews: boolean) => void;
  /** Counts how many entries of a table a snapshot showed to be wrong, by why it was asked for. */
  readonly corrected: (
    occasion: SnapshotOccasion | 'unsaid',
    table: CorrectedTable,
    count: number,
  ) => void;
  /** A user's status is told at most once in this time, milliseconds. */
  readonly userStatusIntervalMs: number;
  /** A queue's status is told at most once in this time, milliseconds. */
  readonly queueStatusIntervalMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Leads domain events through the projections and tells the bus what came of them: each state when
 * it reads differently than it was told last, each occurrence once. It owns the projections' time:
 * wrap-ups and graces end by its timers.
 */
export class StateFeed {
  readonly #options: StateFeedOptions;
  readonly #users: Coalescer;
  readonly #queues: Coalescer;
  readonly #toldUsers = new Map<string, UserStatus>();
  readonly #toldAvailabilities = new Map<string, UserAvailability>();
  readonly #toldQueues = new Map<string, QueueStatus>();
  readonly #backlog = new Backlog();
  readonly #sweeper: NodeJS.Timeout;
  readonly #unfollow: readonly (() => void)[];
  #deadline: NodeJS.Timeout | undefined;

  constructor(options: StateFeedOptions) {
    this.#options = options;
    const { now, userStatusIntervalMs, queueStatusIntervalMs } = options;
    this.#users = new Coalescer(userStatusIntervalMs, (id) => this.#tellUser(id), now);
    this.#queues = new Coalescer(queueStatusIntervalMs, (id) => this.#tellQueue(id), now);
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
    }
    this.#tell();
  };

  /** Entries per table, for metrics. */
  sizes() {
    return {
      toldUsers: this.#toldUsers.size,
      toldAvailabilities: this.#toldAvailabilities.size,
      toldQueues: this.#toldQueues.size,
      waitingUsers: this.#users.waiting,
      waitingQueues: this.#queues.waiting,
      toldCalls: this.#backlog.size,
    };
  }

  /** The state of an entity as it is now, whether or not it was told; see current-state.ts. */
  readonly currentState = (topic: Topic): RteEvent | undefined =>
    currentState(this.#options, topic);

  /** Tells at once what waits for its time. */
  flush(): void {
    this.#users.flush();
    this.#queues.flush();
  }

  /** Stops all timers; what was not told yet stays untold. */
  stop(): void {
    clearTimeout(this.#deadline);
    clearInterval(this.#sweeper);
    this.#users.stop();
    this.#queues.stop();
    for (const unfollow of this.#unfollow) unfollow();
  }

  /** What the directory lays down for queues holds from now on. */
  #followDirectory(): void {
    const { contactCenter, directory, now } = this.#options;
    this.#take(contactCenter.setQueueRules(directory.current.queues.values(), now()));
    this.#tell();
  }

  /** The last that is told of a queue which goes: nobody in it, not available. */
  #partWithQueues({ queues }: Directory): void {
    const { directory, bus, now } = this.#options;
    for (const queue of directory.current.queues.values()) {
      if (queues.has(queue.id)) continue;
      bus.publish(mapQueueStatus(queue, absentQueueStatus(queue.id), now()));
      this.#toldQueues.delete(queue.id);
    }
  }

  #count(occasion: SnapshotOccasion | 'unsaid', { corrections }: Changes): void {
    for (const [table, count] of corrections) this.#options.corrected(occasion, table, count);
  }

  #take(changes: Changes): void {
    for (const change of changes.states) this.#touch(change);
    const { onOccurrence, now } = this.#options;
    for (const occurrence of changes.occurrences) {
      onOccurrence(occurrence, this.#backlog.isNews(occurrence, now()));
    }
  }

  #touch(change: StateChange): void {
    switch (change.kind) {
      case 'user-status':
        this.#users.touch(change.userId);
        break;
      case 'user-availability':
        this.#tellAvailability(change.userId);
        break;
      case 'queue-status':
        this.#queues.touch(change.queueId);
        break;
    }
  }

  #tell(): void {
    this.#passTime();
    this.#users.run();
    this.#queues.run();
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

  #tellUser(userId: string): void {
    const { contactCenter, directory, bus, now } = this.#options;
    const user = directory.current.users.get(userId);
    if (user === undefined) return;
    const status = contactCenter.userStatus(userId, now());
    if (isSame(status, this.#toldUsers.get(userId))) return;
    this.#toldUsers.set(userId, status);
    bus.publish(mapUserStatus(user, status, now()));
  }

  #tellAvailability(userId: string): void {
    const { contactCenter, directory, bus, now } = this.#options;
    const user = directory.current.users.get(userId);
    const entry = contactCenter.userAvailability(userId);
    if (user === undefined || entry === undefined) return;
    if (isSame(entry, this.#toldAvailabilities.get(userId))) return;
    this.#toldAvailabilities.set(userId, entry);
    bus.publish(mapUserAvailability(user, entry, now()));
  }

  /** The longest wait grows by itself; alone it is told only every few seconds. */
  #tellQueue(queueId: string): void {
    const { contactCenter, directory, bus, now } = this.#options;
    const queue = directory.current.queues.get(queueId);
    if (queue === undefined) return;
    const status = contactCenter.queueStatus(queueId, now());
    if (status.notServedRequesters > 0) this.#queues.touchAt(queueId, now() + WAIT_REFRESH_MS);
    if (isSame(status, this.#toldQueues.get(queueId))) return;
    this.#toldQueues.set(queueId, status);
    bus.publish(mapQueueStatus(queue, status, now()));
  }

  #sweep(): void {
    const { contactCenter, directory, now } = this.#options;
    this.#take(contactCenter.sweep(now()));
    this.#tell();
    const { users, queues } = directory.current;
    forgetOthers(this.#toldUsers, users);
    forgetOthers(this.#toldAvailabilities, users);
    forgetOthers(this.#toldQueues, queues);
  }
}

function isSame<T extends object>(a: T, b: T | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** What was told is remembered for those in the directory only, so it is as bounded as they are. */
function forgetOthers(told: Map<string, unknown>, known: ReadonlyMap<string, unknown>): void {
  for (const id of told.keys()) if (!known.has(id)) told.delete(id);
}
