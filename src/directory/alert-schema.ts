import { z } from 'zod';
import { conditionExpression, type QueueCondition } from '../contact-center/index.js';
import { guid } from './guid.js';

const MAX_TEXT = 256;
const DAY_SECONDS = 86_400;
/** More on one queue are a slip: nobody reads that many. */
const MAX_ALERTS = 20;

const DEFAULT_QUIET_SECONDS = 30;
const DEFAULT_WINDOW_SECONDS = 1_800;
const DEFAULT_MINIMUM_CALLS = 10;

const seconds = z.number().int().positive().max(DAY_SECONDS);
const secondsOrNone = z.number().int().nonnegative().max(DAY_SECONDS);

const basis = {
  name: z.string().trim().min(1, 'give a text that is not empty').max(MAX_TEXT).optional(),
  recipients: z.array(guid).min(1, 'name at least one user').optional(),
  forSeconds: secondsOrNone.default(0),
  quietSeconds: secondsOrNone.default(DEFAULT_QUIET_SECONDS),
};

const alert = z.discriminatedUnion('measure', [
  z.strictObject({
    measure: z.literal('queueLength'),
    above: z.number().int().nonnegative().max(100_000),
    ...basis,
  }),
  z.strictObject({ measure: z.literal('longestWait'), above: secondsOrNone, ...basis }),
  z.strictObject({
    measure: z.literal('serviceLevel'),
    below: z.number().int().min(1).max(100),
    withinSeconds: seconds,
    windowSeconds: seconds.min(60, 'give a minute at least').default(DEFAULT_WINDOW_SECONDS),
    minimumCalls: z.number().int().positive().default(DEFAULT_MINIMUM_CALLS),
    ...basis,
  }),
]);

/** The alerts of a queue, as a person writes them. */
export const alerts = z
  .array(alert)
  .max(MAX_ALERTS)
  .superRefine((all, context) => {
    const known = new Set<string>();
    for (const [index, entry] of all.entries()) {
      const key = alertKey(entry);
      if (known.has(key)) {
        const message = `${key} is given twice: give one of them another name`;
        context.addIssue({ code: 'custom', path: [index], message });
      }
      known.add(key);
    }
  });

/** What tells an alert of a queue from the others: its name, else its condition. */
export function alertKey(entry: QueueCondition & { readonly name?: string | undefined }): string {
  return entry.name ?? conditionExpression(entry);
}
