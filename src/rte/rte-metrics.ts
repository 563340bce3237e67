import type { RefusingRule } from './access-policy.js';
import type { RteEventName } from './events/event-catalogue.js';

/**
 * Why somebody did not get what they asked for, or nobody got an event:
 * - `subscribe`: a Subscribe was answered with Unauthorized
 * - `read`: a request asked for what does not exist, or what the caller may not see
 * - `change`: a request would change what the caller may see only, or not even that
 * - `rights-lost`: a subscription lost its right when the directory was replaced
 * - `organization-unknown`, `entity-unknown`: the directory doesn't know whose event it is
 * - `entity-foreign`: the event names another organization than its entity belongs to
 */
export type AccessDenial =
  | 'subscribe'
  | 'read'
  | 'change'
  | 'rights-lost'
  | 'organization-unknown'
  | 'entity-unknown'
  | 'entity-foreign';

/** What this room counts. */
export interface RteMetrics {
  /** An event came from the bus, whether or not anybody is subscribed to it. */
  eventPublished(name: RteEventName): void;
  /** @param rule what of the access policy refused */
  accessDenied(reason: AccessDenial, rule: RefusingRule): void;
  /** How many subscriptions there are now, over all connections. */
  subscriptions(count: number): void;
}
