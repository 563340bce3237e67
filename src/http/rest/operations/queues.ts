import { z } from 'zod';
import type { Queue } from '../../../directory/types.js';
import { eventFields } from '../event-fields.js';
import { noBody, noQuery, operation, type Operation } from '../operation.js';
import { pageOf, pageParameters } from '../paging.js';
import { notFound, ok } from '../results.js';
import { queueSchema } from '../schemas.js';
import type { EntityReads, QueueStatusData, RestCaller } from '../services.js';
import { subjectOf } from '../subject.js';

/** The vendor's number of service queues. */
const SERVICE_QUEUE = 4;

const userId = z
  .string()
  .toLowerCase()
  .refine((text) => text === 'me' || z.guid().safeParse(text).success, {
    error: 'give the id of a user, or me',
  });

const tag = 'Queues';

/** The queues that the caller may see, and their states. */
export const queueOperations: readonly Operation[] = [
  operation({
    id: 'listQueues',
    method: 'GET',
    path: '/queues',
    tag,
    summary: 'The queues that you may see with their counters, in the order of their ids',
    query: z.strictObject({
      ...pageParameters,
      OnlyForUser: userId
        .optional()
        .describe('Only queues that the user belongs to; `me` is the caller.'),
    }),
    body: noBody,
    success: { 200: { description: 'The queues.', body: { kind: 'list', schema: queueSchema } } },
    entityTag: true,
    handle({ caller, query }, { reads }) {
      const { OnlyForUser: only } = query;
      const wanted =
        only === undefined
          ? undefined
          : reads.queuesOf(caller, subjectOf(caller, { userId: only }));
      const queues = reads.queues(caller).filter(({ id }) => wanted?.has(id) ?? true);
      const { entries, headers } = pageOf(queues, query, '/queues');
      return ok(
        entries.map((queue) => queueBody(reads, caller, queue)),
        headers,
      );
    },
  }),
  operation({
    id: 'getQueue',
    method: 'GET',
    path: '/queues/{queueId}',
    tag,
    summary: 'A queue with its counters',
    query: noQuery,
    body: noBody,
    success: { 200: { description: 'The queue.', body: { kind: 'one', schema: queueSchema } } },
    problems: { 404: 'There is no such queue, or you may not see it.' },
    entityTag: true,
    handle({ caller, params: { queueId = '' } }, { reads }) {
      const queue = reads.queue(caller, queueId);
      return queue === undefined ? notFound('queue') : ok(queueBody(reads, caller, queue));
    },
  }),
  operation({
    id: 'getQueueStatus',
    method: 'GET',
    path: '/queues/{queueId}/status',
    tag,
    summary: "A queue's status now",
    description: 'The fields of the event QueueStatus, which tells of every change.',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'The status.', body: { kind: 'event', name: 'QueueStatus' } },
    },
    problems: { 404: 'There is no such queue, or you may not receive QueueStatus of it.' },
    handle({ caller, params: { queueId = '' } }, { reads }) {
      const status = reads.queueStatus(caller, queueId);
      return status === undefined ? notFound('queue') : ok(eventFields({ ...status }));
    },
  }),
];

function queueBody(
  reads: EntityReads,
  caller: RestCaller,
  { id, name, number }: Queue,
): z.output<typeof queueSchema> {
  const status = reads.queueStatus(caller, id);
  return {
    Id: id,
    Name: name,
    Numbers: [number],
    TypeId: SERVICE_QUEUE,
    Status: status === undefined ? null : counters(status),
  };
}

/** The vendor's REST names for counters that QueueStatus has under others. */
function counters(status: QueueStatusData): NonNullable<z.output<typeof queueSchema>['Status']> {
  return {
    OpenStatus: status.openStatus,
    MaxWaitTime: status.maxWaitTime,
    QueueLength: status.nbrOfQueuingRequesters,
    OngoingCalls: status.nbrOfConnected,
    AgentsOnWrapUp: status.nbrOfAgentsOnWrapUp,
    FreeAgents: status.nbrOfAgentsImmediatelyFree,
    ServingAgents: status.nbrOfServingAgentsEstimate,
  };
}
