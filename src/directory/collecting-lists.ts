import type { CollectingList } from '../contact-center/index.js';
import type { CallListCollects, Directory } from './types.js';

/** The call lists that collect calls of a queue which ended like `kind`. */
export function collectingLists(
  directory: Directory,
  queueId: string,
  kind: CallListCollects,
): readonly CollectingList[] {
  const queue = directory.queues.get(queueId);
  if (queue === undefined) return [];
  return listsOf(directory, queueId)
    .filter((list) => list.collect.includes(kind))
    .map(({ id, organizationId, dueAfterSeconds, expiresAfterSeconds }) => ({
      id,
      organizationId,
      channelIn: queue.name,
      ...(dueAfterSeconds === undefined ? {} : { dueAfterSeconds }),
      ...(expiresAfterSeconds === undefined ? {} : { expiresAfterSeconds }),
    }));
}

/** Ids of the call lists whose requests are done when the caller is answered in the queue. */
export function listsClosedByAnswer(directory: Directory, queueId: string): readonly string[] {
  return listsOf(directory, queueId)
    .filter((list) => list.closeWhenAnswered !== false)
    .map((list) => list.id);
}

function listsOf(directory: Directory, queueId: string) {
  return [...directory.callLists.values()].filter((list) => list.queueIds.includes(queueId));
}
