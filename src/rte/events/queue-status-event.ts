import { z } from 'zod';

import { defineEvent } from './event-definition.js';
import { guid, integer, text } from './field-types.js';

/** The counters of a queue. */
export const queueStatus = defineEvent({
  name: 'QueueStatus',
  entityType: 'Queue',
  kind: 'state',
  ttlSeconds: 60,
  description: 'The counters of a queue; sent when one of them has changed.',
  fields: {
    queueId: guid('The queue.'),
    organizationId: guid("The queue's organization."),
    queueName: text("The queue's name."),
    nbrOfProviders: integer('Agents in the queue.'),
    nbrOfRequesters: integer('Calls in the queue, in whatever state.'),
    nbrOfServingAgentsEstimate: integer('Agents who serve the queue, estimated.'),
    nbrOfAllocated: integer('Calls that ring at an agent.'),
    nbrOfConnected: integer('Calls that talk to an agent.'),
    nbrOfQueuingRequesters: integer('Calls that wait.'),
    nbrOfNotServedRequesters: integer('Calls that no agent serves at the moment.'),
    nbrOfAgentsLongTermAway: integer('Agents who are away for long, e.g. DoNotDisturb.'),
    nbrOfAgentsShortTermAway: integer('Agents who are away for a moment, e.g. talking.'),
    nbrOfAgentsImmediatelyFree: integer('Agents who could take a call at once.'),
    nbrOfAgentsCheckedInQueue: integer('Agents who serve the queue, those away included.'),
    nbrOfAgentsOnWrapUp: integer('Agents who wrap up.'),
    nbrOfAgentsOnFetchMode: integer('Agents who pick their calls.'),
    maxWaitTime: z
      .int()
      .default(0)
      .describe('How many seconds the longest waiting call has waited.'),
    openStatus: z
      .int32()
      .min(0)
      .max(6)
      .default(0)
      .describe(
        '0 not known, 1 no active handler, 2 no active handler (uncertain), 3 closed, 4 closed (uncertain), 5 open, 6 open (uncertain).',
      ),
  },
});
