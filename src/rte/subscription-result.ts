import type { EntitySubscription } from './entity-subscription.js';

/** Why an item was refused; the text is part of the interface. */
export type Refusal =
  | 'Invalid entity id'
  | 'Unknown event'
  | 'Event not available for entity'
  | 'Unauthorized'
  | 'Subscription limit reached';

/** The answer to one item of Subscribe or Unsubscribe; ids and names as sent, in lower case. */
export interface SubscriptionResult {
  readonly subscribed: boolean;
  readonly message: Refusal | null;
  readonly entityId: string | null;
  readonly eventName: string | null;
}

/** The subscription is there. */
export function subscribed(item: EntitySubscription): SubscriptionResult {
  return { subscribed: true, message: null, ...item };
}

/** The subscription is not there, or no longer. */
export function unsubscribed(item: EntitySubscription): SubscriptionResult {
  return { subscribed: false, message: null, ...item };
}

/** Nothing was done about the item. */
export function refused(item: EntitySubscription, message: Refusal): SubscriptionResult {
  return { subscribed: false, message, ...item };
}
