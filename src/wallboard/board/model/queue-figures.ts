import type { RteEventData } from '../../../rte/events/event-catalogue.js';

/** Whether a queue takes calls, as far as the hub can tell. */
export type OpenState = 'unknown' | 'unstaffed' | 'closed' | 'open';

/** What the board shows of one queue; counts, but for the times in epoch ms. */
export interface QueueFigures {
  readonly name: string | null;
  /** Callers whom nobody has answered, rung for or not: those of whom the wait is told. */
  readonly waiting: number;
  /** Those of them for whom a phone rings. */
  readonly ringing: number;
  readonly connected: number;
  /** When the caller who waits longest came; null while nobody waits. */
  readonly waitingSince: number | null;
  /** Agents who are logged in: free + onCalls + wrapUp + away. */
  readonly loggedIn: number;
  readonly free: number;
  /** Agents who talk or ring. */
  readonly onCalls: number;
  readonly wrapUp: number;
  readonly away: number;
  /** Agents who would take calls, if not just now. */
  readonly serving: number;
  readonly openState: OpenState;
  /** Whether the hub knows the open state, and not only supposes it. */
  readonly isOpenStateSure: boolean;
}

type QueueStatus = RteEventData<'QueueStatus'>;

/** Two waits this close are of the same caller: `maxWaitTime` is in whole seconds, rounded down. */
const ROUNDING_MS = 1_500;

/**
 * What a QueueStatus says.
 * @param previous what was shown before; a wait that began then goes on without a leap
 */
export function queueFigures(data: QueueStatus, previous?: QueueFigures): QueueFigures {
  const wrapUp = Math.min(data.nbrOfAgentsOnWrapUp, data.nbrOfAgentsShortTermAway);
  return {
    name: data.queueName,
    waiting: data.nbrOfNotServedRequesters,
    ringing: data.nbrOfAllocated,
    connected: data.nbrOfConnected,
    waitingSince: waitingSince(data, previous?.waitingSince ?? null),
    loggedIn: data.nbrOfAgentsCheckedInQueue,
    free: data.nbrOfAgentsImmediatelyFree,
    onCalls: data.nbrOfAgentsShortTermAway - wrapUp,
    wrapUp,
    away: data.nbrOfAgentsLongTermAway,
    serving: data.nbrOfServingAgentsEstimate,
    ...openStateOf(data.openStatus),
  };
}

/** The hub tells of changes only, so the wait goes on from when the event was made. */
function waitingSince(data: QueueStatus, known: number | null): number | null {
  if (data.nbrOfNotServedRequesters === 0) return null;
  const since = Date.parse(data.timestamp) - data.maxWaitTime * 1000;
  const isSame = known !== null && Math.abs(since - known) <= ROUNDING_MS;
  return isSame ? Math.min(since, known) : since;
}

/** The numbers of OpenStatus: even ones from 2 on are what the odd ones are, but less sure. */
function openStateOf(openStatus: number): Pick<QueueFigures, 'openState' | 'isOpenStateSure'> {
  switch (openStatus) {
    case 1:
    case 2:
      return { openState: 'unstaffed', isOpenStateSure: openStatus === 1 };
    case 3:
    case 4:
      return { openState: 'closed', isOpenStateSure: openStatus === 3 };
    case 5:
    case 6:
      return { openState: 'open', isOpenStateSure: openStatus === 5 };
    default:
      return { openState: 'unknown', isOpenStateSure: false };
  }
}
