import { z } from 'zod';
import { answerSchemas, body } from '../schemas.js';

function answer<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  answerSchemas.add(schema, { id });
  return schema;
}

const time = (description: string) => z.string().describe(`${description} ISO 8601, UTC.`);
const count = (description: string) => z.int().describe(description);

export const connectionSchema = answer(
  'AdminConnection',
  z
    .object({
      Id: z.string().describe('The connection id, as the client knows it. It opens nothing.'),
      UserId: z.guid().describe('Whose it is.'),
      UserName: z.string().nullable().describe('The login name; null for who was removed.'),
      DisplayName: z.string().describe('The name for people.'),
      Role: z.enum(['agent', 'supervisor', 'admin']).describe('The role that counts here.'),
      Transport: z
        .enum(['WebSockets', 'ServerSentEvents', 'LongPolling'])
        .describe("SignalR's name of the transport."),
      Protocol: z.string().describe('The hub protocol, `json` or `messagepack`.'),
      ProtocolVersion: count('The version of the protocol.'),
      IsStateful: z
        .boolean()
        .describe('Whether the client may come back on another socket and lose nothing.'),
      Since: time('When it was opened.'),
      LastReceived: time('When something came from the client last.'),
      RemoteAddress: z.string().describe('Where the client is.'),
      UserAgent: z.string().nullable().describe('What the client calls itself; null for nothing.'),
      WaitingBytes: count('Bytes that wait for the client. Above 1 MiB it is disconnected.'),
      WaitingMessages: count('Messages that wait in its queue.'),
      SentMessages: count('Messages sent since it was opened.'),
      DroppedMessages: count('Messages that waited for too long and were not sent.'),
      ConflatedMessages: count('States that a newer one replaced while they waited.'),
      Subscriptions: count('How many subscriptions it has.'),
    })
    .describe("A connection of one of the organization's users."),
);

export const connectionsSchema = answer(
  'AdminConnections',
  z
    .object({
      AsOf: time('When this was so.'),
      Total: count('Connections of the organization.'),
      Matching: count('Those of them that were searched for.'),
      Connections: z.array(connectionSchema).describe('The first of those in the order asked for.'),
    })
    .describe('Who is connected.'),
);

export const connectionDetailSchema = answer(
  'AdminConnectionDetail',
  connectionSchema
    .extend({
      SubscribedTo: z
        .array(
          z.object({
            EntityId: z.string().describe('The entity; `*` for every one that the user may see.'),
            EntityType: z.string().describe('Its kind; `*` for several.'),
            EventName: z.string().describe('The event, or a pattern that ends with `*`.'),
          }),
        )
        .describe('The first of its subscriptions, oldest first.'),
    })
    .describe('A connection with what it is subscribed to.'),
);

const delaySchema = z
  .object({
    Events: count('Events of the last minute of which it is known how late they came.'),
    MedianMs: z.number().describe('Half of them came sooner, milliseconds.'),
    P95Ms: z.number().describe('95 of 100 came sooner, milliseconds.'),
    MaxMs: z.number().describe('The latest, milliseconds.'),
  })
  .describe('How much later than they were said events came.');

export const sourceSchema = answer(
  'AdminSource',
  z
    .object({
      Name: z.string().describe('As in RTE_SOURCES.'),
      State: z.enum(['up', 'stale', 'down']).describe('As in SourceStatus.'),
      Since: time('Since when it is so.'),
      Reason: z.string().nullable().describe('Why, in words for everybody; null while it is up.'),
      Detail: z
        .string()
        .nullable()
        .describe('Why, for operators; null while it is up, and of a shared source.'),
      LastEvent: time('When something came from it last; null before the first time.').nullable(),
      Lag: delaySchema
        .nullable()
        .describe('How late its events come; null when they do not say when they were said.'),
      Reconnects: count('How often its events came again after a loss.'),
      LastError: z
        .object({
          At: time('When it was reported.'),
          Part: z.string().describe('Which part of the source it was.'),
          Reason: z.string().nullable().describe('What it was, in words for everybody.'),
          Detail: z.string().nullable().describe('What it was, for operators.'),
        })
        .nullable()
        .describe('What was wrong last; null for nothing since the start.'),
      IsShared: z
        .boolean()
        .describe('Whether other organizations have their events from it as well.'),
      EventsPerSecond: z
        .number()
        .nullable()
        .describe('Over the last minute; null of a shared source.'),
      Outcomes: z
        .record(z.string(), z.int())
        .nullable()
        .describe('Events since the start by what became of them; null of a shared source.'),
    })
    .describe('A telephony system that the events of the organization come from.'),
);

export const sourcesSchema = answer(
  'AdminSources',
  z
    .object({
      AsOf: time('When this was so.'),
      Sources: z.array(sourceSchema).describe('In the order of the settings.'),
    })
    .describe('Where events come from.'),
);

export const refusalSchema = answer(
  'AdminRefusal',
  z
    .object({
      Kind: z
        .enum(['login', 'connect', 'subscribe', 'read', 'change', 'administration'])
        .describe('What was refused.'),
      Reason: z.string().describe('Why, as a word. Clients are not told it.'),
      Detail: z.string().describe('Why, in words, where there is more to say.'),
      UserId: z.guid().nullable().describe('Who asked; null when nobody knows.'),
      UserName: z
        .string()
        .nullable()
        .describe('Their name. Of one that nobody has only the beginning is kept.'),
      IsClaimed: z.boolean().describe('Whether nobody has proved to be that user.'),
      RemoteAddress: z.string().nullable().describe('Where it came from; null when not known.'),
      ConnectionId: z.string().nullable().describe('On which connection; null on none.'),
      EntityId: z.string().nullable().describe('The entity that was asked for; null for none.'),
      EventName: z.string().nullable().describe('The event that was asked for; null for none.'),
      First: time('When it happened first.'),
      Last: time('When it happened last.'),
      Count: count('How often it happened.'),
    })
    .describe('A request that was refused, and how often.'),
);

export const refusalsSchema = answer(
  'AdminRefusals',
  z
    .object({
      AsOf: time('When this was so.'),
      Total: count('Entries that are kept; of more, the oldest of whoever has most are gone.'),
      Refusals: z.array(refusalSchema).describe('The latest first.'),
    })
    .describe('What was refused.'),
);

export const tokenVerdictSchema = answer(
  'TokenVerdict',
  z
    .object({
      Accepted: z.boolean().describe('Whether it opens the hub now.'),
      Reason: z.string().nullable().describe('Why not, as a word; null when it is accepted.'),
      Detail: z.string().describe('Why not, in words.'),
      Steps: z
        .array(
          z.object({
            Name: z.string().describe('What is looked at.'),
            Result: z.enum(['passed', 'failed', 'unchecked']).describe('How that ended.'),
          }),
        )
        .describe('What was looked at, in order; the first that fails ends it.'),
      Header: z.record(z.string(), z.unknown()).nullable().describe('What it says of itself.'),
      Claims: z
        .record(z.string(), z.unknown())
        .nullable()
        .describe('What it claims; proven only from the step after Signature on.'),
    })
    .describe('Whether a token is accepted, and if not, why.'),
);

export const subscriptionVerdictSchema = answer(
  'SubscriptionVerdict',
  z
    .object({
      UserId: z.guid().describe('Whose Subscribe it would be.'),
      UserName: z.string().describe('Their name.'),
      Granted: z.boolean().describe('Whether it would be granted.'),
      Message: z
        .string()
        .nullable()
        .describe('What the client would read as `message`; null when it is granted.'),
      IsAskedLater: z
        .boolean()
        .describe('Whether every entity is meant, so that each delivery is asked about.'),
      Events: z
        .array(
          z.object({
            EventName: z.string().describe('The event.'),
            Granted: z.boolean().describe('Whether the user may receive it.'),
            Reason: z.string().nullable().describe('Why not, as a word.'),
            Detail: z.string().nullable().describe('Why not, in words.'),
            Rows: z
              .array(
                z.object({
                  Roles: z.array(z.string()).describe('Whom the row is for.'),
                  Relation: z.string().describe('How they have to stand to the entity.'),
                  Reason: z.string().describe('Why there is the row.'),
                }),
              )
              .describe('The rows of the access table that grant it.'),
          }),
        )
        .describe('Each event that is meant.'),
    })
    .describe('What a Subscribe would be answered, and why.'),
);

export const checkTokenBody = body(
  'TokenToCheck',
  z
    .object({
      Token: z
        .string({ error: 'give the token as a text' })
        .trim()
        .min(1, { error: 'give the token' })
        .describe('A token for the hub. It is not kept.'),
    })
    .describe('A token to be checked.'),
);

export const checkSubscriptionBody = body(
  'SubscriptionToCheck',
  z
    .object({
      UserId: z
        .guid({ error: 'give the id of a user' })
        .optional()
        .describe('Whose subscription it would be; or UserName.'),
      UserName: z.string().optional().describe('The login name, in the place of UserId.'),
      EntityId: z.string({ error: 'give the id of an entity, or *' }).describe('Of what; or `*`.'),
      EventName: z
        .string({ error: 'give the name of an event' })
        .describe('Which event, or a pattern that ends with `*`.'),
    })
    .refine(({ UserId, UserName }) => (UserId === undefined) !== (UserName === undefined), {
      error: 'give either UserId or UserName',
      path: ['UserId'],
    })
    .describe('A subscription to be judged.'),
);
