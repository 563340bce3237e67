import { isCheckedIn, type MemberState } from './member-state.js';
import { type QueueMember, runningWrapUp } from './queue-member.js';
import type { QueueVisit } from './queue-visit.js';
import { visitPhase } from './visit-phase.js';
import { longestWait, waitingLine } from './waiting-line.js';

/** Those of RTE's OpenStatus numbers that the hub can tell; the rest are less certain than it is. */
const OPEN_STATUS = {
  notAvailable: 0,
  noActiveHandler: 1,
  closed: 3,
  open: 5,
  openUncertain: 6,
} as const;

/** Counters of one queue. `maxWaitTime` in whole seconds, the rest are counts. */
export interface QueueStatus {
  readonly queueId: string;
  readonly providers: number;
  readonly requesters: number;
  readonly servingAgentsEstimate: number;
  readonly allocated: number;
  readonly connected: number;
  readonly queuingRequesters: number;
  readonly notServedRequesters: number;
  readonly agentsLongTermAway: number;
  readonly agentsShortTermAway: number;
  readonly agentsImmediatelyFree: number;
  readonly agentsCheckedIn: number;
  readonly agentsOnWrapUp: number;
  readonly maxWaitTime: number;
  readonly openStatus: number;
}

/** What the status of a queue is derived from. */
export interface QueueFacts {
  readonly queueId: string;
  /** Something was told of the queue since the start. */
  readonly known: boolean;
  /** Whether its hours, or its telephony system, let it be open now; undefined when not known. */
  readonly isOpen: boolean | undefined;
  readonly members: readonly QueueMember[];
  readonly visits: readonly QueueVisit[];
  /** What the queue may expect of a member now. */
  stateOf(member: QueueMember): MemberState;
  /** Whether a member would take calls, if not just now. */
  isServing(member: QueueMember): boolean;
}

/**
 * Derives a queue's counters at `now` (epoch ms). It holds: checked in = free + short-term away +
 * long-term away; requesters = not served + connected; not served = queuing + allocated.
 */
export function queueStatus(facts: QueueFacts, now: number): QueueStatus {
  const calls = countCalls(facts.visits, now);
  const checkedIn = facts.members.filter(isCheckedIn);
  const states = checkedIn.map((member) => facts.stateOf(member));
  const serving = checkedIn.filter((member) => facts.isServing(member));
  const onWrapUp = checkedIn.filter((member) => runningWrapUp(member, now) !== undefined);
  return {
    queueId: facts.queueId,
    providers: facts.members.length,
    requesters: calls.queuing + calls.allocated + calls.connected,
    servingAgentsEstimate: serving.length,
    allocated: calls.allocated,
    connected: calls.connected,
    queuingRequesters: calls.queuing,
    notServedRequesters: calls.queuing + calls.allocated,
    agentsLongTermAway: count(states, 'long-term-away'),
    agentsShortTermAway: count(states, 'short-term-away'),
    agentsImmediatelyFree: count(states, 'free'),
    agentsCheckedIn: checkedIn.length,
    agentsOnWrapUp: onWrapUp.length,
    maxWaitTime: longestWait(waitingLine(facts.visits, now), now),
    openStatus: openStatus(facts, checkedIn.length),
  };
}

/** The status of a queue that is not there: nobody in it, not available. */
export function absentQueueStatus(queueId: string): QueueStatus {
  const facts = { queueId, known: false, isOpen: undefined, members: [], visits: [] };
  return queueStatus({ ...facts, stateOf: () => 'long-term-away', isServing: () => false }, 0);
}

function countCalls(
  visits: readonly QueueVisit[],
  now: number,
): { queuing: number; allocated: number; connected: number } {
  const calls = { queuing: 0, allocated: 0, connected: 0 };
  for (const visit of visits) {
    switch (visitPhase(visit, now)) {
      case 'waiting':
        calls.queuing += 1;
        break;
      case 'allocated':
        calls.allocated += 1;
        break;
      case 'connected':
        calls.connected += 1;
        break;
      case 'announced':
      case 'over':
        break;
    }
  }
  return calls;
}

/**
 * Closed is told of a queue without anybody logged in, too: at night that is no news. While neither
 * hours nor the system say that a queue is open, it is never certain.
 */
function openStatus({ known, isOpen }: QueueFacts, checkedIn: number): number {
  if (!known) return OPEN_STATUS.notAvailable;
  if (isOpen === false) return OPEN_STATUS.closed;
  if (checkedIn === 0) return OPEN_STATUS.noActiveHandler;
  return isOpen === true ? OPEN_STATUS.open : OPEN_STATUS.openUncertain;
}

function count(states: readonly MemberState[], wanted: MemberState): number {
  return states.filter((state) => state === wanted).length;
}
