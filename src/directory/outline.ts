import { z } from 'zod';
import { guid } from './guid.js';

/*
 * The names and references of a directory file, whatever else is wrong in it. A part that is not
 * readable is left undefined here and reported by file-schema.ts. So references are checked in the
 * same run as the form, and a person sees all faults at once.
 */

const id = guid.optional().catch(undefined);
const name = z.string().trim().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const ids = z.array(id).catch([]);

function entries<Shape extends z.ZodRawShape>(shape: Shape) {
  const entry = z.object(shape);
  return z.array(z.unknown().transform((value) => readable(entry, value))).catch([]);
}

function readable<Schema extends z.ZodType>(schema: Schema, value: unknown) {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

const outlineSchema = z
  .object({
    organizations: entries({
      id,
      wazo: z.object({ tenantUuid: id }).optional().catch(undefined),
    }),
    users: entries({
      id,
      organizationId: id,
      userName: name,
      wazo: z.object({ userUuid: id }).optional().catch(undefined),
    }),
    queues: entries({
      id,
      organizationId: id,
      name,
      members: ids,
      supervisors: ids,
      alerts: entries({ recipients: ids }),
      wazo: z.object({ queueId: number, queueName: name }).optional().catch(undefined),
      portsip: z.object({}).optional().catch(undefined),
    }),
    callLists: entries({ id, organizationId: id, queueIds: ids }),
  })
  .catch({ organizations: [], users: [], queues: [], callLists: [] });

/** What can be read of names and references; an unreadable entry keeps its place as undefined. */
export type Outline = z.infer<typeof outlineSchema>;

/** Reads the outline of any JSON value. Never throws. */
export function outlineOf(json: unknown): Outline {
  return outlineSchema.parse(json);
}
