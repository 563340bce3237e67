import { z } from 'zod';

import { defineEvent } from './event-definition.js';
import { dateTime, guid, list, optionalDateTime, text } from './field-types.js';

/** How one source is. */
const fields = {
  sourceName: text('The source: the telephony system that events come from.'),
  state: z
    .enum(['up', 'stale', 'down'])
    .default('down')
    .describe(
      'up: what is shown is as the source has it; stale: it may be old or have gaps; down: nothing comes.',
    ),
  reason: text('Why the source is not up, in words for people; null while it is.'),
  since: dateTime('Since when the source is in this state.'),
  lastEvent: optionalDateTime(
    'When something came from the source last, as of this message; null if nothing has come yet.',
  ),
};

/**
 * Whether what the organization is shown can be trusted. An extension: the RTE has no such event.
 * One message has all sources, so that the newest one tells all there is to know.
 */
export const sourceStatus = defineEvent({
  name: 'SourceStatus',
  entityType: 'Organization',
  kind: 'state',
  description:
    'Whether what the organization is shown can be trusted; sent when that changes, and right after its subscription. An extension of this hub.',
  fields: {
    organizationId: guid('The organization.'),
    ...fields,
    sources: list(
      z.object(fields),
      'All sources of the organization; the fields above are those of the one in the worst state.',
    ),
  },
});
