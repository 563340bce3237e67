import type { CallbackRequest } from '../contact-center/index.js';

/** Keeps callback requests. The service is its only writer and writes one request at a time. */
export interface CallbackRepository {
  find(id: string): Promise<CallbackRequest | undefined>;
  /** The open request of a caller in a list: there is at most one. */
  findOpen(callListId: string, contactNumber: string): Promise<CallbackRequest | undefined>;
  /** Adds the request, or replaces the one with its id. */
  save(request: CallbackRequest): Promise<void>;
}
