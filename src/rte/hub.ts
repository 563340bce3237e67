import { z } from 'zod';

import type { DirectoryHolder } from '../directory/types.js';
import { hubMethod, type HubCaller, type HubDefinition } from '../signalr/index.js';
import type { AccessAudit } from './access-audit.js';
import { parseEntitySubscription } from './entity-subscription.js';
import { eventNames, extensionEventNames } from './events/event-catalogue.js';
import type { EventHistory } from './event-history.js';
import type { LastStates } from './last-states.js';
import { defaultSubscriptionLimits, type SubscriptionLimits } from './limits.js';
import type { Resumption, ResumeResult } from './resumption.js';
import type { RteUser } from './rte-user.js';
import { wantsSnapshot } from './snapshot-wish.js';
import { readTarget, refusalOf } from './subscription-check.js';
import type { SubscriptionRegistry } from './subscription-registry.js';
import {
  refused,
  subscribed,
  unsubscribed,
  type Refusal,
  type SubscriptionResult,
} from './subscription-result.js';
import type { SubscriptionTarget } from './subscription.js';

interface RteHubOptions {
  readonly directory: DirectoryHolder;
  readonly registry: SubscriptionRegistry;
  readonly limits?: Pick<SubscriptionLimits, 'perCall'>;
  readonly audit: Pick<AccessAudit, 'refused' | 'itemRefused'>;
  /** What those get who have just subscribed. */
  readonly lastStates: Pick<LastStates, 'tell' | 'place'>;
  /** What those get who lost their connection. */
  readonly resumption: Pick<Resumption, 'resume' | 'settle' | 'forget'>;
  readonly history: Pick<EventHistory, 'place' | 'use'>;
  /** Whether clients that don't say so want the last states of what they subscribe to. */
  readonly snapshotOnSubscribe: boolean;
  /** Whether AvailableSubscriptions names the events that the RTE does not have. */
  readonly listExtensions: boolean;
}

const items = z.array(z.unknown());

// The documentation's own sample calls AvailableSubscriptions with an argument it doesn't have.
const ignoreExtraArguments = true;

/** The methods that clients call, and what happens when they leave. */
export function createRteHub(options: RteHubOptions): HubDefinition<RteUser> {
  const { registry, resumption, listExtensions } = options;
  const available = listExtensions ? [...eventNames, ...extensionEventNames] : eventNames;
  return {
    methods: {
      Subscribe: hubMethod<RteUser, [unknown[]]>({
        parameters: [items],
        ignoreExtraArguments,
        handler: (caller, given) => subscribeAll(options, caller, given),
      }),
      Unsubscribe: hubMethod<RteUser, [unknown[]]>({
        parameters: [items],
        ignoreExtraArguments,
        handler: (caller, given) => {
          resumption.settle(caller.connectionId);
          return given.map((item) => unsubscribe(registry, caller, item));
        },
      }),
      UnsubscribeAll: hubMethod<RteUser, []>({
        parameters: [],
        ignoreExtraArguments,
        handler: (caller) => {
          resumption.settle(caller.connectionId);
          registry.unsubscribeAll(caller.connectionId);
          return true;
        },
      }),
      Resume: hubMethod<RteUser, [unknown, unknown[] | null | undefined]>({
        parameters: [z.unknown(), items.nullish()],
        optionalParameters: 2,
        ignoreExtraArguments,
        handler: (caller, lastEventId, given) => resume(options, caller, lastEventId, given ?? []),
      }),
      AvailableSubscriptions: hubMethod<RteUser, []>({
        parameters: [],
        ignoreExtraArguments,
        handler: () => available,
      }),
      ActiveSubscriptions: hubMethod<RteUser, []>({
        parameters: [],
        ignoreExtraArguments,
        handler: (caller) => registry.ofConnection(caller.connectionId),
      }),
    },
    onDisconnected: ({ connectionId }) => {
      registry.unsubscribeAll(connectionId);
      resumption.forget(connectionId);
    },
  };
}

/** An answer, and the subscription where there is one now. */
interface Answer {
  readonly result: SubscriptionResult;
  readonly target?: SubscriptionTarget;
}

/** The last states come behind the answer: who gets one knows to what it belongs. */
function subscribeAll(
  options: RteHubOptions,
  caller: HubCaller<RteUser>,
  given: readonly unknown[],
): readonly SubscriptionResult[] {
  const { results, targets } = addAll(options, caller, given);
  tellStates(options, caller, targets);
  return results;
}

/**
 * Subscribes and resumes at one moment: nothing can come in between. Who wants snapshots gets them
 * behind the answer: of what was asked for here, and of everything when something is lost.
 */
function resume(
  options: RteHubOptions,
  caller: HubCaller<RteUser>,
  lastEventId: unknown,
  given: readonly unknown[],
): ResumeResult {
  const { registry, resumption, snapshotOnSubscribe } = options;
  const { results, targets } = addAll(options, caller, given);
  const withoutStates = wantsSnapshot(caller.query, snapshotOnSubscribe);
  const outcome = resumption.resume(caller, lastEventId, withoutStates);
  const { resumed, reason } = outcome;
  const isLost = !resumed && reason !== 'nothing-to-resume';
  tellStates(options, caller, isLost ? registry.targetsOf(caller.connectionId) : targets);
  return { ...outcome, results };
}

function tellStates(
  { lastStates, snapshotOnSubscribe }: RteHubOptions,
  caller: HubCaller<RteUser>,
  targets: readonly SubscriptionTarget[],
): void {
  const telling = {
    snapshot: wantsSnapshot(caller.query, snapshotOnSubscribe),
    since: lastStates.place,
  };
  caller.afterAnswer(() => void lastStates.tell(caller, targets, telling));
}

function addAll(
  options: RteHubOptions,
  caller: HubCaller<RteUser>,
  given: readonly unknown[],
): { results: readonly SubscriptionResult[]; targets: readonly SubscriptionTarget[] } {
  options.history.use(caller.user.organizationId);
  const answers = given.map((item, index) => subscribe(options, caller, item, index));
  return {
    results: answers.map(({ result }) => result),
    targets: answers.flatMap(({ target }) => target ?? []),
  };
}

function subscribe(
  { directory, registry, history, audit, limits = defaultSubscriptionLimits }: RteHubOptions,
  caller: HubCaller<RteUser>,
  given: unknown,
  index: number,
): Answer {
  const item = parseEntitySubscription(given);
  const { user, connectionId } = caller;
  const refuse = (message: Refusal): Answer => {
    audit.itemRefused({ caller: user, connectionId, item, message });
    return { result: refused(item, message) };
  };
  if (index >= limits.perCall) return refuse('Subscription limit reached');
  const named = readTarget(item);
  if (!named.ok) return refuse(named.refusal);
  const refusal = refusalOf(directory.current, user, named);
  if (refusal?.refused !== undefined) {
    audit.refused({ reason: 'subscribe', caller: user, connectionId, ...refusal.refused });
    return { result: refused(item, refusal.message) };
  }
  if (refusal) return refuse(refusal.message);
  const { entityId, eventName } = named;
  const target = { organizationId: user.organizationId, entityId, eventName };
  const isThere = registry.subscribe(caller, target, directory.current, history.place);
  return isThere ? { result: subscribed(item), target } : refuse('Subscription limit reached');
}

function unsubscribe(
  registry: SubscriptionRegistry,
  caller: HubCaller<RteUser>,
  given: unknown,
): SubscriptionResult {
  const item = parseEntitySubscription(given);
  const named = readTarget(item);
  if (!named.ok) return refused(item, named.refusal);
  registry.unsubscribe(caller.connectionId, named);
  return unsubscribed(item);
}
