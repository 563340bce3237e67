import { defineEvent } from './event-definition.js';
import { dateTime, guid, integer, optionalGuid, text } from './field-types.js';

const parties = {
  targetUserId: guid('The user who is supervised.'),
  targetUserName: text('The login name of the user who is supervised.'),
  organizationId: guid('The organization of both.'),
  supervisorUserId: guid('The supervisor.'),
  supervisorUserName: text("The supervisor's login name."),
  queueName: text('The name of the queue of the call.'),
  queueId: optionalGuid('The queue of the call.'),
  callId: guid('The whole call: the same through all its legs and targets.'),
  legId: text('The leg that is supervised.'),
};

/** A supervisor may listen to a call that a user has just got. */
export const userCallAvailableForMonitoring = defineEvent({
  name: 'UserCallAvailableForMonitoring',
  entityType: 'User',
  kind: 'occurrence',
  description: 'A supervised user has got a call that the supervisor can listen to.',
  fields: {
    ...parties,
    agentLegId: text('The leg that leads to the user.'),
    supervisorTerminalNumber: text('The number from which the supervisor has to call.'),
    supervisionCallInNumber: text('The number that the supervisor has to call.'),
    callType: text('What call it is: servicecall, directcall or callout.'),
    callerNumber: text('The number of the original caller.'),
    connectedToAgentTime: dateTime('When the user answered.'),
  },
});

/** The supervision of a call has changed. */
export const userSupervisionStatus = defineEvent({
  name: 'UserSupervisionStatus',
  entityType: 'User',
  kind: 'occurrence',
  description: "The supervision of a user's call has begun, changed or ended.",
  fields: {
    ...parties,
    supervisorLegId: text("The leg of the supervisor's own call."),
    state: integer(
      'The state of the supervision: 0 none, 1 the supervisor listens (also when it is not known how), 2 speaks to the user only, 3 speaks to both. The numbers but for 0 are ours, as the vendor has published none.',
    ),
  },
});
