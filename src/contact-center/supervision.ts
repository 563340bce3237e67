import { BURST_MS, LEAVE_GRACE_MS } from './limits.js';
import type { Occurrence, SupervisionChanged } from './occurrences.js';
import type { SupervisionMode, SupervisionReport } from './supervision-events.js';

/** One supervision of one leg, kept as the facts that were told of it. */
export interface Supervision {
  readonly report: SupervisionReport;
  readonly mode: SupervisionMode;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** Whose call it is and who listens, as told; then it does not change any more. */
  readonly parties?: SupervisionParties;
  readonly told: SupervisionTold;
}

export interface SupervisionParties {
  readonly targetId: string;
  /** Null for somebody who is no user. */
  readonly supervisorId: string | null;
  readonly callId: string;
  readonly queueId: string | null;
}

/** The steps of a supervision, which are told in this order only. */
export const SUPERVISION_TOLD = { nothing: 0, started: 1, stopped: 2 } as const;
type SupervisionTold = (typeof SUPERVISION_TOLD)[keyof typeof SUPERVISION_TOLD];

/** A supervision of which nothing is known yet but that `report` belongs to it. */
export function openSupervision(report: SupervisionReport): Supervision {
  return { report, mode: report.mode, told: SUPERVISION_TOLD.nothing };
}

/** The supervision with one more report. One that is told twice changes nothing. */
export function applySupervision(known: Supervision, report: SupervisionReport): Supervision {
  if (report.step === 'stopped') return stopSupervision(known, report.at);
  if (known.startedAt !== undefined) return known;
  return { ...known, startedAt: report.at, mode: report.mode };
}

/** The supervision after it was stopped, or one of its legs is gone. */
export function stopSupervision(known: Supervision, at: number): Supervision {
  return known.stoppedAt === undefined ? { ...known, stoppedAt: at } : known;
}

/** Whether a start at `at` is of the next supervision by the same legs, not late news of this one. */
export function isNextSupervision({ stoppedAt }: Supervision, at: number): boolean {
  return stoppedAt !== undefined && at > stoppedAt + BURST_MS;
}

/** When it is told without knowing who listens, epoch ms: the phone may be reported a moment later. */
export function supervisionDeadline({ report, told }: Supervision): number | undefined {
  return told === SUPERVISION_TOLD.nothing ? report.at + LEAVE_GRACE_MS : undefined;
}

/** What happened and was not told yet: an end implies the begin before it. */
export function takeSupervisionNews(
  supervision: Supervision,
  parties: SupervisionParties,
): { readonly supervision: Supervision; readonly occurrences: readonly Occurrence[] } {
  const { report, mode, startedAt, stoppedAt } = supervision;
  let { told } = supervision;
  const { targetLegId: legId, supervisorLegId } = report;
  const about = { kind: 'supervision-changed', ...parties, legId, supervisorLegId } as const;
  const occurrences: SupervisionChanged[] = [];
  if (told === SUPERVISION_TOLD.nothing) {
    occurrences.push({ ...about, at: startedAt ?? report.at, state: mode });
    told = SUPERVISION_TOLD.started;
  }
  if (told === SUPERVISION_TOLD.started && stoppedAt !== undefined) {
    occurrences.push({ ...about, at: stoppedAt, state: 'none' });
    told = SUPERVISION_TOLD.stopped;
  }
  return { supervision: { ...supervision, parties, told }, occurrences };
}
