import { z } from 'zod';
import { AVAILABILITY_NAMES, typeOfAvailability } from './availability-types.js';

/** The schemas of answers that have a name in the OpenAPI document. */
export const answerSchemas = z.registry<{ readonly id: string }>();

/** The schemas of request bodies that have a name in the OpenAPI document. */
export const bodySchemas = z.registry<{ readonly id: string }>();

/** Names the schema of an answer. */
export function answer<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  answerSchemas.add(schema, { id });
  return schema;
}

/** Names the schema of a body. */
export function body<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  bodySchemas.add(schema, { id });
  return schema;
}

/** The schema of a time. */
export const time = (description: string) => z.string().describe(`${description} ISO 8601, UTC.`);

const availabilityTypes = AVAILABILITY_NAMES.map(
  (name) => `${String(typeOfAvailability(name))} ${name}`,
).join(', ');

answer(
  'Problem',
  z
    .object({
      title: z.string().describe("The status's name."),
      status: z.int().describe('The HTTP status.'),
      detail: z.string().optional().describe('What to do.'),
      errors: z
        .array(
          z.object({
            field: z.string().describe('The name of the field, in the query or the body.'),
            problem: z.string().describe('What is wrong with it.'),
          }),
        )
        .optional()
        .describe('Every wrong field of the request.'),
    })
    .describe('Why the request was not done (RFC 9457).'),
);

export const userSchema = answer(
  'User',
  z
    .object({
      Id: z.guid().describe('The id that subscriptions name.'),
      UserName: z.string().describe('The name to log in with.'),
      OrganizationID: z.guid().describe('The organization of the user.'),
      DisplayName: z.string().describe('The name for people.'),
      Role: z
        .enum(['agent', 'supervisor', 'admin'])
        .describe('What the user may see, by the access policy.'),
    })
    .describe('A user of the directory.'),
);

export const availabilitySchema = answer(
  'Availability',
  z
    .object({
      Id: z
        .guid()
        .describe('Names an availability that was set in the hub; the zero guid for no such one.'),
      UserID: z.guid().describe('Whose it is.'),
      EventTypeID: z.int().describe(`The availability as a number: ${availabilityTypes}.`),
      Availability: z
        .enum(AVAILABILITY_NAMES)
        .describe('The availability, as UserAvailability has it.'),
      EventSource: z.string().describe('Which system or client set it.'),
      Note: z.string().describe('What the user wrote about it.'),
      StartTime: time('From when it holds; the year 1 when that is not known.'),
      EndTime: time('Until when it holds; the year 9999 means until further notice.'),
      TransferNumber: z.string().describe('Where calls go meanwhile; empty when nowhere else.'),
    })
    .describe('The availability that holds for a user.'),
);

export const queueSchema = answer(
  'Queue',
  z
    .object({
      Id: z.guid().describe('The id that subscriptions name.'),
      Name: z.string().describe('The name of the queue.'),
      Numbers: z.array(z.string()).describe('The numbers to call it by.'),
      TypeId: z.literal(4).describe('4 is a service queue; the hub has no others.'),
      Status: z
        .object({
          OpenStatus: z.int().describe('As in QueueStatus: 5 open, 3 closed.'),
          MaxWaitTime: z.int().describe('How many seconds the longest waiting call has waited.'),
          QueueLength: z.int().describe('Calls that wait.'),
          OngoingCalls: z.int().describe('Calls that talk to an agent.'),
          AgentsOnWrapUp: z.int().describe('Agents who wrap up.'),
          FreeAgents: z.int().describe('Agents who could take a call at once.'),
          ServingAgents: z.int().describe('Agents who serve the queue, estimated.'),
        })
        .nullable()
        .describe('The counters now; null for who may not receive QueueStatus.'),
    })
    .describe('A service queue.'),
);

export const callListSchema = answer(
  'CallList',
  z
    .object({
      Id: z.guid().describe('The id that subscriptions name.'),
      Name: z.string().describe('The name of the list.'),
      OrganizationID: z.guid().describe('The organization of the list.'),
      QueueIds: z.array(z.guid()).describe('The queues whose callers come onto it.'),
      Collect: z
        .array(z.enum(['explicit', 'overflow', 'abandoned']))
        .describe('Which callers come onto it by themselves.'),
      DueAfterSeconds: z
        .int()
        .nullable()
        .describe('After how many seconds a new request is due; null for no time.'),
      ExpiresAfterSeconds: z
        .int()
        .nullable()
        .describe('After how many seconds a new request closes by itself; null for never.'),
    })
    .describe('A list of callback requests.'),
);

export const catalogueEntrySchema = answer(
  'Event',
  z
    .object({
      Name: z.string().describe('The name to subscribe to.'),
      EntityType: z.string().describe('What it is about: the id of a subscription names one.'),
      Kind: z
        .string()
        .describe('`state`: a newer one makes an older one worthless; `occurrence`: each counts.'),
      MessageTTLSeconds: z.int().describe('Seconds for which it is of use; -1 is without limit.'),
      IsExtension: z.boolean().describe('Whether the event is one that the RTE does not have.'),
      Description: z.string().describe('What it tells.'),
      Schema: z.string().describe('Path of the JSON Schema of its data.'),
    })
    .describe('An event that clients can subscribe to.'),
);

export const discoverySchema = answer(
  'Discovery',
  z
    .object({
      username: z.string().describe('The user who was asked for.'),
      apiEndpoint: z.string().describe('Base URL of these paths.'),
    })
    .describe('Where the services of a user are.'),
);

export const discoveryBody = body(
  'DiscoveryRequest',
  z.object({ user: z.string().min(1).max(256).optional().describe('Login name of a user.') }),
);

export const tokenSchema = answer(
  'Token',
  z
    .object({
      WssEndpoint: z
        .string()
        .describe('Where the hub is, in the scheme that RTE_ENDPOINT_SCHEME says.'),
      WSSEndpoint: z
        .string()
        .optional()
        .describe('The same for clients of 2021 and 2022, with RTE_LEGACY_WSSENDPOINT.'),
      Token: z.string().describe('A JWT to connect with.'),
      Url: z.string().describe('The same with http or https, for clients that refuse wss URLs.'),
      ExpiresIn: z.int().describe('Seconds for which the token may be used to connect.'),
    })
    .describe('The way into the hub.'),
);

export const authUserSchema = answer(
  'AuthUser',
  z
    .object({
      UserID: z.guid().describe('The id of the user.'),
      SecretKey: z.string().describe('Logs in with the user name, as the password does.'),
      UserName: z.string().describe('The name to log in with.'),
      OrganizationID: z.guid().describe('The organization of the user.'),
    })
    .describe('Who the user is, and a key.'),
);

/** Longer ones are nobody's, and would only be work. */
const credential = z
  .string()
  .min(1, { error: 'give 1 to 1024 characters' })
  .max(1024, { error: 'give 1 to 1024 characters' });

export const authUserBody = body(
  'AuthUserRequest',
  z
    .object({
      UserName: credential.describe('The user of the path.'),
      Password: credential.describe('The password.'),
    })
    .describe('A login name and its password.'),
);

export const healthSchema = answer(
  'Health',
  z
    .object({
      Status: z.enum(['live', 'ready', 'not ready']).describe('How the hub is.'),
      Reasons: z.array(z.string()).optional().describe('Why it is not ready.'),
    })
    .describe('How the hub is.'),
);
