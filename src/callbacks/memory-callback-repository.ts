import type { CallbackRepository } from './callback-repository.js';
import type { CallbackRequest } from '../contact-center/index.js';

/** A day of a large center: 3,000 agents, one caller in twenty gives up. */
const MAX_REQUESTS = 20_000;

/** Keeps requests as long as the process lives; beyond 20,000 the oldest goes. */
export class MemoryCallbackRepository implements CallbackRepository {
  readonly #requests = new Map<string, CallbackRequest>();
  /** Ids of open requests by list and number. */
  readonly #open = new Map<string, string>();

  /** Requests kept now. */
  get size(): number {
    return this.#requests.size;
  }

  async find(id: string): Promise<CallbackRequest | undefined> {
    return this.#requests.get(id);
  }

  async findOpen(callListId: string, contactNumber: string): Promise<CallbackRequest | undefined> {
    const id = this.#open.get(openKey(callListId, contactNumber));
    return id === undefined ? undefined : this.#requests.get(id);
  }

  async save(request: CallbackRequest): Promise<void> {
    this.#remove(request.id);
    this.#requests.set(request.id, request);
    if (!request.isClosed) {
      this.#open.set(openKey(request.callListId, request.contactNumber), request.id);
    }
    const oldest = this.#requests.keys().next();
    if (this.#requests.size > MAX_REQUESTS && oldest.done !== true) this.#remove(oldest.value);
  }

  #remove(id: string): void {
    const known = this.#requests.get(id);
    if (known === undefined) return;
    this.#requests.delete(id);
    const key = openKey(known.callListId, known.contactNumber);
    // A closed request must not take the caller's newer, open one with it.
    if (this.#open.get(key) === id) this.#open.delete(key);
  }
}

function openKey(callListId: string, contactNumber: string): string {
  return `${callListId} ${contactNumber}`;
}
