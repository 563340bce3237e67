import {
  callIdentity,
  callNumbers,
  disconnectReason,
  publicity,
  userWithUserName,
  userWithUsername,
} from './call-fields.js';
import { defineExtendedEvent } from './event-definition.js';
import { oneOf, optionalGuid, text } from './field-types.js';

const userCall = { entityType: 'User', kind: 'occurrence' } as const;

/** The call's present target is the user. */
export const userCallInArrived = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInArrived',
  description: 'An inbound call has arrived whose present target is the user.',
  fields: { ...callIdentity, ...userWithUserName, ...callNumbers },
});

/** First event of a direct call. */
export const userCallInComing = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInComing',
  description: 'A direct inbound call to the user begins.',
  fields: { ...callIdentity, ...userWithUsername, ...callNumbers },
});

/** An inbound call ended that was the user's. */
export const userCallInDisconnected = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInDisconnected',
  description: "An inbound call ended while it was the user's.",
  fields: {
    ...callIdentity,
    ...userWithUsername,
    reason: disconnectReason,
    techQueueId: optionalGuid('The technical queue that held the call.'),
    techReason: text('The technical reason, e.g. a SIP cause.'),
    ...callNumbers,
  },
});

/** The call rings at the user. */
export const userCallInUserAllocated = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInUserAllocated',
  description: 'An inbound call is offered to the user and rings.',
  fields: {
    ...callIdentity,
    ...userWithUserName,
    userNumber: text('The number of the user that rings.'),
    detailedReason: text('Why the call was offered to this user.'),
    ...callNumbers,
  },
});

/** The offer ended without an answer. */
export const userCallInUserCancelled = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInUserCancelled',
  description: 'An inbound call was offered to the user, and the offer ended without an answer.',
  fields: {
    ...callIdentity,
    ...userWithUserName,
    reason: text('Why the offer ended.'),
    detailedReason: text('Why it ended, in more detail.'),
    ...callNumbers,
  },
});

/** The user answered. */
export const userCallInUserConnected = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInUserConnected',
  description: 'The user answered an inbound call.',
  fields: {
    ...callIdentity,
    agentLegId: text('The leg that leads to the user.'),
    ...userWithUserName,
    userNumber: text('The number of the user that answered.'),
    ...callNumbers,
  },
});

/** A call to the user goes elsewhere. */
export const userCallInUserOverflow = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInUserOverflow',
  description: "A call to the user's own number is sent elsewhere.",
  fields: {
    ...callIdentity,
    ...userWithUsername,
    reason: oneOf(
      [
        'AVAActiveProfile',
        'BusyForTechnicalError',
        'DND',
        'OffWork',
        'NoAnswer',
        'InterruptOverflow',
        'BusyOnBusy',
        'TransferAll',
        'BlindTransfer',
      ],
      'Why the user does not get it.',
    ),
    target: text('Where it goes: an id, a number, or several.'),
    ...callNumbers,
  },
});

/** The other party of the user's outgoing call answered. */
export const userCallOutConnected = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallOutConnected',
  description: 'The other party answered an outgoing call of the user.',
  fields: { ...callIdentity, ...userWithUserName, ...callNumbers },
});

/** An outgoing call of the user ended. */
export const userCallOutDisconnected = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallOutDisconnected',
  description: 'An outgoing call of the user ended.',
  fields: {
    ...callIdentity,
    ...userWithUserName,
    reason: disconnectReason,
    techReason: text('The technical reason, e.g. a SIP cause.'),
    ...callNumbers,
  },
});
