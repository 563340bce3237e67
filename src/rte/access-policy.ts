import type { Directory, Role, User } from '../directory/types.js';
import { requiredAccess } from './access-rules.js';
import { findEntity, organizationOf, type Entity, type EntityRef } from './entities.js';
import {
  eventCatalogue,
  eventNames,
  extensionEventNames,
  type RteEventName,
} from './events/event-catalogue.js';
import type { EntityType } from './events/event-definition.js';
import { queueRoles } from './queue-roles.js';
import type { RteUser } from './rte-user.js';

/**
 * How a user stands to an entity of the same organization:
 * - `self`: the entity is the user
 * - `organization`: nothing more than the same organization
 * - `member`: they share a queue in which the user is a member
 * - `supervisor`: the entity is, belongs to, or is fed by a queue that the user supervises
 */
type Relation = 'self' | 'organization' | 'member' | 'supervisor';

/** Who asks; the rest is looked up. */
type Caller = Pick<RteUser, 'id' | 'organizationId' | 'access'>;

interface Grant {
  readonly roles: readonly Role[];
  readonly relation: Relation;
  readonly entity: EntityType;
  readonly events: 'all' | readonly RteEventName[];
}

const everybody: readonly Role[] = ['agent', 'supervisor', 'admin'];
const supervisors: readonly Role[] = ['supervisor', 'admin'];
const admins: readonly Role[] = ['admin'];
const allEventNames: readonly RteEventName[] = [...eventNames, ...extensionEventNames];

/** Who may see what. What no row grants is denied, and nothing is ever granted across organizations. */
const defaultPolicy: readonly Grant[] = [
  { roles: everybody, relation: 'self', entity: 'User', events: 'all' },
  {
    roles: everybody,
    relation: 'organization',
    entity: 'User',
    events: ['UserStatus', 'UserAvailability'],
  },
  // Everybody has to know whether what they see can be trusted.
  { roles: everybody, relation: 'organization', entity: 'Organization', events: 'all' },
  { roles: everybody, relation: 'member', entity: 'Queue', events: 'all' },
  { roles: everybody, relation: 'member', entity: 'CallList', events: 'all' },
  { roles: supervisors, relation: 'supervisor', entity: 'User', events: 'all' },
  { roles: supervisors, relation: 'supervisor', entity: 'Queue', events: 'all' },
  { roles: supervisors, relation: 'supervisor', entity: 'CallList', events: 'all' },
  { roles: admins, relation: 'organization', entity: 'User', events: 'all' },
  { roles: admins, relation: 'organization', entity: 'Queue', events: 'all' },
  { roles: admins, relation: 'organization', entity: 'CallList', events: 'all' },
];

/**
 * Tells whether the user may receive the event about the entity: the policy has to grant it, and
 * the access rules that the user came with, if any, have to permit it. Role and organization are
 * those of the directory, not those of the token: a user who was removed or moved may nothing.
 */
export function mayReceive(
  directory: Directory,
  caller: Caller,
  entity: EntityRef,
  eventName: RteEventName,
): boolean {
  if (eventCatalogue[eventName].entityType !== entity.type) return false;
  return (
    grantsOf(directory, caller, entity).some((grant) => includes(grant, eventName)) &&
    isPermitted(caller, entity, eventName)
  );
}

/** Tells whether the user may receive any event at all about the entity, and so know that it exists. */
export function maySee(directory: Directory, caller: Caller, entity: EntityRef): boolean {
  const grants = grantsOf(directory, caller, entity);
  if (caller.access === undefined) return grants.length > 0;
  return allEventNames.some(
    (name) =>
      eventCatalogue[name].entityType === entity.type &&
      grants.some((grant) => includes(grant, name)) &&
      isPermitted(caller, entity, name),
  );
}

function includes({ events }: Grant, eventName: RteEventName): boolean {
  return events === 'all' || events.includes(eventName);
}

function isPermitted({ access }: Caller, entity: EntityRef, eventName: RteEventName): boolean {
  return access === undefined || access.permits(requiredAccess(entity, eventName));
}

function grantsOf(directory: Directory, caller: Caller, ref: EntityRef): readonly Grant[] {
  const user = directory.users.get(caller.id);
  const entity = findEntity(directory, ref);
  if (!user || !entity) return [];
  if (user.organizationId !== caller.organizationId) return [];
  if (user.organizationId !== organizationOf(entity)) return [];
  return defaultPolicy.filter(
    (grant) =>
      grant.entity === entity.type &&
      grant.roles.includes(user.role) &&
      isRelated(directory, grant.relation, user, entity),
  );
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
