import { callEvent, callHoldEvent, missedCallEvent, parkedCallReport } from '../bus-event.js';
import { callAnswered, callEnded, callHeld, callMissed, callReported } from '../translate-call.js';
import { parkingReported, unparkingReported } from '../translate-parking.js';
import { changesState } from './event-row.js';

const publisher = 'wazo-calld';

/** The calls of users, as wazo-calld tells them. */
export const callEvents = {
  call_created: changesState({
    publisher,
    routingKeys: ['calls.call.created'],
    schema: callEvent,
    translate: callReported,
    rteEvents: [
      'UserStatus',
      'UserCallInComing',
      'UserCallInArrived',
      'UserCallInUserAllocated',
      'UserCallOutConnected',
    ],
  }),
  call_updated: changesState({
    publisher,
    routingKeys: ['calls.call.updated'],
    schema: callEvent,
    translate: callReported,
    rteEvents: ['UserStatus', 'UserCallInUserAllocated', 'UserCallInUserConnected'],
  }),
  call_answered: changesState({
    publisher,
    routingKeys: ['calls.call.answered'],
    schema: callEvent,
    translate: callAnswered,
    rteEvents: ['UserStatus', 'UserCallInUserConnected', 'UserCallOutConnected'],
  }),
  call_ended: changesState({
    publisher,
    routingKeys: ['calls.call.ended'],
    schema: callEvent,
    translate: callEnded,
    rteEvents: [
      'UserStatus',
      'UserCallInDisconnected',
      'UserCallOutDisconnected',
      'UserCallInUserCancelled',
    ],
  }),
  call_held: changesState({
    publisher,
    routingKeys: ['calls.hold.created'],
    schema: callHoldEvent,
    translate: callHeld(true),
    rteEvents: ['UserStatus'],
    note: 'A held call is still a call.',
  }),
  call_resumed: changesState({
    publisher,
    routingKeys: ['calls.hold.deleted'],
    schema: callHoldEvent,
    translate: callHeld(false),
    rteEvents: ['UserStatus'],
  }),
  user_missed_call: changesState({
    publisher,
    routingKeys: ['calls.missed'],
    schema: missedCallEvent,
    translate: callMissed,
    rteEvents: ['UserCallInUserOverflow'],
  }),
  call_parked: changesState({
    publisher,
    routingKeys: ['parkings.*.calls.updated'],
    schema: parkedCallReport,
    translate: parkingReported,
    rteEvents: ['UserStatus'],
  }),
  call_unparked: parkingEnded(),
  parked_call_hungup: parkingEnded(),
  parked_call_timed_out: parkingEnded(),
} as const;

function parkingEnded() {
  return changesState({
    publisher,
    routingKeys: ['parkings.*.calls.updated'],
    schema: parkedCallReport,
    translate: unparkingReported,
    rteEvents: ['UserStatus'],
  });
}
