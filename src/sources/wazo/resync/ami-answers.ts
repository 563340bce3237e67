import { z } from 'zod';
import { queueMemberEvent } from '../ami-event.js';
import type { AmiRow } from '../rest/wazo-amid.js';

/** What Asterisk answers to actions, in the words of its manager interface. */

/** An action was answered with an error, or its list is not whole; the text says which. */
export class AmiAnswerFault extends Error {
  override readonly name = 'AmiAnswerFault';
}

const text = z.string();
const seconds = text.regex(/^\d+$/u).transform(Number);

const queueRow = z.object({ Queue: text.min(1) });

/** QueueEntry: a caller who waits. `Wait` is in seconds. */
const queueEntry = queueRow.extend({
  Uniqueid: text.min(1),
  CallerIDNum: text.default(''),
  CallerIDName: text.default(''),
  Wait: seconds.optional().catch(undefined),
});

/** CoreShowChannel. `BridgeId` is empty while the channel is in no bridge. */
const channelRow = z.object({
  Uniqueid: text.min(1),
  Linkedid: text.optional(),
  Channel: text.default(''),
  Application: text.default(''),
  ApplicationData: text.default(''),
  BridgeId: text.default(''),
  CallerIDNum: text.default(''),
  CallerIDName: text.default(''),
});

/** CoreStatus: when Asterisk started, in its local time. */
const coreStatus = z.object({
  CoreStartupDate: text.min(1),
  CoreStartupTime: text.min(1),
});

export type QueueMemberRow = z.infer<typeof queueMemberEvent>;
export type QueueEntryRow = z.infer<typeof queueEntry>;
export type ChannelRow = z.infer<typeof channelRow>;

/** One queue of Asterisk. */
export interface AmiQueue {
  readonly name: string;
  readonly members: readonly QueueMemberRow[];
  readonly entries: readonly QueueEntryRow[];
}

/** The queues of an answer to QueueStatus. */
export interface AmiQueues {
  readonly queues: readonly AmiQueue[];
  /** What was wrong with rows, one text each; a queue with such a row is left out. */
  readonly unreadable: readonly string[];
}

interface Gathered {
  readonly members: QueueMemberRow[];
  readonly entries: QueueEntryRow[];
}

/**
 * Reads an answer to QueueStatus.
 * @throws AmiAnswerFault when Asterisk refused, or the list is cut
 */
export function readQueueStatus(rows: readonly AmiRow[]): AmiQueues {
  requireWhole('QueueStatus', rows);
  const queues = new Map<string, Gathered>();
  for (const row of rows) {
    const { data } = queueRow.safeParse(row);
    if (row['Event'] === 'QueueParams' && data !== undefined) queues.set(data.Queue, gathered());
  }
  const unreadable: string[] = [];
  for (const row of rows) {
    const problem = gather(row, queues);
    if (problem === undefined) continue;
    unreadable.push(problem);
    const { data } = queueRow.safeParse(row);
    if (data !== undefined) queues.delete(data.Queue);
  }
  return { queues: Array.from(queues, ([name, parts]) => ({ name, ...parts })), unreadable };
}

/**
 * Reads an answer to CoreShowChannels.
 * @throws AmiAnswerFault when Asterisk refused, or the list is cut or holds what is no channel
 */
export function readChannels(rows: readonly AmiRow[]): readonly ChannelRow[] {
  requireWhole('CoreShowChannels', rows);
  return rows
    .filter((row) => row['Event'] === 'CoreShowChannel')
    .map(({ BridgeID, ...row }) => {
      // A channel that cannot be read would pass for one that has ended.
      const parsed = channelRow.safeParse({ BridgeId: BridgeID, ...row });
      if (parsed.success) return parsed.data;
      throw new AmiAnswerFault(`CoreShowChannels: ${z.prettifyError(parsed.error)}`);
    });
}

/**
 * Reads an answer to CoreStatus.
 * @returns when Asterisk started, as it says it; good for comparing only
 * @throws AmiAnswerFault when it does not say
 */
export function readStartTime(rows: readonly AmiRow[]): string {
  for (const row of rows) {
    const { data } = coreStatus.safeParse(row);
    if (data !== undefined) return `${data.CoreStartupDate} ${data.CoreStartupTime}`;
  }
  throw new AmiAnswerFault('CoreStatus does not say when Asterisk started');
}

function gathered(): Gathered {
  return { members: [], entries: [] };
}

/** @returns what is wrong with the row; undefined for one that is well, or of another kind */
function gather(row: AmiRow, queues: ReadonlyMap<string, Gathered>): string | undefined {
  switch (row['Event']) {
    case 'QueueMember': {
      const { data, error } = queueMemberEvent.safeParse(row);
      if (data === undefined) return `QueueMember: ${z.prettifyError(error)}`;
      queues.get(data.Queue)?.members.push(data);
      return undefined;
    }
    case 'QueueEntry': {
      const { data, error } = queueEntry.safeParse(row);
      if (data === undefined) return `QueueEntry: ${z.prettifyError(error)}`;
      queues.get(data.Queue)?.entries.push(data);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** A list that was cut would pass for one of which the rest is gone. */
function requireWhole(action: string, rows: readonly AmiRow[]): void {
  const refusal = rows.find((row) => row['Response'] === 'Error');
  if (refusal !== undefined) {
    throw new AmiAnswerFault(`Asterisk refused ${action}: ${String(refusal['Message'])}`);
  }
  if (!rows.some((row) => row['Event'] === `${action}Complete`)) {
    throw new AmiAnswerFault(`the answer to ${action} is not whole`);
  }
}
