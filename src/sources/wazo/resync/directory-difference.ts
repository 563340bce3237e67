import type { DomainEvent } from '../../../contact-center/index.js';
import type { Directory, Queue, User } from '../../../directory/types.js';

/** Whether somebody or something is in `after` whom Wazo has other names for than in `before`. */
export function hasNews(before: Directory, after: Directory): boolean {
  return isAnyNew(before.users, after.users) || isAnyNew(before.queues, after.queues);
}

/** Says that users and queues which left the directory are no more; empty when none did. */
export function departures(before: Directory, after: Directory, at: number): DomainEvent[] {
  const users = idsGone(before.users, after.users);
  const queues = idsGone(before.queues, after.queues);
  if (users.length === 0 && queues.length === 0) return [];
  return [
    {
      kind: 'snapshot',
      at,
      snapshotId: 'directory',
      occasion: 'change',
      users: users.map((userId) => ({ userId, exists: false })),
      queues: queues.map((queueId) => ({ queueId, exists: false })),
    },
  ];
}

type Named = Pick<User | Queue, 'wazo'>;

function isAnyNew(before: ReadonlyMap<string, Named>, after: ReadonlyMap<string, Named>): boolean {
  return Array.from(after).some(([id, { wazo }]) => {
    const known = before.get(id)?.wazo;
    return known === undefined || JSON.stringify(known) !== JSON.stringify(wazo);
  });
}

function idsGone(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>) {
  return [...before.keys()].filter((id) => !after.has(id));
}
