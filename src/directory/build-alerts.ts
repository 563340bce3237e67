import { alertGuid, type QueueAlert } from '../contact-center/index.js';
import { alertKey } from './alert-schema.js';
import type { DirectoryFile } from './file-schema.js';

type QueueEntry = DirectoryFile['queues'][number];

/**
 * The alerts of a queue, complete: they go to its supervisors unless they name others. RTE's
 * UserAlert does not tell the queue, so the name that an alert has by itself does.
 */
export function alertsOf(
  queue: QueueEntry,
  entries: NonNullable<QueueEntry['alerts']>,
): readonly QueueAlert[] {
  return entries.map(({ name, recipients, ...entry }) => ({
    ...entry,
    id: alertGuid(queue.id, alertKey({ name, ...entry })),
    name: name ?? `${queue.name}: ${entry.measure}`,
    recipients: recipients ?? queue.supervisors,
  }));
}
