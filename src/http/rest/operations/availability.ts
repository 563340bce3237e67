import type { z } from 'zod';
import { typeOfAvailability } from '../availability-types.js';
import { availabilityBody, chosenAvailability } from '../chosen-availability.js';
import { noBody, noQuery, operation, type Operation } from '../operation.js';
import { forbidden, invalid, noContent, notFound, ok } from '../results.js';
import { availabilitySchema } from '../schemas.js';
import type { Availability } from '../services.js';
import { subjectOf } from '../subject.js';

/** What stands for "none" where the contract has no null. */
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

const tag = 'Availability';

/** The availability of a user: to read, to set, and to end what was set. */
export const availabilityOperations: readonly Operation[] = [
  operation({
    id: 'getCurrentAvailability',
    method: 'GET',
    path: '/users/{userId}/availability/current',
    tag,
    summary: 'The availability that holds for a user now',
    description:
      'Who has none counts as Available. What was set in the hub wins over what telephony systems say, but for a phone on do-not-disturb.',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'The availability.', body: { kind: 'one', schema: availabilitySchema } },
    },
    problems: { 404: 'There is no such user, or you may not receive UserAvailability of it.' },
    entityTag: true,
    handle({ caller, params }, { reads }) {
      const current = reads.userAvailability(caller, subjectOf(caller, params));
      return current === undefined ? notFound('user') : ok(answerOf(current));
    },
  }),
  operation({
    id: 'setAvailability',
    method: 'POST',
    path: '/users/{userId}/availability',
    tag,
    summary: "Sets a user's availability",
    description:
      'It takes the place of one set before, is told as UserAvailability, and counts in UserStatus and QueueStatus. Users set their own, administrators those of their organization. It is kept over a restart of the hub. Telephony systems are not told.',
    query: noQuery,
    body: availabilityBody,
    success: {
      200: {
        description: 'The availability that holds now.',
        body: { kind: 'one', schema: availabilitySchema },
      },
    },
    problems: {
      403: 'You may see the user, but not set this.',
      404: 'There is no such user, or you may not receive UserAvailability of it.',
    },
    async handle({ caller, params, body: given }, { availabilities, now }) {
      const userId = subjectOf(caller, params);
      const chosen = chosenAvailability(given, userId, now());
      if ('errors' in chosen) return invalid(...chosen.errors);
      const outcome = await availabilities.set(caller, userId, chosen);
      return outcome.kind === 'done' ? ok(answerOf(outcome.current)) : REFUSALS[outcome.kind];
    },
  }),
  operation({
    id: 'endAvailability',
    method: 'DELETE',
    path: '/users/{userId}/availability/{availabilityId}',
    tag,
    summary: 'Ends an availability that was set in the hub',
    query: noQuery,
    body: noBody,
    success: { 204: { description: 'It holds no longer.' } },
    problems: {
      403: 'You may see the user, but not end this.',
      404: 'It holds no longer, was not set in the hub, or you may not see the user.',
    },
    async handle({ caller, params }, { availabilities }) {
      const { availabilityId = '' } = params;
      const outcome = await availabilities.end(caller, subjectOf(caller, params), availabilityId);
      return outcome.kind === 'done' ? noContent : REFUSALS[outcome.kind];
    },
  }),
];

const REFUSALS = {
  'not-found': notFound('availability or user'),
  forbidden: forbidden('Users set their own availability, administrators those of all.'),
} as const;

function answerOf({ availabilityId, data }: Availability): z.output<typeof availabilitySchema> {
  const availability = data.availability ?? 'Available';
  return {
    Id: availabilityId ?? ZERO_GUID,
    UserID: data.userId,
    EventTypeID: typeOfAvailability(availability),
    Availability: availability,
    EventSource: data.eventSource ?? '',
    Note: data.note ?? '',
    StartTime: data.startTime,
    EndTime: data.endTime,
    TransferNumber: data.transferNumber ?? '',
  };
}
