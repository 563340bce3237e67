import { z } from 'zod';
import type { DeviceState } from '../../contact-center/index.js';
import { MARKER_EVENT } from './notices.js';

/** AMI has only text; a field that this version of Asterisk does not send is absent. */
const text = z.string();
const number = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);
/** A figure that is good to have: Asterisk leaves it empty at times, which is no reason to refuse the rest. */
const figure = number.optional().catch(undefined);
const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** Asterisk's own time of the event, when manager.conf has `timestampevents=yes`. */
const timestamp = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform((seconds) => Number(seconds) * 1000)
  .optional()
  .catch(undefined);

const DEVICE_STATES: readonly DeviceState[] = [
  'unknown',
  'idle',
  'in-use',
  'busy',
  'invalid',
  'unavailable',
  'ringing',
  'ringing-in-use',
  'on-hold',
];

const deviceState = number.transform((code, context): DeviceState => {
  const state = DEVICE_STATES[code];
  if (state !== undefined) return state;
  context.addIssue({ code: 'custom', message: `${String(code)} is not a device state (0 to 8)` });
  return z.NEVER;
});

/** Channel variables that manager.conf has Asterisk add; wazo-amid makes an object of them. */
const channelVariables = z
  .object({ WAZO_ENTRY_EXTEN: text.default('') })
  .default({ WAZO_ENTRY_EXTEN: '' })
  .catch({ WAZO_ENTRY_EXTEN: '' });

/** A caller in a queue: QueueCallerJoin, QueueCallerLeave and QueueCallerAbandon. */
export const queueCallerEvent = z.object({
  Queue: text.min(1),
  Uniqueid: text.min(1),
  Linkedid: text.optional(),
  CallerIDNum: text.default(''),
  CallerIDName: text.default(''),
  ChanVariable: channelVariables,
  Timestamp: timestamp,
});

/** The caller joins or leaves; `Count` are the callers of the queue after that. */
export const countedCallerEvent = queueCallerEvent.extend({ Count: figure });

/** A queue and a member have to do with a caller: AgentCalled, Connect, Complete, RingNoAnswer. */
export const queueAgentEvent = queueCallerEvent.extend({
  Interface: text.min(1),
  DestUniqueid: text.optional(),
  MemberName: text.default(''),
  /** Who ended the call, in AgentComplete: caller, agent or transfer. */
  Reason: text.optional(),
});

/** FullyBooted: seconds since Asterisk started, in versions that tell. */
export const fullyBootedEvent = z.object({ Uptime: figure });

/** Reload: the module that was read anew, `All` for all of them. */
export const reloadEvent = z.object({ Module: text.default('') });

/**
 * UserEvent `Queue`: Wazo's dialplan sends a caller to a queue, which may still turn them away. The
 * queue is its number in wazo-confd; the field names changed from XIVO_ to WAZO_.
 */
const queueUserEvent = queueCallerEvent.omit({ Queue: true }).extend({
  UserEvent: z.literal('Queue'),
  WAZO_DSTID: number.optional().catch(undefined),
  XIVO_DSTID: number.optional().catch(undefined),
  XIVO_CALLERIDNUMBER: text.optional(),
  XIVO_CALLERIDNAME: text.optional(),
});

/** UserEvent `hub_sync`: the hub's own mark. */
const markerUserEvent = z.object({ UserEvent: z.literal(MARKER_EVENT), Nonce: text.min(1) });

/** Dialplans and Wazo's services raise UserEvents of many other names. */
const otherUserEvent = z
  .object({ UserEvent: text.refine((name) => name !== 'Queue' && name !== MARKER_EVENT) })
  .transform(() => ({ UserEvent: 'other' as const }));

/** An event of Asterisk's application UserEvent: which one is in `UserEvent`. */
export const userEvent = z.union([
  z.discriminatedUnion('UserEvent', [queueUserEvent, markerUserEvent]),
  otherUserEvent,
]);

/**
 * The member block of QueueMember*. `Location` is what Asterisk before 12 calls `Interface`.
 * `LoginTime`, `LastPause` and `LastCall` are epoch seconds, 0 for never. `InCall` is a call of the
 * queue's.
 */
export const queueMemberEvent = z
  .object({
    Queue: text.min(1),
    Interface: text.min(1).optional(),
    Location: text.min(1).optional(),
    /** The member's name in answers to QueueStatus; events have `MemberName`. */
    Name: text.default(''),
    Status: deviceState.optional(),
    Paused: flag.optional(),
    Ringinuse: flag.optional(),
    Wrapuptime: figure,
    LoginTime: figure,
    LastPause: figure,
    LastCall: figure,
    CallsTaken: figure,
    InCall: flag.optional().catch(undefined),
    Timestamp: timestamp,
  })
  .transform(({ Location, Interface = Location, ...block }, context) => {
    if (Interface !== undefined) return { ...block, Interface };
    context.addIssue({ code: 'custom', message: 'neither Interface nor Location is there' });
    return z.NEVER;
  });

/**
 * ParkedCall, ParkedCallSwap, by which another channel takes the place of the parked one, and
 * UnParkedCall, ParkedCallGiveUp and ParkedCallTimeOut, which end it.
 */
export const parkedCallEvent = z.object({
  ParkeeUniqueid: text.min(1),
  ParkeeLinkedid: text.optional(),
  Parkinglot: text.default(''),
  ParkingSpace: text.default(''),
  ParkerCallerIDNum: text.default(''),
  /** The phone that parked the call, as it would be dialled. */
  ParkerDialString: text.default(''),
  Timestamp: timestamp,
});

/** Who the phone's two calls are with is told in several ways; `Result` is Success, or why not. */
const transferResult = { Result: text.default('Success'), Timestamp: timestamp };
const leg = text.min(1);

/** BlindTransfer: a phone sent its call to an extension. */
export const blindTransferEvent = z.object({
  ...transferResult,
  TransfererUniqueid: leg,
  TransfereeUniqueid: leg.optional(),
  Extension: text.default(''),
});

/** AttendedTransfer: a phone joined its two calls. */
export const attendedTransferEvent = z.object({
  ...transferResult,
  OrigTransfererUniqueid: leg,
  SecondTransfererUniqueid: leg.optional(),
  SecondTransfererConnectedLineNum: text.default(''),
  TransfereeUniqueid: leg.optional(),
  TransferTargetUniqueid: leg.optional(),
  TransferTargetCallerIDNum: text.optional(),
});

/** ChanSpyStart and ChanSpyStop: one channel listens in on another. */
export const chanSpyEvent = z.object({
  SpyerChannel: text.default(''),
  SpyerUniqueid: leg,
  SpyeeChannel: text.default(''),
  SpyeeUniqueid: leg,
  SpyeeLinkedid: text.optional(),
  Timestamp: timestamp,
});

/** VarSet: a channel's variable has another value. */
export const varSetEvent = z.object({
  Uniqueid: text.min(1),
  Variable: text,
  Value: text.default(''),
  Timestamp: timestamp,
});

/** HangupRequest and Hangup. */
export const hangupEvent = z.object({
  Uniqueid: text.min(1),
  Cause: figure,
  'Cause-txt': text.optional(),
  Timestamp: timestamp,
});

/** A channel of whose fields the hub reads nothing but who it is. */
export const channelEvent = z.object({ Uniqueid: text.min(1), Channel: text.optional() });

export type QueueCallerEvent = z.infer<typeof queueCallerEvent>;
export type CountedCallerEvent = z.infer<typeof countedCallerEvent>;
export type QueueAgentEvent = z.infer<typeof queueAgentEvent>;
export type QueueUserEvent = z.infer<typeof queueUserEvent>;
export type QueueMemberBlock = z.infer<typeof queueMemberEvent>;
