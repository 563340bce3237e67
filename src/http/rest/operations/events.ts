import { z } from 'zod';
import { noBody, noQuery, openOperation, type Operation } from '../operation.js';
import { notFound, ok } from '../results.js';
import { catalogueEntrySchema } from '../schemas.js';
import type { CatalogueEntry } from '../services.js';

const tag = 'Events';

const described = z.looseObject({ description: z.string().default('') });

/** What can be subscribed to; no secret, so that tools can read it. */
export const eventOperations: readonly Operation[] = [
  openOperation({
    id: 'listEvents',
    method: 'GET',
    path: '/events',
    tag,
    summary: 'The events that clients can subscribe to',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'The events.', body: { kind: 'list', schema: catalogueEntrySchema } },
    },
    entityTag: true,
    handle: (_input, { catalogue }) => ok(catalogue.events.map(entryBody)),
  }),
  openOperation({
    id: 'getEventSchema',
    method: 'GET',
    path: '/events/{eventName}',
    tag,
    summary: 'The JSON Schema of what a message of the event carries as `data`',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'A JSON Schema, draft 2020-12.', body: { kind: 'object' } },
    },
    problems: { 404: 'There is no such event.' },
    entityTag: true,
    handle({ params: { eventName = '' } }, { catalogue }) {
      const entry = catalogue.find(eventName);
      return entry === undefined ? notFound('event') : ok(entry.schema);
    },
  }),
];

function entryBody(entry: CatalogueEntry): z.output<typeof catalogueEntrySchema> {
  return {
    Name: entry.name,
    EntityType: entry.entityType,
    Kind: entry.kind,
    MessageTTLSeconds: entry.ttlSeconds,
    IsExtension: entry.isExtension,
    Description: described.parse(entry.schema).description,
    Schema: `/events/${entry.name}`,
  };
}
