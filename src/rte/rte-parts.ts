import type { DirectoryHolder } from '../directory/types.js';
import type { HubDefinition } from '../signalr/index.js';
import type { AccessAudit } from './access-audit.js';
import { decisionsUnder } from './access-decisions.js';
import type { RteEventBus } from './event-bus.js';
import { EventHistory } from './event-history.js';
import type { RteEvent } from './events/create-event.js';
import { createRteHub } from './hub.js';
import { LastStates } from './last-states.js';
import type { HistoryLimits } from './limits.js';
import { startPublisher } from './publisher.js';
import { Resumption } from './resumption.js';
import type { RteLogger } from './rte-logger.js';
import type { RteMetrics } from './rte-metrics.js';
import type { RteUser } from './rte-user.js';
import type { Subscription, Topic } from './subscription.js';
import { SubscriptionRegistry } from './subscription-registry.js';

/** Events of which the last one is all there is to know, for who asks for it when subscribing. */
const STATES = ['UserStatus', 'UserAvailability', 'QueueStatus', 'SourceStatus'] as const;

/** Those of them that every subscriber gets at once; a hint about trust must not be late. */
const UNASKED_STATES = ['SourceStatus'] as const;

interface RtePartsOptions {
  readonly bus: RteEventBus;
  readonly directory: DirectoryHolder;
  readonly metrics: Pick<RteMetrics, 'eventPublished' | 'accessDenied' | 'subscriptions'>;
  readonly audit: Pick<AccessAudit, 'refused' | 'itemRefused'>;
  readonly logger: RteLogger;
  /** The state as it is now of an entity that had no event yet, if it has one. */
  readonly currentState: (topic: Topic) => RteEvent | undefined;
  /** Whether subscribers get the last states at once, unless their connection says otherwise. */
  readonly snapshotOnSubscribe: boolean;
  /** Whether clients are told of the events that the RTE does not have. */
  readonly listExtensions: boolean;
  readonly historyLimits?: HistoryLimits;
  /** Epoch ms, on the same clock as the SignalR server's. */
  readonly now: () => number;
}

/** The RTE hub and what delivers to its clients. */
interface RteParts {
  readonly hub: HubDefinition<RteUser>;
  /** What a connection is subscribed to, oldest first. */
  readonly subscriptionsOf: (connectionId: string) => readonly Subscription[];
  /** How many of them there are. */
  readonly subscriptionCount: (connectionId: string) => number;
  /** Entries per table, for the figures. */
  readonly sizes: () => Readonly<Record<string, number>>;
  /** Delivers and keeps nothing more. */
  readonly stop: () => void;
}

/** Puts together all between the event bus and the SignalR server. */
export function createRteParts(options: RtePartsOptions): RteParts {
  const { metrics, historyLimits, directory } = options;
  const registry = new SubscriptionRegistry({ metrics });
  const stopPublisher = startPublisher({ ...options, registry });
  const lastStates = new LastStates({
    ...options,
    registry,
    events: STATES,
    unasked: UNASKED_STATES,
  });
  const limits = historyLimits === undefined ? {} : { limits: historyLimits };
  const history = new EventHistory({ ...options, ...limits, registry });
  const resumption = new Resumption({ ...options, registry, history, lastStates });
  return {
    hub: createRteHub({ ...options, registry, lastStates, history, resumption }),
    subscriptionsOf: (connectionId) => registry.ofConnection(connectionId),
    subscriptionCount: (connectionId) => registry.countOf(connectionId),
    sizes() {
      const { organizations, events, bytes } = history.sizes;
      return {
        ...registry.sizes,
        lastStates: lastStates.size,
        accessDecisions: decisionsUnder(directory.current).size,
        historyOrganizations: organizations,
        historyEvents: events,
        historyBytes: bytes,
        settledConnections: resumption.size,
      };
    },
    stop() {
      stopPublisher();
      lastStates.stop();
      history.stop();
    },
  };
}
