import { AGENT, IDS } from './e2e-directory.js';
import type { BusEvent } from './wazo-bus.js';
import {
  agentCall,
  agentStatus,
  type Caller,
  hangup,
  presence,
  queueAgent,
  queueCaller,
  queueMembers,
  queueUserEvent,
} from './wazo-events.js';

/** The caller of the stories. */
export const CALLER: Caller = { uniqueid: '1763683200.40', number: '+15551234567', queue: 'sales' };

/** What Wazo publishes at each turn of a queue call that the agent takes; each is one burst. */
export const agentLogsIn: readonly BusEvent[] = [
  ...queueMembers('QueueMemberAdded', AGENT),
  agentStatus(AGENT, 'logged_in'),
  presence(IDS.agent),
];

export const callArrives: readonly BusEvent[] = [
  queueCaller('QueueCallerJoin', CALLER, { Position: '1', Count: '1' }),
];

/** The dialplan sends the caller to the queue, a moment before it takes them in. */
export const callIsAnnounced: readonly BusEvent[] = [queueUserEvent(CALLER)];

export const phoneRings: readonly BusEvent[] = [
  queueAgent('AgentCalled', CALLER, AGENT),
  agentCall('call_created', CALLER, AGENT, 'Ringing'),
  ...queueMembers('QueueMemberStatus', AGENT, { Status: '6' }),
];

/** The queue lets go of the caller before it connects; amid may tell it the other way round. */
export const agentAnswers: readonly BusEvent[] = [
  queueCaller('QueueCallerLeave', CALLER, { Position: '1', Count: '0' }),
  queueAgent('AgentConnect', CALLER, AGENT, { HoldTime: '5', RingTime: '3' }),
  agentCall('call_answered', CALLER, AGENT, 'Up'),
  ...queueMembers('QueueMemberStatus', AGENT, { Status: '2' }),
];

export const callEnds: readonly BusEvent[] = [
  queueAgent('AgentComplete', CALLER, AGENT, { TalkTime: '62', Reason: 'caller' }),
  agentCall('call_ended', CALLER, AGENT, 'Down', { reason_code: 16 }),
  ...queueMembers('QueueMemberStatus', AGENT, { CallsTaken: '1', LastCall: '1763683270' }),
  hangup(CALLER.uniqueid),
];

export const callerGivesUp: readonly BusEvent[] = [
  queueCaller('QueueCallerAbandon', CALLER, { Position: '1', OriginalPosition: '1' }),
  queueCaller('QueueCallerLeave', CALLER, { Position: '1', Count: '0' }),
  hangup(CALLER.uniqueid),
];

/** The agent's phone stops ringing because the caller is gone. */
export const phoneFallsSilent: readonly BusEvent[] = [
  agentCall('call_ended', CALLER, AGENT, 'Down', { reason_code: 16 }),
  ...queueMembers('QueueMemberStatus', AGENT, { Status: '1' }),
];

export const agentPauses: readonly BusEvent[] = [
  ...queueMembers('QueueMemberPause', AGENT, { Paused: '1', PausedReason: 'lunch' }),
  {
    name: 'agent_paused',
    data: { agent_id: 42, agent_number: '1042', paused: true, queue: 'sales' },
  },
];

export const agentResumes: readonly BusEvent[] = [
  ...queueMembers('QueueMemberPause', AGENT),
  {
    name: 'agent_unpaused',
    data: { agent_id: 42, agent_number: '1042', paused: false, queue: 'sales' },
  },
];

export const agentLogsOff: readonly BusEvent[] = [
  ...queueMembers('QueueMemberRemoved', AGENT),
  agentStatus(AGENT, 'logged_out'),
];
