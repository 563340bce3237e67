import type {
  ConnectedCaller,
  ExistingQueueSnapshot,
  MemberSnapshot,
  OfferRef,
  WaitingCaller,
} from '../../../contact-center/index.js';
import type { Queue } from '../../../directory/types.js';
import { knownText } from '../queue-caller.js';
import { memberFacts } from '../translate-member.js';
import { agentNumber } from '../translate-queue.js';
import { callIdOf } from '../translation.js';
import type { AmiQueue, ChannelRow, QueueEntryRow, QueueMemberRow } from './ami-answers.js';
import { type ChannelList, interfaceOf } from './channel-list.js';
import type { LegOwners, SnapshotScope } from './snapshot-scope.js';

/** What is known of calls beside the queue itself. */
export interface KnownCalls {
  readonly channels: ChannelList;
  /** Whose the legs of users are. */
  readonly owners: LegOwners;
}

/**
 * The queue as Asterisk has it. Without `calls` nothing is said of who rings and who talks: the
 * answer to QueueStatus has callers only while they wait.
 */
export function queueSnapshot(
  asterisk: AmiQueue,
  queue: Queue,
  calls: KnownCalls | undefined,
  scope: SnapshotScope,
): ExistingQueueSnapshot {
  const waiting = asterisk.entries.map((entry) =>
    waitingCaller(entry, { asterisk, queue, calls, scope }),
  );
  const members = asterisk.members.map((row) => memberSnapshot(row, queue, scope));
  const base = { queueId: queue.id, exists: true, members, waiting } as const;
  if (calls === undefined) return base;
  const connected = connectedCallers({ asterisk, queue, calls, scope });
  return connected === undefined ? base : { ...base, connected };
}

interface QueueContext<Calls = KnownCalls | undefined> {
  readonly asterisk: AmiQueue;
  readonly queue: Queue;
  readonly calls: Calls;
  readonly scope: SnapshotScope;
}

function memberSnapshot(row: QueueMemberRow, queue: Queue, scope: SnapshotScope): MemberSnapshot {
  const member = scope.index.member(row.Interface);
  const wrapUp = wrapUpOf(row, queue, scope.at);
  return { member, facts: memberFacts(row), ...(wrapUp === undefined ? {} : { wrapUp }) };
}

/**
 * A wrap-up that runs, reckoned from the end of the member's last call by Asterisk's clock, which is
 * taken to go as ours does. That none runs is not concluded from it: the hub's own timers know.
 */
function wrapUpOf(
  { LastCall = 0, Wrapuptime = 0, InCall = false }: QueueMemberRow,
  queue: Queue,
  at: number,
): MemberSnapshot['wrapUp'] {
  const seconds = Wrapuptime > 0 ? Wrapuptime : queue.wazo.wrapUpSeconds;
  const start = LastCall * 1000;
  const end = start + seconds * 1000;
  return InCall || start > at || end <= at ? undefined : { start, end };
}

function waitingCaller(entry: QueueEntryRow, context: QueueContext): WaitingCaller {
  const { calls, scope } = context;
  const caller = calls?.channels.get(entry.Uniqueid);
  const waiting = {
    ...callerOf(entry, context),
    joinedAt: scope.at - (entry.Wait ?? 0) * 1000,
  };
  if (calls === undefined || caller === undefined) return waiting;
  return { ...waiting, ringing: ringingFor(caller, { ...context, calls }) };
}

type CallerRow = Pick<QueueEntryRow, 'Uniqueid' | 'CallerIDNum' | 'CallerIDName'>;

function callerOf(row: CallerRow, { queue, calls, scope }: QueueContext) {
  const linkedId = calls?.channels.linkedId(row.Uniqueid) ?? row.Uniqueid;
  return {
    legId: row.Uniqueid,
    callId: callIdOf(linkedId, queue.organizationId, scope),
    callerNumber: knownText(row.CallerIDNum),
    callerName: knownText(row.CallerIDName),
    targetNumber: '',
  };
}

/** Channels that ring nobody of this queue are another queue's. */
function ringingFor(caller: ChannelRow, context: QueueContext<KnownCalls>): OfferRef[] {
  return context.calls.channels.rungFor(caller).flatMap((channel) => {
    const row = memberRowOf(channel, context);
    return row === undefined ? [] : [offerRef(channel, row, context)];
  });
}

/** @returns undefined when it cannot be told with whom one of them talks */
function connectedCallers(context: QueueContext<KnownCalls>): ConnectedCaller[] | undefined {
  const { asterisk, calls, scope, queue } = context;
  const callers = calls.channels.connectedTo(asterisk.name);
  const connected: ConnectedCaller[] = [];
  for (const caller of callers) {
    const found = answererOf(caller, context);
    if (found === undefined) return undefined;
    connected.push({
      ...callerOf(caller, context),
      ...offerRef(found.channel, found.row, context),
      connectedAt: calls.owners.get(found.channel.Uniqueid)?.answeredAt ?? scope.at,
      wrapUpSeconds: queue.wazo.wrapUpSeconds,
    });
  }
  return connected;
}

function answererOf(
  caller: ChannelRow,
  context: QueueContext<KnownCalls>,
): { channel: ChannelRow; row: QueueMemberRow } | undefined {
  for (const channel of context.calls.channels.peersOf(caller)) {
    const row = memberRowOf(channel, context);
    if (row !== undefined) return { channel, row };
  }
  return undefined;
}

/**
 * The member behind a channel: by the channel's name, or, once Asterisk has taken the Local channel
 * of an agent out of the way, by the user whose phone it is.
 */
function memberRowOf(
  channel: ChannelRow,
  { asterisk, calls, scope }: QueueContext<KnownCalls>,
): QueueMemberRow | undefined {
  const memberId = scope.index.member(interfaceOf(channel)).memberId;
  const idOf = (row: QueueMemberRow) => scope.index.member(row.Interface);
  const byName = asterisk.members.find((row) => idOf(row).memberId === memberId);
  if (byName !== undefined) return byName;
  const owner = calls.owners.get(channel.Uniqueid)?.userId;
  if (owner === undefined) return undefined;
  return asterisk.members.find((row) => idOf(row).userIds.includes(owner));
}

function offerRef(
  channel: ChannelRow,
  row: QueueMemberRow,
  { scope }: QueueContext<KnownCalls>,
): OfferRef {
  const { index } = scope;
  const memberNumber = agentNumber(row.Name);
  return { offerId: channel.Uniqueid, member: index.member(row.Interface), memberNumber };
}
