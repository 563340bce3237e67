import type { ExpressionBuilder, Kysely } from 'kysely';
import type { CallbackPage, CallbackPosition, CallbackQuery } from '../callback-operations.js';
import { requestOf } from './rows.js';
import type { Tables } from './tables.js';

type Conditions = ExpressionBuilder<Tables, 'callback_requests'>;

/** Reads a page of requests, and one more to know whether that was the last. */
export async function requestPage(db: Kysely<Tables>, query: CallbackQuery): Promise<CallbackPage> {
  if (query.callListIds.length === 0) return { requests: [], next: undefined };
  const rows = await db
    .selectFrom('callback_requests')
    .selectAll()
    .where((is) => is.and(conditions(is, query)))
    .orderBy('creation_time')
    .orderBy('id')
    .limit(query.limit + 1)
    .execute();
  const requests = rows.slice(0, query.limit).map(requestOf);
  const last = requests.at(-1);
  if (rows.length <= query.limit || last === undefined) return { requests, next: undefined };
  return { requests, next: { creationTime: last.creationTime, id: last.id } };
}

function conditions(is: Conditions, query: CallbackQuery) {
  const { callListIds, state, assignedUserId, dueBefore, after } = query;
  return [
    is('call_list_id', 'in', callListIds),
    ...(state === undefined ? [] : [is('is_closed', '=', state === 'closed' ? 1 : 0)]),
    ...(assignedUserId === undefined ? [] : [isAssignedTo(is, assignedUserId)]),
    ...(dueBefore === undefined ? [] : [is('due_date', '<', dueBefore)]),
    ...(after === undefined ? [] : [comesAfter(is, after)]),
  ];
}

function isAssignedTo(is: Conditions, userId: string | null) {
  return userId === null ? is('assigned_user_id', 'is', null) : is('assigned_user_id', '=', userId);
}

function comesAfter(is: Conditions, { creationTime, id }: CallbackPosition) {
  return is.or([
    is('creation_time', '>', creationTime),
    is.and([is('creation_time', '=', creationTime), is('id', '>', id)]),
  ]);
}
