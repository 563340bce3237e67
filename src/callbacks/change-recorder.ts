import { v7 as uuidV7 } from 'uuid';
import type { CallbackRequest } from '../contact-center/index.js';
import { closedBySystem } from './callback-requests.js';
import type { CallbackTransaction } from './store/callback-store.js';

/** Writes requests together with the events that tell of them. */
export class ChangeRecorder {
  readonly #now: () => number;

  /** @param now the time of the events, epoch ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  created(transaction: CallbackTransaction, request: CallbackRequest): Promise<void> {
    return this.#save(transaction, request, true);
  }

  changed(transaction: CallbackTransaction, request: CallbackRequest): Promise<void> {
    return this.#save(transaction, request, false);
  }

  /** The open request of a number at `at`, epoch ms; one that has expired by then is closed instead. */
  async findOpen(
    transaction: CallbackTransaction,
    callListId: string,
    contactNumber: string,
    at: number,
  ): Promise<CallbackRequest | undefined> {
    const open = await transaction.findOpen(callListId, contactNumber);
    if (open === undefined || open.expiryDate === null || at < open.expiryDate) return open;
    await this.changed(transaction, closedBySystem(open, open.expiryDate));
    return undefined;
  }

  #save(
    transaction: CallbackTransaction,
    request: CallbackRequest,
    created: boolean,
  ): Promise<void> {
    return transaction.save({ request, created, eventId: uuidV7(), timestamp: this.#now() });
  }
}
