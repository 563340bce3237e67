import {
  countedCallerEvent,
  queueAgentEvent,
  queueCallerEvent,
  queueMemberEvent,
  userEvent,
} from '../ami-event.js';
import { member, memberPaused } from '../translate-member.js';
import { caller, countedCaller, offer, userEventRaised } from '../translate-queue.js';
import { changesState } from './event-row.js';

const publisher = 'asterisk';

/** Callers and members of Asterisk's queues. */
export const queueEvents = {
  UserEvent: changesState({
    publisher,
    schema: userEvent,
    translate: userEventRaised,
    rteEvents: ['QueueCallInComing', 'QueueStatus'],
    note: 'Only `Queue` says something of a call; `hub_sync` is the mark of a resynchronisation.',
  }),
  QueueCallerJoin: changesState({
    publisher,
    schema: countedCallerEvent,
    translate: countedCaller('queue-call-joined'),
    rteEvents: ['QueueCallInComing', 'QueueCallInArrived', 'QueueStatus'],
    note: '`Count` shows whether a join or leave before it was lost.',
  }),
  QueueCallerLeave: changesState({
    publisher,
    schema: countedCallerEvent,
    translate: countedCaller('queue-call-left'),
    rteEvents: ['QueueStatus', 'QueueCallInOverflow'],
    note: '`Count` shows whether a join or leave before it was lost.',
  }),
  QueueCallerAbandon: changesState({
    publisher,
    schema: queueCallerEvent,
    translate: caller('queue-call-abandoned'),
    rteEvents: [
      'QueueStatus',
      'QueueCallInDisconnected',
      'QueueCallInOverflow',
      'UserCallInUserCancelled',
      'CallbackChanged',
    ],
  }),
  AgentCalled: changesState({
    publisher,
    schema: queueAgentEvent,
    translate: offer('queue-call-offered'),
    rteEvents: ['UserCallInUserAllocated', 'QueueStatus', 'UserStatus'],
  }),
  AgentConnect: changesState({
    publisher,
    schema: queueAgentEvent,
    translate: offer('queue-call-connected'),
    rteEvents: [
      'UserCallInUserConnected',
      'UserCallInUserCancelled',
      'UserWrapUpEnabled',
      'QueueStatus',
      'UserStatus',
    ],
  }),
  AgentComplete: changesState({
    publisher,
    schema: queueAgentEvent,
    translate: offer('queue-call-completed'),
    rteEvents: [
      'UserCallInDisconnected',
      'UserWrapUpStarted',
      'UserWrapUpTerminated',
      'QueueStatus',
      'UserStatus',
    ],
  }),
  AgentRingNoAnswer: changesState({
    publisher,
    schema: queueAgentEvent,
    translate: offer('queue-call-offer-ended'),
    rteEvents: ['UserCallInUserCancelled', 'QueueStatus', 'UserStatus'],
  }),
  AgentDump: changesState({
    publisher,
    schema: queueAgentEvent,
    translate: offer('queue-call-offer-ended'),
    rteEvents: ['UserCallInUserCancelled', 'QueueStatus', 'UserStatus'],
  }),
  QueueMemberAdded: changesState({
    publisher,
    schema: queueMemberEvent,
    translate: member('queue-member-added'),
    rteEvents: ['UserStatus', 'QueueStatus'],
  }),
  QueueMemberStatus: memberChanged(),
  QueueMemberPenalty: memberChanged(),
  QueueMemberRinginuse: memberChanged(),
  QueueMemberPause: changesState({
    publisher,
    schema: queueMemberEvent,
    translate: memberPaused,
    rteEvents: ['UserStatus', 'QueueStatus'],
  }),
  QueueMemberRemoved: changesState({
    publisher,
    schema: queueMemberEvent,
    translate: member('queue-member-removed'),
    rteEvents: ['UserStatus', 'QueueStatus', 'UserWrapUpTerminated'],
  }),
} as const;

function memberChanged() {
  return changesState({
    publisher,
    schema: queueMemberEvent,
    translate: member('queue-member-changed'),
    rteEvents: ['UserStatus', 'QueueStatus'],
  });
}
