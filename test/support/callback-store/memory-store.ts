import { numberKey } from '../../../src/callbacks/callback-requests.js';
import type { CallbackPage, CallbackQuery } from '../../../src/callbacks/callback-operations.js';
import type {
  CallbackStore,
  CallbackTransaction,
  OutboxEntry,
} from '../../../src/callbacks/store/callback-store.js';
import type { CallbackChangeEvent, CallbackRequest } from '../../../src/contact-center/index.js';

/**
 * What a store is, said in the shortest way: the model of the real ones, and a store whose faults a
 * test sets. It takes no time, so it works with a fake clock.
 */
export class MemoryCallbackStore implements CallbackStore {
  /** What all calls reject with while it is set. */
  fault: Error | undefined;
  requests = new Map<string, CallbackRequest>();
  outbox: OutboxEntry[] = [];
  /** How often it was connected. */
  connections = 0;
  transactions = 0;
  #nextPosition = 1;

  async connect(): Promise<void> {
    this.#check();
    this.connections += 1;
  }

  async transaction<Result>(
    work: (transaction: CallbackTransaction) => Promise<Result>,
  ): Promise<Result> {
    this.#check();
    const [requests, position] = [new Map(this.requests), this.#nextPosition];
    try {
      const result = await work(this.#open());
      this.#check();
      this.transactions += 1;
      return result;
    } catch (error) {
      this.requests = requests;
      // Events that the relay took out meanwhile stay out.
      this.outbox = this.outbox.filter((entry) => entry.position < position);
      throw error;
    }
  }

  async find(id: string): Promise<CallbackRequest | undefined> {
    this.#check();
    return this.requests.get(id);
  }

  async list(query: CallbackQuery): Promise<CallbackPage> {
    this.#check();
    const all = [...this.requests.values()].filter((request) => isWanted(request, query));
    const rest = all.sort(byCreation).filter((request) => comesAfter(request, query.after));
    const requests = rest.slice(0, query.limit);
    const last = requests.at(-1);
    const next = rest.length > query.limit ? last : undefined;
    return { requests, next: next && { creationTime: next.creationTime, id: next.id } };
  }

  async untoldEvents(limit: number): Promise<readonly OutboxEntry[]> {
    this.#check();
    return this.outbox.slice(0, limit);
  }

  async countUntoldEvents(): Promise<number> {
    this.#check();
    return this.outbox.length;
  }

  async removeEvents(entries: readonly OutboxEntry[]): Promise<void> {
    this.#check();
    const gone = new Set(entries.map(({ position }) => position));
    this.outbox = this.outbox.filter(({ position }) => !gone.has(position));
  }

  async close(): Promise<void> {
    this.fault = new Error('the store is closed');
  }

  #check(): void {
    if (this.fault !== undefined) throw this.fault;
  }

  #open(): CallbackTransaction {
    return {
      find: async (id) => this.requests.get(id),
      findOpen: async (callListId, contactNumber) =>
        [...this.requests.values()].find(
          (one) =>
            !one.isClosed &&
            one.callListId === callListId &&
            numberKey(one.contactNumber) === numberKey(contactNumber),
        ),
      findExpired: async (time, limit) =>
        [...this.requests.values()]
          .filter((one) => !one.isClosed && one.expiryDate !== null && one.expiryDate <= time)
          .sort((a, b) => (a.expiryDate ?? 0) - (b.expiryDate ?? 0) || (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      save: async (event) => this.#save(event),
      deleteClosed: async (time, limit) => this.#deleteClosed(time, limit),
    };
  }

  #save(event: CallbackChangeEvent): void {
    this.requests.set(event.request.id, event.request);
    this.outbox.push({ position: this.#nextPosition, event });
    this.#nextPosition += 1;
  }

  #deleteClosed(time: number, limit: number): number {
    const old = [...this.requests.values()]
      .filter(({ isClosed, modified }) => isClosed && modified < time)
      .sort((a, b) => a.modified - b.modified)
      .slice(0, limit);
    for (const { id } of old) this.requests.delete(id);
    return old.length;
  }
}

function isWanted(request: CallbackRequest, query: CallbackQuery): boolean {
  const { callListIds, state, assignedUserId, dueBefore } = query;
  if (!callListIds.includes(request.callListId)) return false;
  if (state !== undefined && request.isClosed !== (state === 'closed')) return false;
  if (assignedUserId !== undefined && request.assignedUserId !== assignedUserId) return false;
  if (dueBefore === undefined) return true;
  return request.dueDate !== null && request.dueDate < dueBefore;
}

function comesAfter(request: CallbackRequest, after: CallbackQuery['after']): boolean {
  return after === undefined || byCreation(request, after) > 0;
}

function byCreation(
  a: { readonly creationTime: number; readonly id: string },
  b: { readonly creationTime: number; readonly id: string },
): number {
  if (a.creationTime !== b.creationTime) return a.creationTime - b.creationTime;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
