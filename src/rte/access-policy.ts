import type { Directory, User } from '../directory/types.js';
import { requiredAccess, type AccessRules } from './access-rules.js';
import { accessTable, type AccessRow, type Relation } from './access-table.js';
import { findEntity, organizationOf, type Entity, type EntityRef } from './entities.js';
import {
  eventCatalogue,
  eventNames,
  extensionEventNames,
  type RteEventName,
} from './events/event-catalogue.js';
import { queueRoles } from './queue-roles.js';
import type { RteUser } from './rte-user.js';

/** Who asks; the rest is looked up. */
export interface Caller extends Pick<RteUser, 'id' | 'organizationId' | 'loginRole' | 'address'> {
  readonly access?: Pick<AccessRules, 'permits'>;
}

/**
 * What refused somebody an event:
 * - `unknown`: the directory does not have the entity, or no longer has the user
 * - `organization`: the entity is another organization's, or the user has moved to another one
 * - `role`: no row of the table is for the user's role and relation
 * - `acl`: the access rules that the user came with do not permit what the table grants
 */
export type RefusingRule = 'unknown' | 'organization' | 'role' | 'acl';

const allEventNames: readonly RteEventName[] = [...eventNames, ...extensionEventNames];

/**
 * Tells what keeps the user from the event about the entity; undefined when they may receive it:
 * the table grants it, and the access rules that the user came with, if any, permit it. The
 * organization is that of the directory, not that of the token: a user who was removed or moved may
 * nothing. So is the role, unless the login gave one.
 */
export function refusingRule(
  directory: Directory,
  caller: Caller,
  entity: EntityRef,
  eventName: RteEventName,
): RefusingRule | undefined {
  if (eventCatalogue[eventName].entityType !== entity.type) return 'unknown';
  const granted = grantsOf(directory, caller, entity);
  if (!granted.ok) return granted.rule;
  if (!granted.rows.some((row) => includesEvent(row, eventName))) return 'role';
  return isPermitted(caller, entity, eventName) ? undefined : 'acl';
}

/** The rows of the table that grant the user the event about the entity, whatever else narrows it. */
export function grantingRows(
  directory: Directory,
  caller: Caller,
  entity: EntityRef,
  eventName: RteEventName,
): readonly AccessRow[] {
  const granted = grantsOf(directory, caller, entity);
  return granted.ok ? granted.rows.filter((row) => includesEvent(row, eventName)) : [];
}

/** Tells whether the user may receive the event about the entity. */
export function mayReceive(
  directory: Directory,
  caller: Caller,
  entity: EntityRef,
  eventName: RteEventName,
): boolean {
  return refusingRule(directory, caller, entity, eventName) === undefined;
}

/**
 * Tells what keeps the user from changing what the event about the entity tells of; undefined when
 * they may. Nobody may cause what they may not receive.
 */
export function ruleAgainstCausing(
  directory: Directory,
  caller: Caller,
  entity: EntityRef,
  eventName: RteEventName,
): RefusingRule | undefined {
  const rule = refusingRule(directory, caller, entity, eventName);
  if (rule !== undefined) return rule;
  const granted = grantsOf(directory, caller, entity);
  if (!granted.ok) return granted.rule;
  return granted.rows.some(({ causes = [] }) => causes.includes(eventName)) ? undefined : 'role';
}

/** Tells whether the user may receive any event at all about the entity, and so know that it exists. */
export function maySee(directory: Directory, caller: Caller, entity: EntityRef): boolean {
  return ruleAgainstSeeing(directory, caller, entity) === undefined;
}

/** Tells what keeps the user from every event about the entity; undefined when they may see it. */
export function ruleAgainstSeeing(
  directory: Directory,
  caller: Caller,
  entity: EntityRef,
): RefusingRule | undefined {
  const granted = grantsOf(directory, caller, entity);
  if (!granted.ok) return granted.rule;
  const names = allEventNames.filter(
    (name) =>
      eventCatalogue[name].entityType === entity.type &&
      granted.rows.some((row) => includesEvent(row, name)),
  );
  if (names.length === 0) return 'role';
  return names.some((name) => isPermitted(caller, entity, name)) ? undefined : 'acl';
}

/** Whether the row is for the event. */
export function includesEvent({ events }: AccessRow, eventName: RteEventName): boolean {
  return events === 'all' || events.includes(eventName);
}

function isPermitted({ access }: Caller, entity: EntityRef, eventName: RteEventName): boolean {
  return access === undefined || access.permits(requiredAccess(entity, eventName));
}

/** The rows of the table that are for the user and the entity, or what keeps them from all. */
type Granted =
  | { readonly ok: true; readonly rows: readonly AccessRow[] }
  | { readonly ok: false; readonly rule: RefusingRule };

function grantsOf(directory: Directory, caller: Caller, ref: EntityRef): Granted {
  const user = directory.users.get(caller.id);
  const entity = findEntity(directory, ref);
  if (!user || !entity) return { ok: false, rule: 'unknown' };
  const home = user.organizationId;
  if (home !== caller.organizationId || home !== organizationOf(entity)) {
    return { ok: false, rule: 'organization' };
  }
  const rows = accessTable.filter(
    (row) =>
      row.entity === entity.type &&
      row.roles.includes(caller.loginRole ?? user.role) &&
      isRelated(directory, row.relation, user, entity),
  );
  return { ok: true, rows };
}

function isRelated(directory: Directory, relation: Relation, user: User, entity: Entity): boolean {
  const { memberOf, supervisorOf } = queueRoles(directory);
  switch (relation) {
    case 'self':
      return entity.entry.id === user.id;
    case 'organization':
      return true;
    case 'member':
      return shareQueue(memberOf.get(user.id), queuesOf(directory, entity));
    case 'supervisor':
      return shareQueue(supervisorOf.get(user.id), queuesOf(directory, entity));
  }
}

function queuesOf(directory: Directory, entity: Entity): Iterable<string> {
  switch (entity.type) {
    case 'User':
      return queueRoles(directory).memberOf.get(entity.entry.id) ?? [];
    case 'Queue':
      return [entity.entry.id];
    case 'CallList':
      return entity.entry.queueIds;
    case 'Organization':
      return [];
  }
}

function shareQueue(queueIds: ReadonlySet<string> | undefined, others: Iterable<string>): boolean {
  if (!queueIds) return false;
  for (const queueId of others) if (queueIds.has(queueId)) return true;
  return false;
}
