/** What to subscribe to: an event of an entity; `*` is every entity that one may see. */
export interface EntitySubscription {
  /** A guid, or `*`. */
  readonly entityId: string;
  /** The event's name, `*`, or with a star at the end: `UserCall*`. */
  readonly eventName: string;
}

/** What the hub says to one item of a Subscribe. */
export interface SubscriptionResult {
  readonly subscribed: boolean;
  /**
   * Why not: `Invalid entity id`, `Unknown event`, `Event not available for entity`,
   * `Unauthorized`, `Subscription limit reached`, or another text when there was no answer.
   */
  readonly message: string | null;
  /** As asked for, in lower case. */
  readonly entityId: string;
  readonly eventName: string;
}

/** The subscription through which a message came. */
export interface Subscription {
  readonly id: string;
  readonly organizationId: string;
  readonly eventType: string;
  readonly entityType: string;
  /** A guid, or `*` with `allEntities`. */
  readonly entityId: string;
  readonly allEntities: boolean;
}

/** The same for items that the hub takes for the same. */
export function keyOf({ entityId, eventName }: EntitySubscription): string {
  return `${entityId} ${eventName}`.toLowerCase();
}

/** The answer to an item of which the hub said nothing. */
export function unanswered(item: EntitySubscription, message: string): SubscriptionResult {
  return {
    subscribed: false,
    message,
    entityId: item.entityId.toLowerCase(),
    eventName: item.eventName.toLowerCase(),
  };
}
