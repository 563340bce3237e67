import type { TransferFailure, TransferFlow, TransferReport } from './transfer-events.js';

/**
 * One transfer, kept as the facts that were told of it by all who told of it. What came of it
 * follows from the facts, not from their order.
 */
export interface CallTransfer {
  /** By what name each teller knows it. */
  readonly names: Readonly<Record<string, string>>;
  /** When the first fact came, epoch ms. */
  readonly firstAt: number;
  readonly flow: TransferFlow;
  readonly userId?: string;
  readonly transferrerLegIds: readonly string[];
  readonly transferredLegId?: string;
  readonly targetLegId?: string;
  readonly targetNumber: string;
  readonly answeredAt?: number;
  readonly handedOver?: { readonly at: number; readonly cause: string };
  readonly failed?: {
    readonly at: number;
    readonly reason: TransferFailure;
    readonly cause: string;
  };
  readonly endedAt?: number;
  /** When the caller's own leg ended. */
  readonly callerEndedAt?: number;
  /** The call that is sent on, once it is known; it stays what it was then. */
  readonly call?: TransferredCall;
  readonly told: TransferTold;
}

/** The call as it was when the user began to send it on. */
export interface TransferredCall {
  /** Who had it; several when users share an agent. */
  readonly userIds: readonly string[];
  readonly callId: string;
  readonly legId: string;
  /** The queue that had offered it; null for a call to the user's own number. */
  readonly queueId: string | null;
  readonly callerNumber: string;
  readonly targetNumber: string;
}

/** What of a transfer has been told, each once: its begin, its leaving the user, its outcome. */
export interface TransferTold {
  readonly started: boolean;
  readonly sentOn: boolean;
  readonly outcome: boolean;
}

/** Legs remembered of who transfers: one in the call and one to the target, as each teller sees them. */
const MAX_TRANSFERRER_LEGS = 8;

/** A transfer of which nothing is known yet but that `report` belongs to it. */
export function openTransfer({ at, flow }: TransferReport): CallTransfer {
  return {
    names: {},
    firstAt: at,
    flow,
    transferrerLegIds: [],
    targetNumber: '',
    told: { started: false, sentOn: false, outcome: false },
  };
}

/** The transfer with one more report. One that is told twice changes nothing. */
export function applyReport(transfer: CallTransfer, report: TransferReport): CallTransfer {
  return withStep(withParties(transfer, report), report);
}

/** The transfer after the caller's own leg is gone. */
export function endCaller(transfer: CallTransfer, at: number): CallTransfer {
  return transfer.callerEndedAt === undefined ? { ...transfer, callerEndedAt: at } : transfer;
}

/** A transfer that began as attended becomes blind when the user lets go early, never the reverse. */
function withParties(transfer: CallTransfer, report: TransferReport): CallTransfer {
  const { teller, transferId, at, flow, targetNumber } = report;
  const userId = transfer.userId ?? report.userId;
  const transferredLegId = transfer.transferredLegId ?? report.transferredLegId;
  const targetLegId = transfer.targetLegId ?? report.targetLegId;
  const legIds = new Set([...transfer.transferrerLegIds, ...report.transferrerLegIds]);
  return {
    ...transfer,
    names: { ...transfer.names, [teller]: transferId },
    firstAt: Math.min(transfer.firstAt, at),
    flow: transfer.flow === 'blind' ? 'blind' : flow,
    transferrerLegIds: [...legIds].slice(0, MAX_TRANSFERRER_LEGS),
    targetNumber: transfer.targetNumber === '' ? targetNumber : transfer.targetNumber,
    ...(userId === undefined ? {} : { userId }),
    ...(transferredLegId === undefined ? {} : { transferredLegId }),
    ...(targetLegId === undefined ? {} : { targetLegId }),
  };
}

/** Of what is told twice, the earlier time holds. */
function withStep(transfer: CallTransfer, { step, at, cause }: TransferReport): CallTransfer {
  switch (step) {
    case 'started':
      return transfer;
    case 'answered':
      return { ...transfer, answeredAt: Math.min(transfer.answeredAt ?? at, at) };
    case 'handed-over':
      if (transfer.handedOver !== undefined && transfer.handedOver.at <= at) return transfer;
      return { ...transfer, handedOver: { at, cause } };
    case 'ended':
      return { ...transfer, endedAt: Math.min(transfer.endedAt ?? at, at) };
    case 'cancelled':
    case 'caller-gone':
    case 'failed':
      if (transfer.failed !== undefined && transfer.failed.at <= at) return transfer;
      return { ...transfer, failed: { at, reason: step, cause } };
  }
}
