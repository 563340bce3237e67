import type { Directory, Queue, User } from '../../../directory/types.js';

/**
 * Whom and what a Wazo has been found to serve. The directory may hold users and queues of other
 * systems, too, of whose calls this Wazo's silence says nothing.
 */
export class Served {
  /** Ids, of the directory only: it bounds them. */
  readonly #userIds = new Set<string>();
  readonly #queueIds = new Set<string>();

  get size(): number {
    return this.#userIds.size + this.#queueIds.size;
  }

  addUser(user: User | undefined): void {
    if (user !== undefined) this.#userIds.add(user.id);
  }

  addQueue(queue: Queue | undefined): void {
    if (queue !== undefined) this.#queueIds.add(queue.id);
  }

  /** Those that the directory has; the others are forgotten. */
  within({ users, queues }: Directory): {
    readonly userIds: readonly string[];
    readonly queueIds: readonly string[];
  } {
    for (const id of this.#userIds) if (!users.has(id)) this.#userIds.delete(id);
    for (const id of this.#queueIds) if (!queues.has(id)) this.#queueIds.delete(id);
    return { userIds: [...this.#userIds], queueIds: [...this.#queueIds] };
  }
}
