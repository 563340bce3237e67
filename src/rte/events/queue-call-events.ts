import {
  callIdentity,
  callNumbers,
  callQueue,
  disconnectReason,
  overflowCause,
  technicalQueue,
  techSource,
  transferApplet,
} from './call-fields.js';
import { defineEvent, defineExtendedEvent } from './event-definition.js';
import { optionalGuid, text } from './field-types.js';

const queueCall = { entityType: 'Queue', kind: 'occurrence' } as const;

const queueNumber = text("The queue's number.");

/** The queue took the call. */
export const queueCallInArrived = defineEvent({
  ...queueCall,
  name: 'QueueCallInArrived',
  description: 'The queue took in an inbound call.',
  fields: { ...callIdentity, ...callQueue, queueNumber, ...callNumbers },
});

/** First event of a queue call. */
export const queueCallInComing = defineEvent({
  ...queueCall,
  name: 'QueueCallInComing',
  description: 'An inbound call to the queue begins.',
  fields: { ...callIdentity, ...callQueue, queueNumber, ...callNumbers },
});

/** The call ended while it was the queue's. */
export const queueCallInDisconnected = defineEvent({
  ...queueCall,
  name: 'QueueCallInDisconnected',
  description: "An inbound call ended while it was the queue's.",
  fields: {
    ...callIdentity,
    ...callQueue,
    reason: disconnectReason,
    techQueueId: optionalGuid('The technical queue that held the call.'),
    techReason: text('The technical reason, e.g. busy_on_busy or ivr_menu_failure.'),
    ...callNumbers,
  },
});

/** The call goes from the queue to its next target. */
export const queueCallInOverflow = defineExtendedEvent(overflowCause, {
  ...queueCall,
  name: 'QueueCallInOverflow',
  description: 'An inbound call goes from the queue to its next target.',
  fields: {
    ...callIdentity,
    ...callQueue,
    ...technicalQueue,
    overflowApplet: text('The routing step that sends it on.'),
    techSource,
    techNumber: text('The number of the technical source.'),
    techEvent: text('The technical event behind it.'),
    ...callNumbers,
  },
});

/** The transfer came to nothing. */
export const queueCallInTransferCancelled = defineEvent({
  ...queueCall,
  name: 'QueueCallInTransferCancelled',
  description: "The transfer of the queue's call was given up or failed.",
  fields: {
    ...callIdentity,
    ...callQueue,
    ...technicalQueue,
    transferApplet,
    techSource,
    reason: text('Why it came to nothing.'),
    detailedReason: text('Why it came to nothing, in more detail.'),
    ...callNumbers,
  },
});

/** The transfer reached its target. */
export const queueCallInTransferConnected = defineEvent({
  ...queueCall,
  name: 'QueueCallInTransferConnected',
  description: "The transfer of the queue's call reached its target.",
  fields: {
    ...callIdentity,
    ...callQueue,
    connectedTarget: text('The target that answered: an id or a number.'),
    ...technicalQueue,
    transferApplet,
    techSource,
    ...callNumbers,
  },
});

/** A transfer begins. */
export const queueCallInTransferStarted = defineEvent({
  ...queueCall,
  name: 'QueueCallInTransferStarted',
  description: "A transfer of the queue's call begins.",
  fields: {
    ...callIdentity,
    ...callQueue,
    transferTarget: text('Where the call is to go: an id or a number.'),
    transferSource: text('From where it is transferred.'),
    ...technicalQueue,
    transferApplet,
    techType: text('What technical kind of source it came from.'),
    ...callNumbers,
  },
});
