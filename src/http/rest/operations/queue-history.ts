import { z } from 'zod';
import { noBody, noQuery, operation, type Operation } from '../operation.js';
import { pageOf, pageParameters } from '../paging.js';
import { notFound, ok } from '../results.js';
import { answer, time } from '../schemas.js';
import type { QueueHour } from '../services.js';

const tag = 'Queues';

const columnSchema = z.array(z.int().nullable()).length(60);

const queueHistorySchema = answer(
  'QueueHistory',
  z
    .object({
      QueueId: z.guid().describe('The queue.'),
      From: time('When the first minute began.'),
      StepSeconds: z.literal(60).describe('How long a minute is.'),
      NbrOfNotServedRequesters: columnSchema.describe(
        'Callers whom nobody had answered: the most in each minute, the oldest minute first. The last one is not over yet.',
      ),
      MaxWaitTime: columnSchema.describe(
        'How many seconds the longest of their waits had lasted, of the same minutes.',
      ),
    })
    .describe(
      'The last hour of a queue, as QueueStatus told it. Null where a telephony system, or the hub itself, was away in a part of the minute.',
    ),
);

/** The last hour of the queues whose status the caller may read. */
export const queueHistoryOperations: readonly Operation[] = [
  operation({
    id: 'listQueueHistories',
    method: 'GET',
    path: '/queues/history',
    tag,
    summary: 'The last hour of each queue of which you may receive QueueStatus',
    description: 'In the order of their ids, so that a board needs one request for all of them.',
    query: z.strictObject(pageParameters),
    body: noBody,
    success: {
      200: { description: 'The hours.', body: { kind: 'list', schema: queueHistorySchema } },
    },
    handle({ caller, query }, { reads }) {
      const hours = reads.queueHours(caller).map((hour) => ({ id: hour.queueId, hour }));
      const { entries, headers } = pageOf(hours, query, '/queues/history');
      return ok(
        entries.map(({ hour }) => hourBody(hour)),
        headers,
      );
    },
  }),
  operation({
    id: 'getQueueHistory',
    method: 'GET',
    path: '/queues/{queueId}/history',
    tag,
    summary: "A queue's last hour, minute by minute",
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'The hour.', body: { kind: 'one', schema: queueHistorySchema } },
    },
    problems: { 404: 'There is no such queue, or you may not receive QueueStatus of it.' },
    handle({ caller, params: { queueId = '' } }, { reads }) {
      const hour = reads.queueHour(caller, queueId);
      return hour === undefined ? notFound('queue') : ok(hourBody(hour));
    },
  }),
];

function hourBody({ queueId, from, minutes }: QueueHour): z.output<typeof queueHistorySchema> {
  return {
    QueueId: queueId,
    From: new Date(from).toISOString(),
    StepSeconds: 60,
    NbrOfNotServedRequesters: minutes.map((minute) => minute?.waiting ?? null),
    MaxWaitTime: minutes.map((minute) => minute?.longestWait ?? null),
  };
}
