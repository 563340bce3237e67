import type { Role } from '../directory/types.js';
import type { RteEventName } from './events/event-catalogue.js';
import type { EntityType } from './events/event-definition.js';

/**
 * How a user stands to an entity of the same organization:
 * - `self`: the entity is the user
 * - `organization`: nothing more than the same organization
 * - `member`: they share a queue in which the user is a member
 * - `supervisor`: the entity is, belongs to, or is fed by a queue that the user supervises
 */
export type Relation = 'self' | 'organization' | 'member' | 'supervisor';

/** Who may receive which events about which entities, and why that is so. */
export interface AccessRow {
  readonly roles: readonly Role[];
  readonly relation: Relation;
  readonly entity: EntityType;
  readonly events: 'all' | readonly RteEventName[];
  /** Which of these they may cause, by changing what the event tells of; none when absent. */
  readonly causes?: readonly RteEventName[];
  /** For who has to judge whether the row is right. */
  readonly reason: string;
}

const everybody: readonly Role[] = ['agent', 'supervisor', 'admin'];
const supervisors: readonly Role[] = ['supervisor', 'admin'];
const admins: readonly Role[] = ['admin'];

/**
 * Who may see what: the default policy of shared/interface.md. What no row grants is denied, and
 * nothing is ever granted across organizations. ACCESS.md is made from it: `npm run generate`.
 */
export const accessTable: readonly AccessRow[] = [
  {
    roles: everybody,
    relation: 'self',
    entity: 'User',
    events: 'all',
    causes: ['UserAvailability'],
    reason: 'People may know all that is known of themselves; their client shows their own calls.',
  },
  {
    roles: everybody,
    relation: 'organization',
    entity: 'User',
    events: ['UserStatus', 'UserAvailability'],
    reason:
      'Who wants to transfer a call has to see which colleague is free. With whom colleagues speak is not for everybody.',
  },
  {
    roles: everybody,
    relation: 'organization',
    entity: 'Organization',
    events: 'all',
    reason:
      'Whether what is shown can be trusted concerns everybody who looks at it, and tells of nobody.',
  },
  {
    roles: everybody,
    relation: 'member',
    entity: 'Queue',
    events: 'all',
    reason: 'Who serves the callers of a queue has to see how many wait, and who comes next.',
  },
  {
    roles: everybody,
    relation: 'member',
    entity: 'CallList',
    events: 'all',
    causes: ['CallbackChanged'],
    reason: 'Who serves the callers of a queue also calls back those who gave up there.',
  },
  {
    roles: supervisors,
    relation: 'supervisor',
    entity: 'User',
    events: 'all',
    reason:
      'Supervisors answer for the calls of the members of their queues. Being named by a queue is not enough without the role.',
  },
  {
    roles: supervisors,
    relation: 'supervisor',
    entity: 'Queue',
    events: 'all',
    reason: 'Supervisors answer for their queues, also for those that they do not serve.',
  },
  {
    roles: supervisors,
    relation: 'supervisor',
    entity: 'CallList',
    events: 'all',
    causes: ['CallbackChanged'],
    reason: 'The callbacks of their queues are the work that supervisors hand out.',
  },
  {
    roles: admins,
    relation: 'organization',
    entity: 'User',
    events: 'all',
    causes: ['UserAvailability'],
    reason: 'Administrators look after the whole organization, whoever supervises what.',
  },
  {
    roles: admins,
    relation: 'organization',
    entity: 'Queue',
    events: 'all',
    reason: 'A queue may have neither members nor supervisors, and still has to be looked after.',
  },
  {
    roles: admins,
    relation: 'organization',
    entity: 'CallList',
    events: 'all',
    causes: ['CallbackChanged'],
    reason: 'A list of a queue without supervisors has to be looked after, too.',
  },
];
