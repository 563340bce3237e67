import * as z from 'zod/mini';

const nullable = z.nullable;

/** A connection, as GET /admin/connections has it. */
export const connectionSchema = z.object({
  Id: z.string(),
  UserId: z.string(),
  UserName: nullable(z.string()),
  DisplayName: z.string(),
  Role: z.enum(['agent', 'supervisor', 'admin']),
  Transport: z.string(),
  Protocol: z.string(),
  IsStateful: z.boolean(),
  Since: z.string(),
  LastReceived: z.string(),
  RemoteAddress: z.string(),
  UserAgent: nullable(z.string()),
  WaitingBytes: z.number(),
  WaitingMessages: z.number(),
  SentMessages: z.number(),
  DroppedMessages: z.number(),
  ConflatedMessages: z.number(),
  Subscriptions: z.number(),
});

export type Connection = z.output<typeof connectionSchema>;

export const connectionsSchema = z.object({
  AsOf: z.string(),
  Total: z.number(),
  Matching: z.number(),
  Connections: z.array(connectionSchema),
});

/** A connection with what it is subscribed to. */
export const connectionDetailSchema = z.extend(connectionSchema, {
  SubscribedTo: z.array(
    z.object({ EntityId: z.string(), EntityType: z.string(), EventName: z.string() }),
  ),
});

export type ConnectionDetail = z.output<typeof connectionDetailSchema>;

const lagSchema = z.object({
  Events: z.number(),
  MedianMs: z.number(),
  P95Ms: z.number(),
  MaxMs: z.number(),
});

/** A source, as GET /admin/sources has it. */
export const sourceSchema = z.object({
  Name: z.string(),
  State: z.enum(['up', 'stale', 'down']),
  Since: z.string(),
  Reason: nullable(z.string()),
  Detail: nullable(z.string()),
  LastEvent: nullable(z.string()),
  Lag: nullable(lagSchema),
  Reconnects: z.number(),
  LastError: nullable(
    z.object({
      At: z.string(),
      Part: z.string(),
      Reason: nullable(z.string()),
      Detail: nullable(z.string()),
    }),
  ),
  IsShared: z.boolean(),
  EventsPerSecond: nullable(z.number()),
  Outcomes: nullable(z.record(z.string(), z.number())),
});

export type Source = z.output<typeof sourceSchema>;

export const sourcesSchema = z.object({ AsOf: z.string(), Sources: z.array(sourceSchema) });

/** Something that was refused, as GET /admin/refusals has it. */
export const refusalSchema = z.object({
  Kind: z.enum(['login', 'connect', 'subscribe', 'read', 'change', 'administration']),
  Reason: z.string(),
  Detail: z.string(),
  UserId: nullable(z.string()),
  UserName: nullable(z.string()),
  IsClaimed: z.boolean(),
  RemoteAddress: nullable(z.string()),
  EntityId: nullable(z.string()),
  EventName: nullable(z.string()),
  First: z.string(),
  Last: z.string(),
  Count: z.number(),
});

export type Refusal = z.output<typeof refusalSchema>;

export const refusalsSchema = z.object({
  AsOf: z.string(),
  Total: z.number(),
  Refusals: z.array(refusalSchema),
});

/** What there is to say about a token. */
export const tokenVerdictSchema = z.object({
  Accepted: z.boolean(),
  Reason: nullable(z.string()),
  Detail: z.string(),
  Steps: z.array(z.object({ Name: z.string(), Result: z.enum(['passed', 'failed', 'unchecked']) })),
  Claims: nullable(z.record(z.string(), z.unknown())),
});

export type TokenVerdict = z.output<typeof tokenVerdictSchema>;

/** What a Subscribe would be answered. */
export const subscriptionVerdictSchema = z.object({
  UserName: z.string(),
  Granted: z.boolean(),
  Message: nullable(z.string()),
  IsAskedLater: z.boolean(),
  Events: z.array(
    z.object({
      EventName: z.string(),
      Granted: z.boolean(),
      Reason: nullable(z.string()),
      Detail: nullable(z.string()),
      Rows: z.array(
        z.object({ Roles: z.array(z.string()), Relation: z.string(), Reason: z.string() }),
      ),
    }),
  ),
});

export type SubscriptionVerdict = z.output<typeof subscriptionVerdictSchema>;

export const usersSchema = z.array(
  z.object({ Id: z.string(), UserName: z.string(), DisplayName: z.string() }),
);

export const namedSchema = z.array(z.object({ Id: z.string(), Name: z.string() }));

export const eventsSchema = z.array(z.object({ Name: z.string(), EntityType: z.string() }));
