import { z } from 'zod';

import type { DirectoryHolder } from '../directory/types.js';
import { hubMethod, type HubCaller, type HubDefinition } from '../signalr/index.js';
import { parseEntitySubscription } from './entity-subscription.js';
import { eventNames } from './events/event-catalogue.js';
import { defaultSubscriptionLimits, type SubscriptionLimits } from './limits.js';
import type { RteMetrics } from './rte-metrics.js';
import type { RteUser } from './rte-user.js';
import { nameTopic, refusalOf } from './subscription-check.js';
import type { SubscriptionRegistry } from './subscription-registry.js';
import {
  refused,
  subscribed,
  unsubscribed,
  type SubscriptionResult,
} from './subscription-result.js';

interface RteHubOptions {
  readonly directory: DirectoryHolder;
  readonly registry: SubscriptionRegistry;
  readonly limits?: Pick<SubscriptionLimits, 'perCall'>;
  readonly metrics: Pick<RteMetrics, 'accessDenied'>;
}

const items = z.array(z.unknown());

// The documentation's own sample calls AvailableSubscriptions with an argument it doesn't have.
const ignoreExtraArguments = true;

/** The methods that clients call, and what happens when they leave. */
export function createRteHub(options: RteHubOptions): HubDefinition<RteUser> {
  const { registry } = options;
  return {
    methods: {
      Subscribe: hubMethod<RteUser, [unknown[]]>({
        parameters: [items],
        ignoreExtraArguments,
        handler: (caller, given) =>
          given.map((item, index) => subscribe(options, caller, item, index)),
      }),
      Unsubscribe: hubMethod<RteUser, [unknown[]]>({
        parameters: [items],
        ignoreExtraArguments,
        handler: (caller, given) => given.map((item) => unsubscribe(registry, caller, item)),
      }),
      UnsubscribeAll: hubMethod<RteUser, []>({
        parameters: [],
        ignoreExtraArguments,
        handler: (caller) => {
          registry.unsubscribeAll(caller.connectionId);
          return true;
        },
      }),
      AvailableSubscriptions: hubMethod<RteUser, []>({
        parameters: [],
        ignoreExtraArguments,
        handler: () => eventNames,
      }),
      ActiveSubscriptions: hubMethod<RteUser, []>({
        parameters: [],
        ignoreExtraArguments,
        handler: (caller) => registry.ofConnection(caller.connectionId),
      }),
    },
    onDisconnected: (caller) => registry.unsubscribeAll(caller.connectionId),
  };
}

function subscribe(
  { directory, registry, metrics, limits = defaultSubscriptionLimits }: RteHubOptions,
  caller: HubCaller<RteUser>,
  given: unknown,
  index: number,
): SubscriptionResult {
  const item = parseEntitySubscription(given);
  if (index >= limits.perCall) return refused(item, 'Subscription limit reached');
  const topic = nameTopic(item);
  if (!topic.ok) return refused(item, topic.refusal);
  const { entityId, eventName } = topic;
  const { user } = caller;
  const refusal = refusalOf(directory.current, user, entityId, eventName);
  if (refusal === 'Unauthorized') metrics.accessDenied('subscribe');
  if (refusal) return refused(item, refusal);
  const target = { organizationId: user.organizationId, entityId, eventName };
  const isThere = registry.subscribe(caller, target, directory.current);
  return isThere ? subscribed(item) : refused(item, 'Subscription limit reached');
}

function unsubscribe(
  registry: SubscriptionRegistry,
  caller: HubCaller<RteUser>,
  given: unknown,
): SubscriptionResult {
  const item = parseEntitySubscription(given);
  const topic = nameTopic(item);
  if (!topic.ok) return refused(item, topic.refusal);
  registry.unsubscribe(caller.connectionId, topic);
  return unsubscribed(item);
}
