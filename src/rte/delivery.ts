import type { Directory } from '../directory/types.js';
import { SharedMessage } from '../signalr/index.js';
import type { AccessAudit } from './access-audit.js';
import { decisionsUnder } from './access-decisions.js';
import { refusingRule } from './access-policy.js';
import { eventCatalogue } from './events/event-catalogue.js';
import type { RteEvent } from './events/create-event.js';
import type { RteLogger } from './rte-logger.js';
import { templateOf } from './subscription.js';
import type { ActiveSubscription, ExactSubscription, Topic } from './subscription.js';

/**
 * An event as it goes to all its subscribers, to be encoded once.
 * @param now epoch ms; its time to live counts from here
 */
export function createMessage(event: RteEvent, now: number): SharedMessage {
  const { data: value, name: label, entityId, ttlSeconds } = event;
  // The messages of a subscription with wildcards are about many entities.
  const conflationKey = `${entityId} ${label}`;
  if (ttlSeconds < 0) return new SharedMessage({ value, label, conflationKey, madeAt: now });
  const expiresAt = now + ttlSeconds * 1000;
  return new SharedMessage({ value, label, conflationKey, expiresAt, madeAt: now });
}

/** Sends the message of an event to a subscriber. What goes wrong with one must not keep it from others. */
export function deliver(
  active: ActiveSubscription,
  { name }: Pick<RteEvent, 'name'>,
  message: SharedMessage,
  logger: RteLogger,
): void {
  const { caller } = active;
  try {
    caller.deliver(templateOf(active, name), message);
  } catch (error) {
    logger.error({ err: error, connectionId: caller.connectionId }, 'delivery failed');
  }
}

/** Tells whether a subscriber may have an event of a topic that the subscription is to. */
export function mayStillReceive(
  directory: Directory,
  active: ActiveSubscription,
  { entityId: id, eventName }: Topic,
  audit: Pick<AccessAudit, 'refused'>,
): boolean {
  if (active.kind === 'exact') return keepsRight(directory, active, audit);
  const entity = { type: eventCatalogue[eventName].entityType, id };
  return decisionsUnder(directory).allows(active.caller.user, entity, eventName);
}

/**
 * The policy is asked again only when the directory was replaced since it was asked last. That the
 * right was lost is written down then, not at each event that is withheld.
 */
function keepsRight(
  directory: Directory,
  active: ExactSubscription,
  audit: Pick<AccessAudit, 'refused'>,
): boolean {
  const { access, caller, topic } = active;
  if (access.directory !== directory) {
    const { entityId: id, eventName } = topic;
    const entity = { type: eventCatalogue[eventName].entityType, id };
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
