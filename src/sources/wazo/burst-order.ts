import type { BusEnvelope } from './bus-envelope.js';
import { type AmiEventName, isAmiEventName } from './events/event-table.js';

/** Of what the order is: a message and where its envelope stands. */
export interface Ordered {
  readonly envelope: BusEnvelope;
}

/**
 * Puts the messages of one burst into an order in which they can have happened. wazo-amid hands on
 * what it reads from Asterisk at once in reverse, and stamps it so; only Asterisk's own
 * `Timestamp`, which few systems switch on, tells the true order. Without it the order follows from
 * what each event presupposes: a member is added before it is called, called before it answers.
 * Messages of other services are in the order of their time stamps, which can be trusted.
 */
export function inCausalOrder<T extends Ordered>(burst: readonly T[]): T[] {
  if (burst.length < 2) return [...burst];
  const ami = burst.filter(({ envelope }) => isAmiEventName(envelope.name));
  const others = burst.filter(({ envelope }) => !isAmiEventName(envelope.name));
  return [...orderAmi(ami), ...orderByStamp(others)];
}

function orderByStamp<T extends Ordered>(messages: readonly T[]): T[] {
  return messages.toSorted((a, b) => (a.envelope.timestampMs ?? 0) - (b.envelope.timestampMs ?? 0));
}

function orderAmi<T extends Ordered>(messages: readonly T[]): T[] {
  const times = messages.map(({ envelope }) => Number(text(envelope, 'Timestamp') ?? Number.NaN));
  const trusted = times.every((time) => Number.isFinite(time));
  const ending = endingMembers(messages);
  return messages
    .map((message, index) => ({
      message,
      key: trusted ? [times[index] ?? 0] : causalKey(message.envelope, ending),
    }))
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .map(({ message }) => message);
}

/** Members first, as what is said of calls takes them for granted; then calls by their course. */
const MEMBER_PHASES: Partial<Record<AmiEventName, number>> = {
  QueueMemberAdded: 0,
  QueueMemberStatus: 1,
  QueueMemberPenalty: 1,
  QueueMemberRinginuse: 1,
  QueueMemberPause: 2,
  QueueMemberRemoved: 3,
};

const CALL_PHASES: Partial<Record<AmiEventName, number>> = {
  UserEvent: 0,
  QueueCallerJoin: 1,
  AgentCalled: 2,
  AgentRingNoAnswer: 3,
  AgentDump: 3,
  QueueCallerAbandon: 4,
  QueueCallerLeave: 5,
  VarSet: 5.5,
  AgentConnect: 6,
  BlindTransfer: 6.5,
  AttendedTransfer: 6.5,
  AgentComplete: 7,
  ChanSpyStart: 7.5,
  ChanSpyStop: 7.6,
  ParkedCall: 8,
  ParkedCallSwap: 8.5,
  UnParkedCall: 9,
  ParkedCallGiveUp: 9,
  ParkedCallTimeOut: 9,
  HangupRequest: 10,
  Hangup: 11,
};

function causalKey(envelope: BusEnvelope, ending: ReadonlySet<string>): number[] {
  const { name } = envelope;
  if (!isAmiEventName(name)) return [];
  const memberPhase = MEMBER_PHASES[name];
  if (memberPhase === undefined) {
    return [
      1,
      CALL_PHASES[name] ?? 0,
      ...channelAge(text(envelope, 'Uniqueid')),
      ...channelAge(text(envelope, 'DestUniqueid')),
    ];
  }
  return [
    0,
    count(envelope, 'LoginTime'),
    memberPhase,
    count(envelope, 'LastPause'),
    1 - count(envelope, 'Paused'),
    count(envelope, 'CallsTaken'),
    count(envelope, 'LastCall'),
    deviceRank(count(envelope, 'Status'), ending.has(interfaceOf(envelope))),
  ];
}

/** `<second of creation>.<number>`, behind the system's name if it has one. */
const UNIQUE_ID = /(\d+)\.(\d+)$/u;

/** Of equal events the one of the older channel goes first; channels are numbered as they are made. */
function channelAge(uniqueId = ''): [number, number] {
  const parts = UNIQUE_ID.exec(uniqueId);
  return [Number(parts?.[1] ?? 0), Number(parts?.[2] ?? 0)];
}

/** A phone goes from idle over ringing to in use, and back to idle at the end of the call. */
function deviceRank(status: number, ending: boolean): number {
  switch (status) {
    case 0:
    case 1:
      return ending ? 3 : 0;
    case 6:
    case 7:
      return 1;
    case 4:
    case 5:
      return 4;
    default:
      return 2;
  }
}

const ENDS_OF_CALLS: ReadonlySet<string> = new Set([
  'AgentRingNoAnswer',
  'AgentDump',
  'AgentComplete',
]);

/** Members for whom a call ends within the burst: they answered no more, completed, or lost it. */
function endingMembers(messages: readonly Ordered[]): ReadonlySet<string> {
  const endedCallers = new Set<string>();
  const ending = new Set<string>();
  for (const { envelope } of messages) {
    if (envelope.name === 'Hangup' || envelope.name === 'QueueCallerAbandon') {
      endedCallers.add(text(envelope, 'Uniqueid') ?? '');
    }
    if (ENDS_OF_CALLS.has(envelope.name)) {
      ending.add(interfaceOf(envelope));
    }
  }
  for (const { envelope } of messages) {
    const calls = envelope.name === 'AgentCalled' || envelope.name === 'AgentConnect';
    if (calls && endedCallers.has(text(envelope, 'Uniqueid') ?? '')) {
      ending.add(interfaceOf(envelope));
    }
  }
  return ending;
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function interfaceOf(envelope: BusEnvelope): string {
  return text(envelope, 'Interface') ?? text(envelope, 'Location') ?? '';
}

function text(envelope: BusEnvelope, field: string): string | undefined {
  const value = envelope.data[field];
  return typeof value === 'string' ? value : undefined;
}

function count(envelope: BusEnvelope, field: string): number {
  const value = Number(text(envelope, field) ?? 0);
  return Number.isFinite(value) ? value : 0;
}
