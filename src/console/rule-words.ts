import type { Directory } from '../directory/types.js';
import { includesEvent, type Caller, type RefusingRule } from '../rte/access-policy.js';
import { accessTable } from '../rte/access-table.js';
import { findEntity, organizationOf, type EntityRef } from '../rte/entities.js';
import { eventCatalogue, type RteEventName } from '../rte/events/event-catalogue.js';

/** What the access policy refused. */
interface RefusedAccess {
  readonly rule: RefusingRule;
  readonly entity: EntityRef;
  /** Absent when it was about the entity itself. */
  readonly eventName?: RteEventName;
}

/** A cause as a word, and what there is to say about it. */
export interface Explanation {
  readonly reason: string;
  readonly detail: string;
}

type Asker = Pick<Caller, 'id' | 'organizationId' | 'loginRole'>;

/**
 * Says in words what a rule of the access policy was against. What belongs to another organization is
 * spoken of as what does not exist: administrators learn nothing of others.
 */
export function explainRule(
  directory: Directory,
  caller: Asker,
  { rule, entity, eventName }: RefusedAccess,
): Explanation {
  const user = directory.users.get(caller.id);
  if (user === undefined) {
    return { reason: 'unknown-user', detail: 'the directory does not have the user any more' };
  }
  if (user.organizationId !== caller.organizationId) {
    return { reason: 'moved-user', detail: 'the token is of another organization than the user' };
  }
  switch (rule) {
    case 'unknown':
    case 'organization':
      return missing(directory, user.organizationId, entity);
    case 'role':
      return {
        reason: 'role',
        detail: roleWords(caller.loginRole ?? user.role, entity, eventName),
      };
    case 'acl':
      return {
        reason: 'access-rules',
        detail: 'the access control list of the login does not permit what the role grants',
      };
  }
}

function missing(directory: Directory, home: string, ref: EntityRef): Explanation {
  const entity = findEntity(directory, ref);
  if (entity !== undefined && organizationOf(entity) === home) {
    return { reason: 'wrong-kind', detail: `there are no such events of a ${entity.type}` };
  }
  return { reason: 'unknown-entity', detail: `the organization has no ${ref.type} of that id` };
}

/** For whom the table has what was refused, so that one sees what the user lacks. */
function roleWords(role: string, { type }: EntityRef, eventName: RteEventName | undefined): string {
  const what = `${eventName ?? 'any event'} of a ${type}`;
  const rows = accessTable.filter(
    (row) =>
      row.entity === type &&
      (eventName === undefined ||
        (eventCatalogue[eventName].entityType === type && includesEvent(row, eventName))),
  );
  const whom = rows.map(({ relation, roles }) => `${relation} (${roles.join(', ')})`);
  return `the user has the role ${role}; ${what} is for: ${whom.join('; ')}`;
}
