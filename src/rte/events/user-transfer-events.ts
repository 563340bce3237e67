import {
  callIdentity,
  callNumbers,
  overflowCause,
  publicity,
  technicalQueue,
  techSource,
  transferApplet,
  userWithUsername,
} from './call-fields.js';
import { defineExtendedEvent } from './event-definition.js';
import { text } from './field-types.js';

const userCall = { entityType: 'User', kind: 'occurrence' } as const;

/** An inbound call of the user goes to the next target. */
export const userCallInOverflow = defineExtendedEvent(
  { ...overflowCause, ...publicity },
  {
    ...userCall,
    name: 'UserCallInOverflow',
    description: 'An inbound call that was with the user goes on to its next target.',
    fields: {
      ...callIdentity,
      ...userWithUsername,
      connectedTarget: text('The target to which the call is connected: an id or a number.'),
      techSource,
      ...technicalQueue,
      overflowApplet: text('The routing step that sends it on.'),
      techNumber: text('The number of the technical source.'),
      techEvent: text('The technical event behind it.'),
      ...callNumbers,
    },
  },
);

/** The transfer came to nothing. */
export const userCallInTransferCancelled = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInTransferCancelled',
  description: "The transfer of the user's inbound call was given up or failed.",
  fields: {
    ...callIdentity,
    ...userWithUsername,
    ...technicalQueue,
    transferApplet,
    techSource,
    reason: text('Why it came to nothing.'),
    detailedReason: text('Why it came to nothing, in more detail.'),
    ...callNumbers,
  },
});

/** The transfer reached its target. */
export const userCallInTransferConnected = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInTransferConnected',
  description: "The transfer of the user's inbound call reached its target.",
  fields: {
    ...callIdentity,
    ...userWithUsername,
    connectedTarget: text('The target that answered: an id or a number.'),
    transferSource: text('From where it was transferred.'),
    ...technicalQueue,
    transferApplet,
    techSource,
    ...callNumbers,
  },
});

/** A transfer begins. */
export const userCallInTransferStarted = defineExtendedEvent(publicity, {
  ...userCall,
  name: 'UserCallInTransferStarted',
  description: "A transfer of the user's inbound call begins.",
  fields: {
    ...callIdentity,
    ...userWithUsername,
    transferTarget: text('Where the call is to go: an id or a number.'),
    transferSource: text('From where it is transferred.'),
    ...technicalQueue,
    transferApplet,
    techSource,
    ...callNumbers,
  },
});
