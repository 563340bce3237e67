import { callIdentity } from './call-fields.js';
import { defineEvent } from './event-definition.js';
import { guid, integer, text } from './field-types.js';

const wrapUp = {
  ...callIdentity,
  userId: guid('The user who wraps up.'),
  queueId: guid('The queue of the call.'),
  organizationId: guid("The user's organization."),
  maxWrapUpDurationSec: integer('How many seconds the wrap-up may last.'),
};

/** A call was answered after which there will be a wrap-up. */
export const userWrapUpEnabled = defineEvent({
  name: 'UserWrapUpEnabled',
  entityType: 'User',
  kind: 'occurrence',
  description: 'The user answered a service call after which there will be time to wrap up.',
  fields: wrapUp,
});

/** The call is over and the wrap-up runs. */
export const userWrapUpStarted = defineEvent({
  name: 'UserWrapUpStarted',
  entityType: 'User',
  kind: 'occurrence',
  description: 'The service call is over; no other one is offered while the user wraps up.',
  fields: wrapUp,
});

/** The wrap-up is over. */
export const userWrapUpTerminated = defineEvent({
  name: 'UserWrapUpTerminated',
  entityType: 'User',
  kind: 'occurrence',
  description: 'The wrap-up is over: its time has passed or it was ended.',
  fields: {
    ...callIdentity,
    userId: guid('The user who wrapped up.'),
    organizationId: guid("The user's organization."),
    queueId: guid('The queue of the call.'),
    reason: text('Why it ended, e.g. manual or timer.'),
    elapsedTimeSec: integer('How many seconds it lasted.'),
  },
});
