/** A word that no version of the PBX is known to say; those who map the message decide what it means. */
export const UNRECOGNIZED = 'unrecognized';
export type Unrecognized = typeof UNRECOGNIZED;

/** What a user says of himself. OFFLINE is told by REST only. */
export type Presence =
  'ONLINE' | 'DO_NOT_DISTURB' | 'AWAY' | 'LUNCH' | 'BUSINESS_TRIP' | 'OFFLINE' | Unrecognized;

/** 22.3 says ONLINE, 22.2 AVAILABLE; a sample of 22.3 still has AVAILABLE. */
const PRESENCES: Readonly<Record<string, Presence>> = {
  ONLINE: 'ONLINE',
  AVAILABLE: 'ONLINE',
  DO_NOT_DISTURB: 'DO_NOT_DISTURB',
  DND: 'DO_NOT_DISTURB',
  AWAY: 'AWAY',
  LUNCH: 'LUNCH',
  BUSINESS_TRIP: 'BUSINESS_TRIP',
  OFFLINE: 'OFFLINE',
};

/** Whether an extension is in a call; the PBX's word for IDLE is the empty one. */
export type CallStatus = 'IDLE' | 'RINGING' | 'ON_CALL' | Unrecognized;

const CALL_STATUSES: Readonly<Record<string, CallStatus>> = {
  '': 'IDLE',
  RINGING: 'RINGING',
  ON_CALL: 'ON_CALL',
  // The vendor's sample.
  ON_ACLL: 'ON_CALL',
  OTHER_CALL: 'ON_CALL',
};

/** State of an agent in one queue. */
export type AgentState =
  | 'READY'
  | 'NOT_READY'
  | 'QUEUE_CALL'
  | 'OTHER_CALL'
  | 'WRAP_UP'
  | 'LOGGED_OUT'
  | 'OFFLINE'
  | Unrecognized;

/** Prose and wire differ, and versions do: 22.3 calls ONLINE who is logged out of the queue. */
const AGENT_STATES: Readonly<Record<string, AgentState>> = {
  READY: 'READY',
  NOT_READY: 'NOT_READY',
  // Until 22.3, where both became codes of NOT_READY.
  BREAK: 'NOT_READY',
  LUNCH: 'NOT_READY',
  QUEUE_CALL: 'QUEUE_CALL',
  OTHER_CALL: 'OTHER_CALL',
  WRAP_UP: 'WRAP_UP',
  LOGGED_OUT: 'LOGGED_OUT',
  LOGOUT: 'LOGGED_OUT',
  ONLINE: 'LOGGED_OUT',
  OFFLINE: 'OFFLINE',
};

/** Whether a waiting entry is a caller or a wish to be called back. */
export type CallerType = 'normal' | 'callback' | Unrecognized;

const CALLER_TYPES: Readonly<Record<string, CallerType>> = {
  NORMAL: 'normal',
  CALLBACK: 'callback',
};

/** Why the waiting list changed. */
export type CallerReason =
  'enqueue' | 'agent_answered' | 'overflow' | 'hangup' | 'callback' | Unrecognized;

const CALLER_REASONS: Readonly<Record<string, CallerReason>> = {
  ENQUEUE: 'enqueue',
  AGENT_ANSWERED: 'agent_answered',
  OVERFLOW: 'overflow',
  HANGUP: 'hangup',
  CALLBACK: 'callback',
};

/** Where a call comes from and goes to. */
export type Direction = 'internal' | 'inbound' | 'outbound' | 'inbound_outbound' | Unrecognized;

/** Tables have the long words, the table of call_cdr and older samples the short ones. */
const DIRECTIONS: Readonly<Record<string, Direction>> = {
  INTERNAL: 'internal',
  EXT: 'internal',
  INBOUND: 'inbound',
  IN: 'inbound',
  OUTBOUND: 'outbound',
  OUT: 'outbound',
  INBOUND_OUTBOUND: 'inbound_outbound',
  IN2OUT: 'inbound_outbound',
};

/** Whether a queue takes callers, by its REST status. */
export type QueueState = 'ONLINE' | 'OFFLINE' | Unrecognized;

const QUEUE_STATES: Readonly<Record<string, QueueState>> = {
  ONLINE: 'ONLINE',
  OFFLINE: 'OFFLINE',
};

/** How a call or one of its targets went. */
export type CallResult = 'answered' | 'noanswer' | 'fail' | Unrecognized;

const CALL_RESULTS: Readonly<Record<string, CallResult>> = {
  ANSWERED: 'answered',
  ANSWER: 'answered',
  NOANSWER: 'noanswer',
  NO_ANSWER: 'noanswer',
  FAIL: 'fail',
  FAILED: 'fail',
};

/** Why a call or one of its targets ended. */
export type EndReason =
  | 'none'
  | 'caller_disconnected'
  | 'callee_disconnected'
  | 'replaced'
  | 'referred'
  | 'redirected'
  | 'blind_transfer_complete'
  | 'attended_transfer_complete'
  | 'cancelled'
  | Unrecognized;

const END_REASONS: Readonly<Record<string, EndReason>> = {
  NONE: 'none',
  CALLER_DISCONNECTED: 'caller_disconnected',
  CALLER_DISCONNECT: 'caller_disconnected',
  CALLEE_DISCONNECTED: 'callee_disconnected',
  CALLEE_DISCONNECT: 'callee_disconnected',
  REPLACED: 'replaced',
  REFERRED: 'referred',
  REDIRECTED: 'redirected',
  BLIND_TRANSFER_COMPLETE: 'blind_transfer_complete',
  ATTENDED_TRANSFER_COMPLETE: 'attended_transfer_complete',
  CANCELLED: 'cancelled',
  CANCELED: 'cancelled',
};

/** What kind of call a target was. */
export type CallType =
  | 'none'
  | 'normal_call'
  | 'queue_call'
  | 'queue_callback_call'
  | 'callback_call'
  | 'ring_group_call'
  | Unrecognized;

const CALL_TYPES: Readonly<Record<string, CallType>> = {
  NONE: 'none',
  NORMAL_CALL: 'normal_call',
  QUEUE_CALL: 'queue_call',
  QUEUE_CALLBACK_CALL: 'queue_callback_call',
  CALLBACK_CALL: 'callback_call',
  RING_GROUP_CALL: 'ring_group_call',
};

/** The word that `raw` stands for, whatever its letter case, with blanks or hyphens for underscores. */
function wordOf<Word extends string>(
  table: Readonly<Record<string, Word>>,
  raw: string,
): Word | Unrecognized {
  const spelled = raw
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/gu, '_');
  return Object.hasOwn(table, spelled) ? (table[spelled] ?? UNRECOGNIZED) : UNRECOGNIZED;
}

export const presenceOf = (raw: string): Presence => wordOf(PRESENCES, raw);
export const callStatusOf = (raw: string): CallStatus => wordOf(CALL_STATUSES, raw);
export const agentStateOf = (raw: string): AgentState => wordOf(AGENT_STATES, raw);
export const callerTypeOf = (raw: string): CallerType => wordOf(CALLER_TYPES, raw);
export const callerReasonOf = (raw: string): CallerReason => wordOf(CALLER_REASONS, raw);
export const directionOf = (raw: string): Direction => wordOf(DIRECTIONS, raw);
export const queueStateOf = (raw: string): QueueState => wordOf(QUEUE_STATES, raw);
export const callResultOf = (raw: string): CallResult => wordOf(CALL_RESULTS, raw);
export const endReasonOf = (raw: string): EndReason => wordOf(END_REASONS, raw);
export const callTypeOf = (raw: string): CallType => wordOf(CALL_TYPES, raw);
