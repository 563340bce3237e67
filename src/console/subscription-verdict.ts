import type { Directory, User } from '../directory/types.js';
import { grantingRows, refusingRule } from '../rte/access-policy.js';
import type { AccessRow } from '../rte/access-table.js';
import { parseEntitySubscription } from '../rte/entity-subscription.js';
import { EVERY_ENTITY, namesMatching } from '../rte/event-pattern.js';
import { eventCatalogue, type RteEventName } from '../rte/events/event-catalogue.js';
import { readTarget, refusalOf } from '../rte/subscription-check.js';
import { explainRule, type Explanation } from './rule-words.js';

/** What the policy says of one event. */
interface EventVerdict {
  readonly eventName: RteEventName;
  /** Null when it is granted. */
  readonly refusal: Explanation | null;
  /** The rows of the access table that grant it. */
  readonly rows: readonly Pick<AccessRow, 'roles' | 'relation' | 'reason'>[];
}

/** What a user would be answered who subscribed, and why. */
export interface SubscriptionVerdict {
  readonly granted: boolean;
  /** What the client reads in the result; null when it is granted. */
  readonly message: string | null;
  /** Whether the policy is asked at each delivery, because every entity is meant. */
  readonly isAskedLater: boolean;
  /** Each event that is meant; none when nothing is. */
  readonly events: readonly EventVerdict[];
}

/**
 * Says what a Subscribe of the user would be answered, by the same checks. A login may bring access
 * rules that narrow it: they are not known here.
 * @param asked ids and names as a client would send them
 */
export function judgeSubscription(
  directory: Directory,
  user: User,
  asked: { readonly entityId: string; readonly eventName: string },
): SubscriptionVerdict {
  const named = readTarget(parseEntitySubscription(asked));
  if (!named.ok) return { granted: false, message: named.refusal, isAskedLater: false, events: [] };
  const { entityId, eventName } = named;
  const names = namesMatching(eventName);
  if (entityId === EVERY_ENTITY) {
    const events = names.map((name) => ({ eventName: name, refusal: null, rows: [] }));
    return { granted: true, message: null, isAskedLater: true, events };
  }
  const caller = { ...user, name: user.displayName };
  const refusal = refusalOf(directory, caller, named);
  return {
    granted: refusal === undefined,
    message: refusal?.message ?? null,
    isAskedLater: false,
    events: names.map((name) => judgeEvent(directory, user, entityId, name)),
  };
}

function judgeEvent(
  directory: Directory,
  user: User,
  entityId: string,
  eventName: RteEventName,
): EventVerdict {
  const { id, organizationId } = user;
  const caller = { id, organizationId };
  const entity = { type: eventCatalogue[eventName].entityType, id: entityId };
  const rule = refusingRule(directory, caller, entity, eventName);
  const refusal =
    rule === undefined ? null : explainRule(directory, caller, { rule, entity, eventName });
  const rows = grantingRows(directory, caller, entity, eventName);
  return {
    eventName,
    refusal,
    rows: rows.map(({ roles, relation, reason }) => ({ roles, relation, reason })),
  };
}
