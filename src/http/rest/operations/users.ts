import { z } from 'zod';
import type { User } from '../../../directory/types.js';
import { eventFields } from '../event-fields.js';
import { noBody, noQuery, operation, type Operation } from '../operation.js';
import { pageOf, pageParameters } from '../paging.js';
import { notFound, ok } from '../results.js';
import { userSchema } from '../schemas.js';
import { subjectOf } from '../subject.js';

const guid = z.guid({ error: 'give a guid' }).toLowerCase();

const tag = 'Users';

/** The users that the caller may see, and their states. */
export const userOperations: readonly Operation[] = [
  operation({
    id: 'listUsers',
    method: 'GET',
    path: '/users',
    tag,
    summary: 'The users that you may see, in the order of their ids',
    query: z.strictObject({
      ...pageParameters,
      UserName: z.string().optional().describe('Only who logs in with that name.'),
      QueueId: guid.optional().describe('Only members of that queue.'),
    }),
    body: noBody,
    success: { 200: { description: 'The users.', body: { kind: 'list', schema: userSchema } } },
    entityTag: true,
    handle({ caller, query }, { reads }) {
      const name = query.UserName?.toLowerCase();
      const members = query.QueueId && (reads.queue(caller, query.QueueId)?.members ?? []);
      const users = reads
        .users(caller)
        .filter((user) => name === undefined || user.userName.toLowerCase() === name)
        .filter((user) => members === undefined || members.includes(user.id));
      const { entries, headers } = pageOf(users, query, '/users');
      return ok(entries.map(userBody), headers);
    },
  }),
  operation({
    id: 'getUser',
    method: 'GET',
    path: '/users/{userId}',
    tag,
    summary: 'A user',
    query: noQuery,
    body: noBody,
    success: { 200: { description: 'The user.', body: { kind: 'one', schema: userSchema } } },
    problems: { 404: 'There is no such user, or you may not see it.' },
    entityTag: true,
    handle({ caller, params }, { reads }) {
      const user = reads.user(caller, subjectOf(caller, params));
      return user === undefined ? notFound('user') : ok(userBody(user));
    },
  }),
  operation({
    id: 'getUserStatus',
    method: 'GET',
    path: '/users/{userId}/status',
    tag,
    summary: "A user's status now",
    description: 'The fields of the event UserStatus, which tells of every change.',
    query: noQuery,
    body: noBody,
    success: {
      200: { description: 'The status.', body: { kind: 'event', name: 'UserStatus' } },
    },
    problems: { 404: 'There is no such user, or you may not receive UserStatus of it.' },
    handle({ caller, params }, { reads }) {
      const status = reads.userStatus(caller, subjectOf(caller, params));
      return status === undefined ? notFound('user') : ok(eventFields(status));
    },
  }),
];

function userBody({
  id,
  userName,
  organizationId,
  displayName,
  role,
}: User): z.output<typeof userSchema> {
  return {
    Id: id,
    UserName: userName,
    OrganizationID: organizationId,
    DisplayName: displayName,
    Role: role,
  };
}
