import type { CallbackService } from '../callbacks/index.js';
import {
  type CallbackMade,
  type CallerUnserved,
  type ContactCenter,
  type Occurrence,
  TABLE_LIMITS,
} from '../contact-center/index.js';
import type { DirectoryWatch } from '../directory/types.js';
import type { RteEventBus } from '../rte/event-bus.js';
import { occurrenceEvents } from '../rte/occurrence-events.js';
import type { RteLogger } from '../rte/rte-logger.js';
import { StateFeed, type StateFeedOptions } from '../rte/state-feed.js';

/** What the way from domain events to the event bus needs. */
export interface EventFlowOptions {
  /** The projections; others read states there. */
  readonly contactCenter: ContactCenter;
  readonly directory: DirectoryWatch;
  readonly bus: RteEventBus;
  /** Takes callers whom nobody served, and those who were answered or called back after all. */
  readonly callbacks: Pick<CallbackService, 'callerUnserved' | 'callerAnswered' | 'callbackMade'>;
  readonly logger: RteLogger;
  /** Has the sizes of a room's tables read for the figures. */
  readonly watchTables: (
    room: string,
    read: () => {
      entries: Readonly<Record<string, number>>;
      limits?: Readonly<Record<string, number>>;
      evictions?: number;
    },
  ) => void;
  /** Counts how many entries of a table a snapshot showed to be wrong. */
  readonly corrected: StateFeedOptions['corrected'];
  /** Counts what clients were not told because it was long past when it came. */
  readonly untold: (kind: string) => void;
  /** A user's status is told at most once in this time, milliseconds. */
  readonly userStatusIntervalMs: number;
  /** A queue's status is told at most once in this time, milliseconds. */
  readonly queueStatusIntervalMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Connects the projections, the mappers and the callback service; the answer takes the events. */
export function createEventFlow(options: EventFlowOptions): StateFeed {
  const onOccurrence = createOccurrenceHandler(options);
  const feed = new StateFeed({ ...options, onOccurrence });
  const { contactCenter, watchTables } = options;
  watchTables('contact-center', () => {
    const { evictions, ...entries } = contactCenter.sizes();
    return { entries, limits: TABLE_LIMITS, evictions };
  });
  watchTables('state-feed', () => ({ entries: feed.sizes() }));
  return feed;
}

/**
 * Steps of calls go to the bus; callers whom nobody served become callback requests, and who is
 * answered after all needs none any more. That holds for what is no news to clients as well.
 */
function createOccurrenceHandler(options: EventFlowOptions): StateFeedOptions['onOccurrence'] {
  const { callbacks, logger } = options;
  const keep = (work: Promise<void>, callId: string) => {
    work.catch((error: unknown) => {
      logger.error({ err: error, callId }, 'callback request not stored');
    });
  };
  return (occurrence, isNews) => {
    if (isUnserved(occurrence)) {
      keep(callbacks.callerUnserved(occurrence), occurrence.callId);
      return;
    }
    if (occurrence.kind === 'callback-made') {
      keep(callbacks.callbackMade(occurrence), occurrence.callId);
      return;
    }
    if (isNews) tellClients(occurrence, options);
    else options.untold(occurrence.kind);
    if (occurrence.kind !== 'user-call-connected' || occurrence.queueId === null) return;
    const { at, queueId, callerNumber, callId } = occurrence;
    keep(callbacks.callerAnswered({ at, queueId, callerNumber }), callId);
  };
}

function tellClients(
  occurrence: Exclude<Occurrence, CallbackMade | CallerUnserved>,
  { directory, bus, now }: EventFlowOptions,
): void {
  for (const event of occurrenceEvents(occurrence, directory.current, now())) bus.publish(event);
}

const UNSERVED: Readonly<Record<CallerUnserved['kind'], true>> = {
  'caller-gave-up': true,
  'overflow-unanswered': true,
  'callback-asked': true,
};

function isUnserved(occurrence: Occurrence): occurrence is CallerUnserved {
  return Object.hasOwn(UNSERVED, occurrence.kind);
}
