import { z } from 'zod';
import { channelEvent } from '../ami-event.js';
import { type EventRow, noConsequence } from './event-row.js';

const publisher = 'asterisk';
const text = z.string();

const CALLS_TOLD = 'wazo-calld tells the same of the calls of users.';
const POOL = 'Of an application that Wazo does not use: its agents are members of queues.';
const NOBODYS_STATE = 'No state of a user or queue depends on it.';

/** Events of Asterisk that are understood and left alone. */
export const quietAsteriskEvents = {
  Newchannel: channel(CALLS_TOLD),
  Newstate: channel(CALLS_TOLD),
  NewConnectedLine: channel(CALLS_TOLD),
  NewCallerid: channel(CALLS_TOLD),
  DialBegin: channel(CALLS_TOLD),
  DialEnd: channel(CALLS_TOLD),
  Hold: channel('wazo-calld tells the same as call_held, and a hold ends no call.'),
  Unhold: channel('wazo-calld tells the same as call_resumed, and a hold ends no call.'),
  BridgeEnter: channel('Who is connected with whom shows in AgentConnect and call_answered.'),
  BridgeLeave: channel('Who is connected no more shows in AgentComplete and call_ended.'),
  BridgeCreate: bridge(),
  BridgeDestroy: bridge(),
  Pickup: channel('The leg that picks up is told by wazo-calld, the end of the other by Hangup.'),
  MixMonitorStart: channel('Recording is no state that clients are told of.'),
  MixMonitorStop: channel('Recording is no state that clients are told of.'),
  LocalOptimizationEnd: quiet(
    z.object({ LocalOneUniqueid: text.min(1), LocalTwoUniqueid: text.min(1) }),
    'The legs that remain are known already.',
  ),
  DTMFEnd: channel(NOBODYS_STATE),
  DeviceStateChange: quiet(
    z.object({ Device: text.min(1), State: text }),
    'QueueMemberStatus tells the same of each member.',
  ),
  ExtensionStatus: quiet(
    z.object({ Exten: text, Status: text }),
    'wazo-chatd and wazo-calld tell the same of lines.',
  ),
  PresenceStateChange: quiet(z.object({ Presentity: text }), 'Presences are those of wazo-chatd.'),
  PeerStatus: quiet(
    z.object({ Peer: text.min(1), PeerStatus: text }),
    'wazo-calld tells the same as line_status_updated.',
  ),
  ContactStatus: quiet(
    z.object({ AOR: text, ContactStatus: text }),
    'wazo-calld tells the same as line_status_updated.',
  ),
  AgentLogin: channel(POOL),
  AgentLogoff: quiet(z.object({ Agent: text.min(1) }), POOL),
  Shutdown: quiet(
    z.object({ Shutdown: text.optional(), Restart: text.optional() }),
    'What ends with Asterisk is told by the Hangup of each channel, or found out at FullyBooted.',
  ),
} as const;

function channel(reason: string): EventRow {
  return quiet(channelEvent, reason);
}

function bridge(): EventRow {
  return quiet(z.object({ BridgeUniqueid: text.min(1) }), NOBODYS_STATE);
}

function quiet<T>(schema: z.ZodType<T>, reason: string): EventRow {
  return noConsequence({ publisher, schema, reason });
}
