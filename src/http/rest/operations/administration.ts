import { z } from 'zod';
import type { ConnectionQuery } from '../administration/administration.js';
import {
  connectionAnswer,
  isoTime,
  refusalAnswer,
  sourceAnswer,
  subscriptionAnswer,
  tokenAnswer,
} from '../administration/answers.js';
import {
  checkSubscriptionBody,
  checkTokenBody,
  connectionDetailSchema,
  connectionsSchema,
  refusalsSchema,
  sourcesSchema,
  subscriptionVerdictSchema,
  tokenVerdictSchema,
} from '../administration/schemas.js';
import { adminOperation, noBody, noQuery, type Operation } from '../operation.js';
import { noContent, notFound, ok } from '../results.js';

/** Most connections in an answer, and how many without asking: more than fit on a screen. */
const MAX_CONNECTIONS = 1_000;
const CONNECTIONS = 200;

/** Most subscriptions of a connection in an answer; it may have 2,000. */
const MAX_SUBSCRIPTIONS = 500;

const tag = 'Administration';

const NO_CONNECTION = 'The organization has no such connection, or no longer.';

const ORDERS: Readonly<Record<string, ConnectionQuery['order']>> = {
  UserName: 'userName',
  Since: 'connectedAt',
  LastReceived: 'lastReceivedAt',
  WaitingBytes: 'outboundBytes',
  SentMessages: 'messagesSent',
  Subscriptions: 'subscriptions',
};

const flag = z.enum(['true', 'false'], { error: 'give true or false' });

const connectionQuery = z.strictObject({
  Search: z
    .string()
    .max(100, { error: 'give 100 characters or less' })
    .optional()
    .describe('A part of a name, id, address, transport, protocol or client.'),
  OrderBy: z
    .enum(['UserName', 'Since', 'LastReceived', 'WaitingBytes', 'SentMessages', 'Subscriptions'])
    .optional()
    .describe('What the order goes by; UserName when left out.'),
  Descending: flag.optional().describe('Whether the largest comes first.'),
  Limit: z.coerce
    .number({ error: 'give a whole number' })
    .int({ error: 'give a whole number' })
    .min(1, { error: 'give 1 or more' })
    .max(MAX_CONNECTIONS, { error: `give ${String(MAX_CONNECTIONS)} or less` })
    .optional()
    .describe(`Most connections in the answer; ${String(CONNECTIONS)} when left out.`),
});

/** What the console at /admin shows; only of the administrator's own organization. */
export const administrationOperations: readonly Operation[] = [
  adminOperation({
    id: 'listConnections',
    method: 'GET',
    path: '/admin/connections',
    tag,
    summary: 'Who is connected to the hub, and how much waits for them',
    query: connectionQuery,
    body: noBody,
    success: {
      200: { description: 'The connections.', body: { kind: 'one', schema: connectionsSchema } },
    },
    async handle({ caller, query }, { administration, now }) {
      const { Search: search = '', OrderBy: order = 'UserName', Limit: limit } = query;
      const { total, matching, connections } = await administration.connections.page(
        caller.organizationId,
        {
          search,
          order: ORDERS[order] ?? 'userName',
          isDescending: query.Descending === 'true',
          limit: limit ?? CONNECTIONS,
        },
      );
      const Connections = connections.map(connectionAnswer);
      return ok({ AsOf: isoTime(now()), Total: total, Matching: matching, Connections });
    },
  }),
  adminOperation({
    id: 'getConnection',
    method: 'GET',
    path: '/admin/connections/{connectionId}',
    tag,
    summary: 'A connection with what it is subscribed to',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'It.', body: { kind: 'one', schema: connectionDetailSchema } },
    },
    problems: { 404: NO_CONNECTION },
    handle({ caller, given: { connectionId = '' } }, { administration }) {
      const found = administration.connections.find(caller.organizationId, connectionId);
      if (found === undefined) return notFound('connection');
      const SubscribedTo = found.subscriptions
        .slice(0, MAX_SUBSCRIPTIONS)
        .map(({ entityId, entityType, eventType }) => ({
          EntityId: entityId,
          EntityType: entityType,
          EventName: eventType,
        }));
      return ok({ ...connectionAnswer(found.row), SubscribedTo });
    },
  }),
  adminOperation({
    id: 'closeConnection',
    method: 'DELETE',
    path: '/admin/connections/{connectionId}',
    tag,
    summary: 'Ends a connection',
    description:
      'Its client is told that it may come back by itself, unless AllowReconnect is false. It may come back with its token in any case: revoke that as well to keep somebody out.',
    query: z.strictObject({
      AllowReconnect: flag
        .optional()
        .describe('Whether the client is told to come back; true when left out.'),
    }),
    body: noBody,
    success: { 204: { description: 'It is ended.' } },
    problems: { 404: NO_CONNECTION },
    handle({ caller, given: { connectionId = '' }, query }, { administration }) {
      const mayComeBack = query.AllowReconnect !== 'false';
      const { connections } = administration;
      const isEnded = connections.close(caller.organizationId, connectionId, mayComeBack);
      return isEnded ? noContent : notFound('connection');
    },
  }),
  adminOperation({
    id: 'listSources',
    method: 'GET',
    path: '/admin/sources',
    tag,
    summary: 'The telephony systems that events come from: how they are, and how late events come',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'The sources.', body: { kind: 'one', schema: sourcesSchema } },
    },
    handle({ caller }, { administration, now }) {
      const Sources = administration.sources(caller.organizationId).map(sourceAnswer);
      return ok({ AsOf: isoTime(now()), Sources });
    },
  }),
  adminOperation({
    id: 'listRefusals',
    method: 'GET',
    path: '/admin/refusals',
    tag,
    summary: 'What was refused lately, with the reasons that clients are not told',
    description:
      'Equal ones are one entry with a count. What cannot be attributed to an organization is not kept, unless the directory has one organization only.',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'The refusals.', body: { kind: 'one', schema: refusalsSchema } },
    },
    handle({ caller }, { administration, now }) {
      const Refusals = administration.refusals(caller.organizationId).map(refusalAnswer);
      return ok({ AsOf: isoTime(now()), Total: Refusals.length, Refusals });
    },
  }),
  adminOperation({
    id: 'checkToken',
    method: 'POST',
    path: '/admin/check-token',
    tag,
    summary: 'Whether a token opens the hub, and if not, what is wrong with it',
    description: 'Of tokens of other organizations nothing is said.',
    query: noQuery,
    body: checkTokenBody,
    success: {
      200: {
        description: 'What there is to say about it.',
        body: { kind: 'one', schema: tokenVerdictSchema },
      },
    },
    async handle({ caller, body }, { administration }) {
      return ok(tokenAnswer(await administration.checkToken(caller.organizationId, body.Token)));
    },
  }),
  adminOperation({
    id: 'checkSubscription',
    method: 'POST',
    path: '/admin/check-subscription',
    tag,
    summary: 'What a Subscribe of a user would be answered, and why',
    description:
      'By the same checks. The access control list that a Wazo token brings may narrow it further.',
    query: noQuery,
    body: checkSubscriptionBody,
    success: {
      200: {
        description: 'What it would be answered.',
        body: { kind: 'one', schema: subscriptionVerdictSchema },
      },
    },
    problems: { 404: 'The organization has no such user.' },
    handle({ caller, body }, { administration }) {
      const { UserId: id, UserName: userName = '', EntityId: entityId, EventName } = body;
      const judged = administration.checkSubscription(
        caller.organizationId,
        id === undefined ? { userName } : { id },
        { entityId, eventName: EventName },
      );
      if (judged === undefined) return notFound('user');
      return ok(subscriptionAnswer(judged.user, judged.verdict));
    },
  }),
];
