import { z } from 'zod';
import { CALLBACK_LIMITS, formatCursor, parseCursor } from '../../../callbacks/index.js';
import type { CallList } from '../../../directory/types.js';
import { callbackBody } from '../callbacks/bodies.js';
import { draftOf, userOf } from '../callbacks/drafts.js';
import { callbackOf, creationAnswer, REFUSALS, whileStoreIsThere } from '../callbacks/outcomes.js';
import { noBody, operation, type Operation } from '../operation.js';
import { nextPage, pageOf, pageParameters } from '../paging.js';
import { ok } from '../results.js';
import { callListSchema } from '../schemas.js';

const tag = 'Call lists';

const DEFAULT_LIMIT = 100;

const cursor = z.string().transform((text, context) => {
  const position = parseCursor(text);
  if (position !== undefined) return position;
  context.addIssue('give the Cursor of the Link header of the page before');
  return z.NEVER;
});

/** The lists that the caller may see, and their requests. */
export const callListOperations: readonly Operation[] = [
  operation({
    id: 'listCallLists',
    method: 'GET',
    path: '/calllists',
    tag,
    summary: 'The call lists that you may see, in the order of their ids',
    query: z.strictObject(pageParameters),
    body: noBody,
    success: {
      200: { description: 'The call lists.', body: { kind: 'list', schema: callListSchema } },
    },
    entityTag: true,
    handle({ caller, query }, { reads }) {
      const { entries, headers } = pageOf(reads.callLists(caller), query, '/calllists');
      return ok(entries.map(callListBody), headers);
    },
  }),
  operation({
    id: 'listCallbacks',
    method: 'GET',
    path: '/calllists/{callListId}/callbacks',
    tag,
    summary: 'The requests of a list, in the order in which they were made',
    description: 'Each has the fields of the event CallbackChanged, which tells of every change.',
    query: z.strictObject({
      Limit: z.coerce
        .number({ error: 'give a whole number' })
        .int({ error: 'give a whole number' })
        .min(1, { error: 'give 1 or more' })
        .max(CALLBACK_LIMITS.page, { error: `give ${String(CALLBACK_LIMITS.page)} or less` })
        .default(DEFAULT_LIMIT)
        .describe('Most requests in the answer.'),
      Cursor: cursor
        .optional()
        .describe('Where the page begins: as the Link header of the page before says.'),
      State: z
        .enum(['open', 'closed', 'all'], { error: 'give open, closed or all' })
        .default('open')
        .describe('Only those that are so.'),
      AssignedUserId: z
        .string()
        .toLowerCase()
        .refine((text) => ['me', 'none'].includes(text) || z.guid().safeParse(text).success, {
          error: 'give the id of a user, me, or none',
        })
        .optional()
        .describe('Only those of that user; `me` is yourself, `none` those of nobody.'),
      DueBefore: z.iso
        .datetime({ offset: true, error: 'give an ISO 8601 time with Z or an offset' })
        .optional()
        .describe('Only those that are due before.'),
    }),
    body: noBody,
    success: {
      200: {
        description: 'The requests.',
        body: { kind: 'event-list', name: 'CallbackChanged' },
      },
    },
    problems: {
      404: 'There is no such list, or you may not receive CallbackChanged of it.',
      503: 'The store of the requests is away.',
    },
    entityTag: true,
    handle({ caller, params: { callListId = '' }, query }, services) {
      const { reads, callbacks } = services;
      if (!reads.mayReadCallbacks(caller, callListId)) return REFUSALS['not-found'];
      const { Limit: limit, Cursor: after, State: state, AssignedUserId: assigned } = query;
      return whileStoreIsThere(async () => {
        const { requests, next } = await callbacks.list({
          callListIds: [callListId],
          state: state === 'all' ? undefined : state,
          assignedUserId: assigned === 'none' ? null : userOf(assigned, caller),
          dueBefore: query.DueBefore === undefined ? undefined : Date.parse(query.DueBefore),
          limit,
          after,
        });
        const path = `/calllists/${callListId}/callbacks`;
        const link = next === undefined ? {} : nextPage(path, query, formatCursor(next));
        return ok(
          requests.map((request) => callbackOf(request, services)),
          link,
        );
      });
    },
  }),
  operation({
    id: 'createCallback',
    method: 'POST',
    path: '/calllists/{callListId}/callbacks',
    tag,
    summary: 'Asks for somebody to be called back',
    description:
      'A number that has an open request in the list gets no second one: that is answered with 200, and has this one among its related items.',
    query: z.strictObject({}),
    body: callbackBody,
    success: {
      200: {
        description: 'The open request of that number, which tells of this one, too.',
        body: { kind: 'event', name: 'CallbackChanged' },
      },
      201: {
        description: 'The new request.',
        body: { kind: 'event', name: 'CallbackChanged' },
      },
    },
    problems: {
      403: 'You may see the list, but not work on it.',
      404: 'There is no such list, or you may not receive CallbackChanged of it.',
      503: 'The store of the requests is away.',
    },
    handle({ caller, params: { callListId = '' }, body }, services) {
      const refusal = services.reads.callbackRefusal(caller, callListId);
      if (refusal !== undefined) return REFUSALS[refusal];
      return whileStoreIsThere(async () => {
        const draft = draftOf(body, callListId, caller);
        return creationAnswer(await services.callbacks.create(draft, caller.id), services);
      });
    },
  }),
];

function callListBody(list: CallList): z.output<typeof callListSchema> {
  return {
    Id: list.id,
    Name: list.name,
    OrganizationID: list.organizationId,
    QueueIds: [...list.queueIds],
    Collect: [...list.collect],
    DueAfterSeconds: list.dueAfterSeconds ?? null,
    ExpiresAfterSeconds: list.expiresAfterSeconds ?? null,
  };
}
