import {
  type CallbackLogger,
  type CallbackRules,
  CallbackService,
  type CallbackStore,
  type StoreState,
} from '../callbacks/index.js';
import type { CallerUnserved } from '../contact-center/index.js';
import { collectingLists, listsClosedByAnswer } from '../directory/index.js';
import type { CallListCollects, DirectoryHolder } from '../directory/types.js';
import type { HealthComponent, Metrics } from '../observability/index.js';
import { maySee } from '../rte/access-policy.js';
import { mapCallbackChanged } from '../rte/callback-mapper.js';
import type { RteEventBus } from '../rte/event-bus.js';

const DAY_MS = 86_400_000;

/** What the callback service needs of the other parts. */
export interface CallbackFlowParts {
  readonly store: CallbackStore;
  readonly retentionDays: number;
  readonly directory: DirectoryHolder;
  readonly bus: RteEventBus;
  readonly health: HealthComponent;
  readonly metrics: Pick<Metrics, 'watchTables' | 'callbackStoreUsed'>;
  readonly logger: CallbackLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Connects the callback service: its rules come from the directory, its events go to the bus. */
export function createCallbackFlow(parts: CallbackFlowParts): CallbackService {
  const { store, retentionDays, directory, bus, health, metrics, logger, now } = parts;
  const service = new CallbackService({
    store,
    rules: rulesOf(directory),
    retentionMs: retentionDays * DAY_MS,
    onEvent: (event) => bus.publish(mapCallbackChanged(event)),
    onState: (state) => report(state, health, logger),
    onUse: (outcome, seconds) => metrics.callbackStoreUsed(outcome, seconds),
    logger,
    now,
  });
  metrics.watchTables('callbacks', () => service.sizes());
  return service;
}

function report(state: StoreState, health: HealthComponent, logger: CallbackLogger): void {
  if (state.up) {
    logger.info({}, 'store of callback requests is there');
    health.up();
  } else {
    logger.warn({ reason: state.reason }, 'store of callback requests is away');
    health.down(state.reason);
  }
}

const COLLECTED_AS: Readonly<Record<CallerUnserved['kind'], CallListCollects>> = {
  'caller-gave-up': 'abandoned',
  'overflow-unanswered': 'overflow',
  'callback-asked': 'explicit',
};

/** All of it is asked of the directory in force at that moment. */
function rulesOf(directory: DirectoryHolder): CallbackRules {
  return {
    listsFor: ({ queueId, kind }) =>
      collectingLists(directory.current, queueId, COLLECTED_AS[kind]),
    listsAskedFor: (queueId) =>
      collectingLists(directory.current, queueId, 'explicit').map(({ id }) => id),
    listsClosedBy: (queueId) => listsClosedByAnswer(directory.current, queueId),
    findList: (id) => directory.current.callLists.get(id),
    maySee(userId, callListId) {
      const { current } = directory;
      const user = current.users.get(userId);
      return user !== undefined && maySee(current, user, { type: 'CallList', id: callListId });
    },
  };
}
