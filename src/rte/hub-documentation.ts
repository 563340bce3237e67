import { eventNames, extensionEventNames } from './events/event-catalogue.js';
import { entityTypes } from './entities.js';

type Json = Readonly<Record<string, unknown>>;

/** A method of the hub, as clients have to know it. Schemas are JSON Schema. */
export interface HubMethodDoc {
  readonly summary: string;
  readonly description: string;
  /** Of each argument. Superfluous arguments are ignored. */
  readonly parameter?: Json;
  /** One where there is a parameter, unless told. */
  readonly maxArguments?: number;
  readonly result: Json;
}

const nullableText = (description: string): Json => ({ type: ['string', 'null'], description });

const guid = (description: string): Json => ({ type: 'string', format: 'uuid', description });

const guidOrStar = (description: string): Json => ({
  anyOf: [{ type: 'string', format: 'uuid' }, { const: '*' }],
  description,
});

/** What clients subscribe to; member names match in any letter case. */
export const entitySubscriptionSchema: Json = {
  type: 'object',
  description: 'Names an event of an entity. Members match in any letter case.',
  properties: {
    EntityId: guidOrStar(
      'A user, queue, call list or organization; * is every one that the caller may see.',
    ),
    EventName: {
      type: 'string',
      description:
        'The name of an event, in any letter case; with * at the end all that begin so: UserCall*.',
    },
  },
  required: ['EntityId', 'EventName'],
};

export const subscriptionResultSchema: Json = {
  type: 'object',
  description: 'The answer to one item, in the order of the items.',
  properties: {
    subscribed: { type: 'boolean', description: 'Whether there is a subscription now.' },
    message: {
      enum: [
        null,
        'Invalid entity id',
        'Unknown event',
        'Event not available for entity',
        'Unauthorized',
        'Subscription limit reached',
      ],
      description: 'Why the item was refused; null for one that was not.',
    },
    entityId: nullableText('As it was sent, in lower case.'),
    eventName: nullableText('As it was sent, in lower case.'),
  },
  required: ['subscribed', 'message', 'entityId', 'eventName'],
};

export const subscriptionSchema: Json = {
  type: 'object',
  description: 'A subscription, as messages and ActiveSubscriptions carry it.',
  properties: {
    id: guid('The subscription.'),
    allRootEntities: { type: 'boolean', description: 'Always false.' },
    rootEntityId: guid('The organization.'),
    rootEntityType: { const: 'Organization', description: 'What the root entity is.' },
    organizationId: guid('The organization.'),
    eventType: {
      anyOf: [
        { enum: [...eventNames, ...extensionEventNames] },
        { type: 'string', pattern: '[*]$' },
      ],
      description: 'The name of the event; in ActiveSubscriptions as it was subscribed to.',
    },
    entityType: {
      enum: [...entityTypes, '*'],
      description: 'What the event is about; * in ActiveSubscriptions for different things.',
    },
    entityId: guidOrStar('The entity; * when it was subscribed to every one.'),
    allEntities: { type: 'boolean', description: 'Whether it is to every entity.' },
  },
  required: [
    'id',
    'allRootEntities',
    'rootEntityId',
    'rootEntityType',
    'organizationId',
    'eventType',
    'entityType',
    'entityId',
    'allEntities',
  ],
};

const items: Json = {
  type: 'array',
  items: { $ref: '#/components/schemas/EntitySubscription' },
};

const results: Json = {
  type: 'array',
  items: { $ref: '#/components/schemas/SubscriptionResult' },
};

const resumeResult: Json = {
  type: 'object',
  properties: {
    resumed: { type: 'boolean', description: 'Whether everything that was missed has come.' },
    replayed: { type: 'integer', description: 'Messages that came ahead of this answer.' },
    expired: {
      type: 'integer',
      description: 'Messages left out because they waited for longer than messageTTLSeconds.',
    },
    reason: {
      enum: [null, 'nothing-to-resume', 'unknown', 'too-old', 'too-much', 'too-late'],
      description: 'Why it was not resumed.',
    },
    lastEventId: nullableText('From where to resume when no event with a greater id comes.'),
    results,
  },
  required: ['resumed', 'replayed', 'expired', 'reason', 'lastEventId', 'results'],
};

/** The methods by their names, which clients may write in any letter case. */
export const hubMethodDocs: Readonly<Record<string, HubMethodDoc>> = {
  Subscribe: {
    summary: 'Subscribes to events of entities',
    description:
      'A second Subscribe to the same pair keeps the one subscription and its id. A wrong item never fails the call.',
    parameter: items,
    result: results,
  },
  Unsubscribe: {
    summary: 'Ends subscriptions',
    description: 'Nothing of them is delivered after the answer.',
    parameter: items,
    result: results,
  },
  UnsubscribeAll: {
    summary: 'Ends all subscriptions of the connection',
    description: 'Nothing is delivered after the answer.',
    result: { const: true },
  },
  Resume: {
    summary: 'Subscribes after a lost connection, and brings what was missed',
    description:
      'Arguments: the greatest id among the events received so far and the lastEventId of the last Resume, or null; then what to subscribe to, which may be left out when Subscribe was called before. What was missed comes ahead of the answer: each thing that happened once and in order, of states the newest, unless the connection gets them on Subscribe (?snapshot=1).',
    parameter: {
      anyOf: [
        {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'The id of the newest event known.',
        },
        items,
      ],
    },
    maxArguments: 2,
    result: resumeResult,
  },
  AvailableSubscriptions: {
    summary: 'The events that can be subscribed to',
    description: 'The 31 names of the RTE; with RTE_EXTENSION_EVENTS also those of this hub.',
    result: { type: 'array', items: { type: 'string' } },
  },
  ActiveSubscriptions: {
    summary: 'The subscriptions of the connection',
    description: 'In the order in which they were made.',
    result: { type: 'array', items: { $ref: '#/components/schemas/Subscription' } },
  },
};
