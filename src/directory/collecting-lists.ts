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
  return [...directory.callLists.values()]
    .filter((list) => list.queueIds.includes(queueId) && list.collect.includes(kind))
    .map(({ id, organizationId, dueAfterSeconds, expiresAfterSeconds }) => ({
      id,
      organizationId,
      channelIn: queue.name,
      ...(dueAfterSeconds === undefined ? {} : { dueAfterSeconds }),
      ...(expiresAfterSeconds === undefined ? {} : { expiresAfterSeconds }),
    }));
}
