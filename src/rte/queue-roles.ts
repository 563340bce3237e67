import type { Directory } from '../directory/types.js';

/** Which queues each user belongs to and supervises: user id to queue ids. */
interface QueueRoles {
  readonly memberOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly supervisorOf: ReadonlyMap<string, ReadonlySet<string>>;
}

// A directory never changes, so what follows from it lives as long as it does.
const rolesByDirectory = new WeakMap<Directory, QueueRoles>();

/**
 * The queues of every user, computed once per directory. A user whom a queue of another
 * organization names has no role in it.
 */
export function queueRoles(directory: Directory): QueueRoles {
  const known = rolesByDirectory.get(directory);
  if (known) return known;
  const roles = computeQueueRoles(directory);
  rolesByDirectory.set(directory, roles);
  return roles;
}

function computeQueueRoles({ queues, users }: Directory): QueueRoles {
  const memberOf = new Map<string, Set<string>>();
  const supervisorOf = new Map<string, Set<string>>();
  for (const { id, organizationId, members, supervisors } of queues.values()) {
    const isOwn = (userId: string) => users.get(userId)?.organizationId === organizationId;
    for (const userId of members.filter(isOwn)) add(memberOf, userId, id);
    for (const userId of supervisors.filter(isOwn)) add(supervisorOf, userId, id);
  }
  return { memberOf, supervisorOf };
}

function add(queuesByUser: Map<string, Set<string>>, userId: string, queueId: string): void {
  const queueIds = queuesByUser.get(userId);
  if (queueIds) queueIds.add(queueId);
  else queuesByUser.set(userId, new Set([queueId]));
}
