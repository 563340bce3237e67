import { z } from 'zod';

import { guid, oneOf, text } from './field-types.js';

// Fields that many call events share. Where an event has them, they mean the same.

/** Which call, and which of its legs. */
export const callIdentity = {
  callId: guid('The whole call: the same through all its legs and targets.'),
  legId: text('The leg of the call that the event is about.'),
};

/** Who called whom. */
export const callNumbers = {
  callerNumber: text('The number of the original caller.'),
  targetNumber: text('The number that was called in the first place.'),
};

/** The user of a call event, in the spelling `userName` of the wire. */
export const userWithUserName = {
  userId: guid('The user whom the call concerns.'),
  organizationId: guid("The user's organization."),
  userName: text("The user's login name."),
};

/** The user of a call event, in the spelling `username` of the wire. */
export const userWithUsername = {
  userId: guid('The user whom the call concerns.'),
  organizationId: guid("The user's organization."),
  username: text("The user's login name (the wire spells it with a small n in this event)."),
};

/** The queue of a call event. */
export const callQueue = {
  queueId: guid('The queue whom the call concerns.'),
  organizationId: guid("The queue's organization."),
  queueName: text("The queue's name."),
};

/** The technical queue in which the call is just now. */
export const technicalQueue = {
  techQueueId: guid(
    'The technical queue that holds the call now; may differ from the service queue.',
  ),
  techQueueName: text("The technical queue's name."),
};

/** What sends the call on to its next target. */
export const transferApplet = text('The routing step that transfers.');
export const techSource = text('What technical kind of source it came from.');

/** Which side ended the call. */
export const disconnectReason = oneOf(
  ['remote', 'local'],
  'Which side ended the call: the other party (remote) or ours (local).',
);

/** Privacy class of a direct call. Its values were never published, so it is always null. */
export const publicity = {
  publicity: z
    .null()
    .default(null)
    .describe('Privacy class of the call; always null, since its values are not public.'),
};

/** Why and how a call overflowed. */
export const overflowCause = {
  overflowReason: text(
    'Why the call overflowed, e.g. NoAvailableProviders, QueueFull or UserActivelyDeclined.',
  ),
  overflowType: text(
    'How it overflowed, e.g. AdHoc_1, ServiceOpen, QueueHandler, QueueOverflowDefault, UserTransferAll, ActPreEnter or TerminationHandling.',
  ),
};
