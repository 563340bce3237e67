import {
  applied,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

/** queue_sla_breached: a caller has waited too long, which the queue's supervisors are told. */
export function translateServiceLevelBreach(
  message: MessageOf<'queue_sla_breached'>,
  context: TranslationContext,
): Translation {
  const queue = context.findQueue(message);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const { callerNumber, slaTimeSeconds = 0, totalCallersBreached = 0, at } = message;
  const breach = `${callerNumber} ${String(at)} ${String(totalCallersBreached)}`;
  if (context.breaches.get(queue.id) === breach) return { outcome: 'duplicate', events: [] };
  context.breaches.set(queue.id, breach);
  return applied([
    {
      kind: 'service-level-breached',
      at: context.receivedAt,
      queueId: queue.id,
      recipients: queue.supervisors,
      callerNumber,
      limitSeconds: slaTimeSeconds,
      callers: totalCallersBreached,
    },
  ]);
}
