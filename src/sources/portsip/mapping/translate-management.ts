import {
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

/** extension_destroyed: the user is told of once more, as somebody who has nothing. */
export function translateExtensionDestroyed(
  { tenantId, extensionNumber, extensionId }: MessageOf<'extension_destroyed'>,
  { index, receivedAt: at }: TranslationContext,
): Translation {
  const user = index.userOf(tenantId, { number: extensionNumber ?? '', extensionId });
  if (user === undefined) return UNKNOWN_ENTITY;
  const users = [{ userId: user.id, exists: false as const }];
  const snapshotId = `portsip user ${user.id}`;
  return { outcome: 'directory-change', events: [{ kind: 'snapshot', at, snapshotId, users }] };
}

/** queue_destroy: the queue is told of once more, as one that is not there. */
export function translateQueueDestroyed(
  message: MessageOf<'queue_destroyed'>,
  context: TranslationContext,
): Translation {
  const queue = context.findQueue(message);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const queues = [{ queueId: queue.id, exists: false as const }];
  const snapshotId = `portsip queue ${queue.id}`;
  const { receivedAt: at } = context;
  return { outcome: 'directory-change', events: [{ kind: 'snapshot', at, snapshotId, queues }] };
}
