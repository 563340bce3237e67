import type { CallListCollects, Directory } from './types.js';

/** A call list that takes a queue's calls of some kind, with what a request of it needs. */
export interface CollectingList {
  readonly id: string;
  readonly organizationId: string;
  /** The queue's name, by which requests tell where they came from. */
  readonly channelIn: string;
  readonly dueAfterSeconds?: number;
  readonly expiresAfterSeconds?: number;
}

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
