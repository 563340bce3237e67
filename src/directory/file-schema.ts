import { z } from 'zod';
import { alerts } from './alert-schema.js';
import { guid } from './guid.js';
import { schedule } from './schedule-schema.js';

/** Longest text of a name, number or interface; longer ones are slips, and all go out in events. */
const MAX_TEXT = 256;
const YEAR_SECONDS = 31_536_000;

const text = z.string().trim().min(1, 'give a text that is not empty').max(MAX_TEXT);
const vendorId = z.number().int().positive();
const seconds = z.number().int().positive().max(YEAR_SECONDS);

const organization = z.strictObject({
  id: guid,
  name: text,
  wazo: z.strictObject({ tenantUuid: guid.optional() }).optional(),
  portsip: z.strictObject({ tenantId: text }).optional(),
});

const user = z.strictObject({
  id: guid,
  organizationId: guid,
  userName: text,
  displayName: text,
  role: z.enum(['agent', 'supervisor', 'admin']),
  password: z.string().min(1, 'give a password that is not empty').max(MAX_TEXT).optional(),
  passwordHash: z.string().max(MAX_TEXT).optional(),
  wazo: z
    .strictObject({
      userUuid: guid.optional(),
      agentIds: z.array(vendorId).optional(),
      interfaces: z.array(text).optional(),
      lineIds: z.array(vendorId).optional(),
    })
    .optional(),
  portsip: z.strictObject({ extension: text.optional(), extensionId: text.optional() }).optional(),
});

const queue = z.strictObject({
  id: guid,
  organizationId: guid,
  name: text,
  number: z.string().max(MAX_TEXT),
  /** Left out: those of the telephony system, if it tells. */
  members: z.array(guid).optional(),
  supervisors: z.array(guid).default([]),
  schedule: schedule.optional(),
  alerts: alerts.optional(),
  wazo: z
    .strictObject({
      queueId: vendorId.optional(),
      queueName: text.optional(),
      wrapUpSeconds: z.number().int().nonnegative().max(YEAR_SECONDS).optional(),
    })
    .optional(),
  portsip: z
    .strictObject({
      queueNumber: text.optional(),
      queueId: text.optional(),
      wrapUpSeconds: z.number().int().nonnegative().max(YEAR_SECONDS).optional(),
    })
    .optional(),
});

const callList = z.strictObject({
  id: guid,
  organizationId: guid,
  name: text,
  queueIds: z.array(guid),
  collect: z.array(z.enum(['explicit', 'overflow', 'abandoned'])),
  closeWhenAnswered: z.boolean().optional(),
  dueAfterSeconds: seconds.optional(),
  expiresAfterSeconds: seconds.optional(),
});

/** The directory file, entry by entry. References between entries are checked in references.ts. */
export const directoryFileSchema = z.strictObject({
  organizations: z.array(organization),
  users: z.array(user),
  queues: z.array(queue).default([]),
  callLists: z.array(callList).default([]),
});

/** A directory file of right form, guids in lower case. */
export type DirectoryFile = z.infer<typeof directoryFileSchema>;

/** A directory file filled up with what only a telephony system tells: nobody writes it in a file. */
export interface FilledDirectoryFile extends Omit<DirectoryFile, 'queues'> {
  queues: (DirectoryFile['queues'][number] & { readonly isOpen?: boolean })[];
}

/** A directory file as a person writes it. */
export type DirectoryFileInput = z.input<typeof directoryFileSchema>;
