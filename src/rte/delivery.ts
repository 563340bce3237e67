import type { Directory } from '../directory/types.js';
import { SharedMessage } from '../signalr/index.js';
import type { AccessAudit } from './access-audit.js';
import { refusingRule } from './access-policy.js';
import type { RteEvent } from './events/create-event.js';
import type { RteLogger } from './rte-logger.js';
import type { ActiveSubscription } from './subscription.js';

/**
 * An event as it goes to all its subscribers, to be encoded once.
 * @param now epoch ms; its time to live counts from here
 */
export function createMessage(event: RteEvent, now: number): SharedMessage {
  const { data: value, name: label, ttlSeconds } = event;
  if (ttlSeconds < 0) return new SharedMessage({ value, label });
  return new SharedMessage({ value, label, expiresAt: now + ttlSeconds * 1000 });
}

/** Sends a message to a subscriber. What goes wrong with one must not keep it from the others. */
export function deliver(
  { caller, template }: ActiveSubscription,
  message: SharedMessage,
  logger: RteLogger,
): void {
  try {
    caller.deliver(template, message);
  } catch (error) {
    logger.error({ err: error, connectionId: caller.connectionId }, 'delivery failed');
  }
}

/**
 * The policy is asked again only when the directory was replaced since it was asked last. That the
 * right was lost is written down then, not at each event that is withheld.
 */
export function mayStillReceive(
  directory: Directory,
  active: ActiveSubscription,
  audit: Pick<AccessAudit, 'refused'>,
): boolean {
  const { access, caller, subscription } = active;
  if (access.directory !== directory) {
    const { entityType: type, entityId: id, eventType: eventName } = subscription;
    const entity = { type, id };
    const rule = refusingRule(directory, caller.user, entity, eventName);
    active.access = { directory, allowed: rule === undefined };
    if (rule !== undefined && access.allowed) {
      const { user, connectionId } = caller;
      const who = { caller: user, connectionId };
      audit.refused({ reason: 'rights-lost', ...who, entity, eventName, rule });
    }
  }
  return active.access.allowed;
}
