import { eventCatalogue, eventNames, extensionEventNames } from './events/event-catalogue.js';
import { eventJsonSchema } from './events/event-json-schema.js';
import {
  entitySubscriptionSchema,
  hubMethodDocs,
  subscriptionResultSchema,
  subscriptionSchema,
  type HubMethodDoc,
} from './hub-documentation.js';

type Json = Readonly<Record<string, unknown>>;

const DESCRIPTION = `The SignalR hub that speaks the Enreach RTE, from the side of the hub.

Connect with a SignalR client and a token of \`GET /token/{userid}/rte\`: as a Bearer header, or as \`access_token\` in the query where headers can't be set. The messages are those of SignalR's JSON protocol (HubProtocol.md); over MessagePack they carry the same. Subscriptions end with the connection.`;

/** SignalR's numbers of messages. */
const INVOCATION = 1;
const COMPLETION = 3;

const CHANNEL = '#/channels/hub';

/**
 * The AsyncAPI 3.0 document of the hub: its methods, and a message per event. AsyncAPI's own schemas
 * are of JSON Schema draft 7; those of the events read the same in it.
 */
export function asyncApiDocument(): Json {
  const names = [...eventNames, ...extensionEventNames];
  const methods = Object.entries(hubMethodDocs);
  const messages = {
    ...Object.fromEntries(names.map((name): [string, Json] => [name, eventMessage(name)])),
    ...Object.fromEntries(methods.flatMap(([name, doc]) => methodMessages(name, doc))),
  };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'rte-hub: the hub',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: {
      hub: {
        host: '{host}',
        pathname: '/rte',
        protocol: 'wss',
        description:
          'WebSockets; Server-Sent Events and Long Polling by negotiation at /rte/negotiate.',
        variables: { host: { description: 'Where the hub is, with its port.' } },
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    defaultContentType: 'application/json',
    channels: {
      hub: {
        address: '/rte',
        description: 'The connection.',
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      MessageReceived: {
        action: 'send',
        channel: { $ref: CHANNEL },
        summary: 'An event that the connection is subscribed to',
        messages: names.map(refToMessage),
      },
      ...Object.fromEntries(methods.map(([name, doc]) => [name, methodOperation(name, doc)])),
    },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of GET /token/{userid}/rte.',
        },
      },
      schemas: {
        EntitySubscription: entitySubscriptionSchema,
        SubscriptionResult: subscriptionResultSchema,
        Subscription: subscriptionSchema,
        ...Object.fromEntries(names.map((name) => [name, withoutDialect(eventJsonSchema(name))])),
      },
      messages,
    },
  };
}

function eventMessage(name: keyof typeof eventCatalogue): Json {
  const { kind, ttlSeconds, entityType } = eventCatalogue[name];
  const ttl = ttlSeconds < 0 ? 'without limit' : `for ${String(ttlSeconds)} seconds`;
  const data = { $ref: `#/components/schemas/${name}` };
  return {
    name,
    title: name,
    summary: `${kind === 'state' ? 'A state' : 'An occurrence'} of a ${entityType}, of use ${ttl}.`,
    payload: invocation('MessageReceived', {
      parameter: {
        type: 'object',
        properties: { subscription: { $ref: '#/components/schemas/Subscription' }, data },
        required: ['subscription', 'data'],
      },
    }),
  };
}

function methodMessages(name: string, { result, summary, ...doc }: HubMethodDoc): [string, Json][] {
  const asked = { name, title: name, summary, payload: invocation(name, doc, true) };
  const answered = {
    name: `${name}Result`,
    title: `The answer to ${name}`,
    payload: {
      type: 'object',
      properties: { type: { const: COMPLETION }, invocationId: { type: 'string' }, result },
      required: ['type', 'invocationId', 'result'],
    },
  };
  return [
    [name, asked],
    [`${name}Result`, answered],
  ];
}

function methodOperation(name: string, { summary, description }: HubMethodDoc): Json {
  return {
    action: 'receive',
    channel: { $ref: CHANNEL },
    summary,
    description,
    messages: [refToMessage(name)],
    reply: { channel: { $ref: CHANNEL }, messages: [refToMessage(`${name}Result`)] },
  };
}

function invocation(
  target: string,
  { parameter, maxArguments: maxItems = 1 }: Pick<HubMethodDoc, 'parameter' | 'maxArguments'>,
  isAnswered = false,
): Json {
  return {
    type: 'object',
    properties: {
      type: { const: INVOCATION },
      target: { const: target },
      arguments: {
        type: 'array',
        ...(parameter === undefined ? {} : { items: parameter, minItems: 1, maxItems }),
      },
      ...(isAnswered ? { invocationId: { type: 'string' } } : {}),
    },
    required: ['type', 'target', 'arguments', ...(isAnswered ? ['invocationId'] : [])],
  };
}

function refToMessage(name: string): Json {
  return { $ref: `${CHANNEL}/messages/${name}` };
}

function withoutDialect({ $schema: _, ...schema }: Json): Json {
  return schema;
}
