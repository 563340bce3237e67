import type { UserAlerted } from './occurrences.js';
import {
  alertDeadline,
  type AlertState,
  conditionExpression,
  conditionLimit,
  isRaised,
  nextAlertState,
  type QueueAlert,
} from './queue-alert.js';
import { ServiceLevel } from './service-level.js';
import type { VisitTable } from './visit-table.js';
import type { WaitOutcome } from './wait-outcome.js';
import { longestWait, waitingLine, type WaitingLine } from './waiting-line.js';

interface WatchedAlert {
  readonly alert: QueueAlert;
  readonly expression: string;
  /** Present when the alert measures it. */
  readonly serviceLevel: ServiceLevel | undefined;
  readonly state: AlertState;
}

/** What an alert measures at a moment. */
interface Reading {
  readonly value: number;
  readonly holds: boolean;
  /** When time alone changes it next, epoch ms. */
  readonly changesAt: number | undefined;
}

/**
 * Watches the queues that have alerts. Facts only mark a queue; `tick` looks at it, so that the
 * middle of a burst alerts nobody. It holds as many alerts as the directory has.
 */
export class QueueAlerts {
  readonly #visits: VisitTable;
  #queues = new Map<string, readonly WatchedAlert[]>();
  /** Queues of which something was told since the last look. */
  readonly #marked = new Set<string>();
  /** When to look again though nothing is told, by queue. */
  readonly #deadlines = new Map<string, number>();

  constructor(visits: VisitTable) {
    this.#visits = visits;
  }

  /** Puts these alerts in the place of all known; one that stays as it was goes on as it stood. */
  set(alerts: ReadonlyMap<string, readonly QueueAlert[]>): void {
    const before = this.#queues;
    this.#queues = new Map(
      [...alerts].map(([queueId, ofQueue]) => {
        const known = before.get(queueId) ?? [];
        return [queueId, ofQueue.map((alert) => watched(alert, known))];
      }),
    );
    this.#marked.clear();
    this.#deadlines.clear();
    for (const queueId of alerts.keys()) this.#marked.add(queueId);
  }

  /** Something was told of the queue. */
  mark(queueId: string): void {
    if (this.#queues.has(queueId)) this.#marked.add(queueId);
  }

  /** A caller's wait is over. */
  count(outcome: WaitOutcome): void {
    for (const { serviceLevel } of this.#queues.get(outcome.queueId) ?? []) {
      serviceLevel?.add(outcome);
    }
    this.mark(outcome.queueId);
  }

  /** Looks at the queues that may stand otherwise at `now` (epoch ms); answers whom to alert. */
  tick(now: number): readonly UserAlerted[] {
    for (const [queueId, deadline] of this.#deadlines) {
      if (deadline <= now) this.#marked.add(queueId);
    }
    const alerted = [...this.#marked].flatMap((queueId) => this.#look(queueId, now));
    this.#marked.clear();
    return alerted;
  }

  /** When `tick` next has something to look at, epoch ms. */
  nextDeadline(now: number): number | undefined {
    if (this.#marked.size > 0) return now;
    let next: number | undefined;
    for (const deadline of this.#deadlines.values()) next = Math.min(next ?? deadline, deadline);
    return next;
  }

  #look(queueId: string, now: number): readonly UserAlerted[] {
    const line = waitingLine(this.#visits.inQueue(queueId), now);
    const alerted: UserAlerted[] = [];
    const deadlines: number[] = [];
    const queue = this.#queues.get(queueId) ?? [];
    const next = queue.map((watching) => {
      const { alert, state } = watching;
      const { value, holds, changesAt } = read(watching, line, now);
      const after = nextAlertState(state, { holds, now }, alert);
      if (isRaised(state, after, alert, now))
        alerted.push(...alertsOf(watching, queueId, value, now));
      const deadline = alertDeadline(after, alert);
      if (deadline !== undefined) deadlines.push(deadline);
      if (changesAt !== undefined) deadlines.push(changesAt);
      return { ...watching, state: after };
    });
    this.#queues.set(queueId, next);
    if (deadlines.length === 0) this.#deadlines.delete(queueId);
    else this.#deadlines.set(queueId, Math.min(...deadlines));
    return alerted;
  }
}

function watched(alert: QueueAlert, known: readonly WatchedAlert[]): WatchedAlert {
  const expression = conditionExpression(alert);
  const before = known.find((one) => one.alert.id === alert.id && one.expression === expression);
  if (before !== undefined) return { ...before, alert };
  const serviceLevel = alert.measure === 'serviceLevel' ? new ServiceLevel(alert) : undefined;
  return { alert, expression, serviceLevel, state: { phase: 'off' } };
}

function read({ alert, serviceLevel }: WatchedAlert, line: WaitingLine, now: number): Reading {
  switch (alert.measure) {
    case 'queueLength':
      return { value: line.length, holds: line.length > alert.above, changesAt: undefined };
    case 'longestWait': {
      const value = longestWait(line, now);
      const holds = value > alert.above;
      const isRising = !holds && line.since !== undefined;
      // Whole seconds are told: "above 60" is true from the 61st on.
      const changesAt = isRising ? line.since + (alert.above + 1) * 1000 : undefined;
      return { value, holds, changesAt };
    }
    case 'serviceLevel': {
      const { calls, percent } = serviceLevel?.at(now) ?? { calls: 0, percent: 100 };
      const holds = calls >= alert.minimumCalls && percent < alert.below;
      return { value: percent, holds, changesAt: serviceLevel?.nextDeadline() };
    }
  }
}

function alertsOf(
  { alert, expression }: WatchedAlert,
  queueId: string,
  value: number,
  at: number,
): readonly UserAlerted[] {
  const { id: alertId, name, recipients } = alert;
  const limit = conditionLimit(alert);
  return recipients.map((userId) => ({
    kind: 'user-alerted',
    at,
    userId,
    queueId,
    alertId,
    name,
    expression,
    limit,
    value,
  }));
}
