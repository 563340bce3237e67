import { absentQueueStatus } from '../contact-center/index.js';
import type {
  ContactCenter,
  QueueStatus,
  StateChange,
  UserAvailability,
  UserStatus,
} from '../contact-center/index.js';
import type { DirectoryHolder, Queue } from '../directory/types.js';
import { Coalescer } from './coalescer.js';
import type { RteEventBus } from './event-bus.js';
import { mapQueueStatus, mapUserAvailability, mapUserStatus } from './mapper.js';

/** While somebody waits, a queue's status is told this often, for the sake of its longest wait. */
const WAIT_REFRESH_MS = 5_000;

export interface StateTellerOptions {
  readonly contactCenter: ContactCenter;
  readonly directory: DirectoryHolder;
  readonly bus: RteEventBus;
  /** A user's status is told at most once in this time, milliseconds. */
  readonly userStatusIntervalMs: number;
  /** A queue's status is told at most once in this time, milliseconds. */
  readonly queueStatusIntervalMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Tells the bus each state when it reads differently than it was told last. */
export class StateTeller {
  readonly #options: StateTellerOptions;
  readonly #users: Coalescer;
  readonly #queues: Coalescer;
  /** Availabilities to be told when states are not held back any more; users of the directory. */
  readonly #heldAvailabilities = new Set<string>();
  readonly #toldUsers = new Map<string, UserStatus>();
  readonly #toldAvailabilities = new Map<string, UserAvailability>();
  readonly #toldQueues = new Map<string, QueueStatus>();
  #isHeld = false;

  constructor(options: StateTellerOptions) {
    this.#options = options;
    const { now, userStatusIntervalMs, queueStatusIntervalMs } = options;
    this.#users = new Coalescer(userStatusIntervalMs, (id) => this.#tellUser(id), now);
    this.#queues = new Coalescer(queueStatusIntervalMs, (id) => this.#tellQueue(id), now);
  }

  /** Entries per table, for metrics. */
  sizes() {
    return {
      toldUsers: this.#toldUsers.size,
      toldAvailabilities: this.#toldAvailabilities.size,
      toldQueues: this.#toldQueues.size,
      waitingUsers: this.#users.waiting,
      waitingQueues: this.#queues.waiting,
    };
  }

  /** A state may read differently. */
  touch(change: StateChange): void {
    switch (change.kind) {
      case 'user-status':
        this.#users.touch(change.userId);
        break;
      case 'user-availability':
        if (this.#isHeld) this.#heldAvailabilities.add(change.userId);
        else this.#tellAvailability(change.userId);
        break;
      case 'queue-status':
        this.#queues.touch(change.queueId);
        break;
    }
  }

  /** Tells what is due, unless states are held back: those of long ago are nobody's business. */
  run(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#users.hold(isHeld);
    this.#queues.hold(isHeld);
    if (isHeld) return;
    for (const userId of this.#heldAvailabilities) this.#tellAvailability(userId);
    this.#heldAvailabilities.clear();
    this.#users.run();
    this.#queues.run();
  }

  /** Tells at once what waits for its time. */
  flush(): void {
    this.run(false);
    this.#users.flush();
    this.#queues.flush();
  }

  /** The last that is told of a queue which goes: nobody in it, not available. */
  partWith(queue: Queue): void {
    const { bus, now } = this.#options;
    bus.publish(mapQueueStatus(queue, absentQueueStatus(queue.id), now()));
    this.#toldQueues.delete(queue.id);
  }

  /** Forgets what was told of those who are not in the directory, which bounds it. */
  sweep(): void {
    const { users, queues } = this.#options.directory.current;
    forgetOthers(this.#toldUsers, users);
    forgetOthers(this.#toldAvailabilities, users);
    forgetOthers(this.#toldQueues, queues);
  }

  /** What was not told yet stays untold. */
  stop(): void {
    this.#users.stop();
    this.#queues.stop();
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
}

function isSame<T extends object>(a: T, b: T | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

function forgetOthers(told: Map<string, unknown>, known: ReadonlyMap<string, unknown>): void {
  for (const id of told.keys()) if (!known.has(id)) told.delete(id);
}
