import { randomUUID } from 'node:crypto';

import type { Directory } from '../directory/types.js';
import { MessageTemplate, type HubCaller } from '../signalr/index.js';
import { EVERY_ENTITY, isEventPattern, namesMatching, type EventPattern } from './event-pattern.js';
import { eventCatalogue, type RteEventName } from './events/event-catalogue.js';
import type { EntityType } from './events/event-definition.js';
import type { RteUser } from './rte-user.js';

/**
 * A subscription as clients see it: beside the data of every message, and in ActiveSubscriptions.
 * There a wildcard has `*` for what it leaves open; beside a message it names the event that came.
 */
export interface Subscription {
  readonly id: string;
  readonly allRootEntities: false;
  readonly rootEntityId: string;
  readonly rootEntityType: 'Organization';
  readonly organizationId: string;
  readonly eventType: RteEventName | EventPattern;
  readonly entityType: EntityType | '*';
  readonly entityId: string;
  readonly allEntities: boolean;
}

/** An entity and one of its events. The id is a lower-case guid. */
export interface Topic {
  readonly entityId: string;
  readonly eventName: RteEventName;
}

/** What a subscription is to: one topic, or with wildcards many. */
export interface SubscriptionTarget {
  readonly organizationId: string;
  /** A lower-case guid, or EVERY_ENTITY. */
  readonly entityId: string;
  readonly eventName: RteEventName | EventPattern;
}

interface SubscriptionBasis {
  readonly subscription: Subscription;
  readonly caller: HubCaller<RteUser>;
  /** The events it is to. */
  readonly names: readonly RteEventName[];
  /** Its place in the history: what was told after it has been sent. */
  readonly since: number;
}

/** A subscription to one topic, with what its delivery needs. */
export interface ExactSubscription extends SubscriptionBasis {
  readonly kind: 'exact';
  readonly topic: Topic;
  /** The part that all its messages have in common, encoded once. */
  readonly template: MessageTemplate;
  /** What the access policy said, and of which directory; replaced when the directory was. */
  access: { readonly directory: Directory; readonly allowed: boolean };
}

/** A subscription with wildcards. The policy is asked at each delivery; see access-decisions.ts. */
export interface WildcardSubscription extends SubscriptionBasis {
  readonly kind: 'wildcard';
  /** What its messages of an event have in common; made for the first of them. One per event. */
  readonly templates: Map<RteEventName, MessageTemplate>;
}

/** A subscription as it is in force. */
export type ActiveSubscription = ExactSubscription | WildcardSubscription;

/** Events of which a client that lags behind gets only the newest: each tells all there is to know. */
export const conflatedEvents: ReadonlySet<RteEventName> = new Set([
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
  since: number,
): ActiveSubscription {
  const { entityId, eventName } = target;
  const names = namesMatching(eventName);
  const subscription = createSubscription(target, names);
  const basis = { subscription, caller, names, since };
  if (entityId === EVERY_ENTITY || isEventPattern(eventName)) {
    return { kind: 'wildcard', ...basis, templates: new Map() };
  }
  const template = createTemplate(subscription, eventName);
  const topic = { entityId, eventName };
  const access = { directory, allowed: true };
  return { kind: 'exact', ...basis, topic, template, access };
}

/** The template of the subscription's messages of an event, which is one of its names. */
export function templateOf(active: ActiveSubscription, name: RteEventName): MessageTemplate {
  if (active.kind === 'exact') return active.template;
  const known = active.templates.get(name);
  if (known !== undefined) return known;
  const { entityType } = eventCatalogue[name];
  const template = createTemplate({ ...active.subscription, eventType: name, entityType }, name);
  active.templates.set(name, template);
  return template;
}

function createTemplate(subscription: Subscription, name: RteEventName): MessageTemplate {
  return new MessageTemplate({
    target: 'MessageReceived',
    constant: { subscription },
    slot: 'data',
    conflate: conflatedEvents.has(name),
  });
}

function createSubscription(
  { organizationId, entityId, eventName }: SubscriptionTarget,
  names: readonly RteEventName[],
): Subscription {
  return {
    id: randomUUID(),
    allRootEntities: false,
    rootEntityId: organizationId,
    rootEntityType: 'Organization',
    organizationId,
    eventType: eventName,
    entityType: commonType(names),
    entityId,
    allEntities: entityId === EVERY_ENTITY,
  };
}

function commonType(names: readonly RteEventName[]): EntityType | '*' {
  const types = new Set(names.map((name) => eventCatalogue[name].entityType));
  const [type] = types;
  return type === undefined || types.size > 1 ? '*' : type;
}
