import { alertGuid } from './ids.js';
import type { UserAlerted } from './occurrences.js';
import type { QueueVisit } from './queue-visit.js';
import { visitPhase, waitingSince } from './visit-phase.js';

/** A queue's caller has waited longer than its telephony system has it laid down. */
export interface ServiceLevelBreached {
  readonly kind: 'service-level-breached';
  readonly at: number;
  readonly queueId: string;
  /** Ids of the users who are to know. */
  readonly recipients: readonly string[];
  /** Empty when not known. */
  readonly callerNumber: string;
  readonly limitSeconds: number;
  /** How many callers have waited that long. */
  readonly callers: number;
}

const NAME = 'SLA';
/** The telephony system's rule, in the words of portsip/wsi.md C.1. */
const EXPRESSION = 'wait > sla_time_secs';

/** Whom to alert, with how long the caller has waited, or how many callers, if that is not known. */
export function breachAlerts(
  { at, queueId, recipients, callerNumber, limitSeconds, callers }: ServiceLevelBreached,
  visits: readonly QueueVisit[],
): UserAlerted[] {
  const waits = visits
    .filter((visit) => visit.callerNumber === callerNumber && callerNumber !== '')
    .filter((visit) => ['waiting', 'allocated'].includes(visitPhase(visit, at)))
    .map((visit) => Math.round((at - waitingSince(visit)) / 1000));
  const value = waits.length === 0 ? callers : Math.max(...waits);
  return recipients.map((userId) => ({
    kind: 'user-alerted',
    at,
    userId,
    queueId,
    alertId: alertGuid(queueId, NAME),
    name: NAME,
    expression: EXPRESSION,
    limit: limitSeconds,
    value,
  }));
}
