import type { CallbackRelatedItem, CallbackRequest } from '../contact-center/index.js';
import { CALLBACK_LIMITS } from './callback-limits.js';

/** The request with one more related item; over the bound the oldest goes. */
export function withRelatedItem(
  request: CallbackRequest,
  item: CallbackRelatedItem,
): CallbackRequest {
  const relatedItems = [...request.relatedItems, item].slice(-CALLBACK_LIMITS.relatedItems);
  return { ...request, relatedItems };
}
