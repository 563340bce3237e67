import type { Directory, DirectoryHolder } from '../directory/types.js';
import type { SharedMessage } from '../signalr/index.js';
import type { AccessAudit } from './access-audit.js';
import type { RefusingRule } from './access-policy.js';
import { createMessage, deliver, mayStillReceive } from './delivery.js';
import { findEntity, organizationOf } from './entities.js';
import type { RteEventBus } from './event-bus.js';
import type { RteEvent } from './events/create-event.js';
import type { RteLogger } from './rte-logger.js';
import type { AccessDenial, RteMetrics } from './rte-metrics.js';
import type { SubscriptionRegistry } from './subscription-registry.js';

interface PublisherOptions {
  readonly bus: RteEventBus;
  readonly registry: Pick<SubscriptionRegistry, 'ofEvent'>;
  readonly directory: DirectoryHolder;
  readonly metrics: Pick<RteMetrics, 'eventPublished' | 'accessDenied'>;
  /** Told of subscribers who lost their right. */
  readonly audit: Pick<AccessAudit, 'refused'>;
  readonly logger: RteLogger;
  /** Epoch milliseconds, on the same clock as the SignalR server's. */
  now(): number;
}

/** Delivers every event of the bus to those who subscribed to it and may still have it. */
export function startPublisher(options: PublisherOptions): () => void {
  return options.bus.onEvent((event) => publish(options, event));
}

function publish(options: PublisherOptions, event: RteEvent): void {
  const { registry, metrics, audit, logger, directory } = options;
  const { name, entityId, organizationId } = event;
  metrics.eventPublished(name);
  const denial = denialOf(directory.current, event);
  if (denial) {
    metrics.accessDenied(denial.reason, denial.rule);
    logger.debug({ event: name, entityId, organizationId, ...denial }, 'event not published');
    return;
  }
  let message: SharedMessage | undefined;
  const topic = { entityId, eventName: name };
  for (const active of registry.ofEvent(organizationId, topic)) {
    if (!mayStillReceive(directory.current, active, topic, audit)) continue;
    message ??= createMessage(event, options.now());
    deliver(active, event, message, logger);
  }
}

interface Denial {
  readonly reason: AccessDenial;
  readonly rule: RefusingRule;
}

/** An event about something that isn't in its organization must reach nobody. */
function denialOf(directory: Directory, event: RteEvent): Denial | undefined {
  if (!directory.organizations.has(event.organizationId)) {
    return { reason: 'organization-unknown', rule: 'unknown' };
  }
  const entity = findEntity(directory, { type: event.entityType, id: event.entityId });
  if (!entity) return { reason: 'entity-unknown', rule: 'unknown' };
  if (organizationOf(entity) === event.organizationId) return undefined;
  return { reason: 'entity-foreign', rule: 'organization' };
}
