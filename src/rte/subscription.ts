import { randomUUID } from 'node:crypto';

import type { Directory } from '../directory/types.js';
import { MessageTemplate, type HubCaller } from '../signalr/index.js';
import { eventCatalogue, type RteEventName } from './events/event-catalogue.js';
import type { EntityType } from './events/event-definition.js';
import type { RteUser } from './rte-user.js';

/** A subscription as clients see it: beside the data of every message, and in ActiveSubscriptions. */
export interface Subscription {
  readonly id: string;
  readonly allRootEntities: false;
  readonly rootEntityId: string;
  readonly rootEntityType: 'Organization';
  readonly organizationId: string;
  readonly eventType: RteEventName;
  readonly entityType: EntityType;
  readonly entityId: string;
  readonly allEntities: false;
}

/** An entity and one of its events. The id is a lower-case guid. */
export interface Topic {
  readonly entityId: string;
  readonly eventName: RteEventName;
}

/** What a subscription is to. */
export interface SubscriptionTarget extends Topic {
  readonly organizationId: string;
}

/** A subscription with what its delivery needs. */
export interface ActiveSubscription {
  readonly subscription: Subscription;
  readonly caller: HubCaller<RteUser>;
  /** The part that all its messages have in common, encoded once. */
  readonly template: MessageTemplate;
  /** What the access policy said, and of which directory; replaced when the directory was. */
  access: { readonly directory: Directory; readonly allowed: boolean };
}

/** Events of which a client that lags behind gets only the newest: each tells all there is to know. */
const conflatedEvents: ReadonlySet<RteEventName> = new Set([
  'UserStatus',
  'UserAvailability',
  'QueueStatus',
  'SourceStatus',
]);

/** Makes the subscription of a caller who is allowed to have it under `directory`. */
export function createActiveSubscription(
  caller: HubCaller<RteUser>,
  target: SubscriptionTarget,
  directory: Directory,
): ActiveSubscription {
  const subscription = createSubscription(target);
  const template = new MessageTemplate({
    target: 'MessageReceived',
    constant: { subscription },
    slot: 'data',
    conflate: conflatedEvents.has(target.eventName),
  });
  return { subscription, caller, template, access: { directory, allowed: true } };
}

function createSubscription(target: SubscriptionTarget): Subscription {
  return {
    id: randomUUID(),
    allRootEntities: false,
    rootEntityId: target.organizationId,
    rootEntityType: 'Organization',
    organizationId: target.organizationId,
    eventType: target.eventName,
    entityType: eventCatalogue[target.eventName].entityType,
    entityId: target.entityId,
    allEntities: false,
  };
}
