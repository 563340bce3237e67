import { z } from 'zod';

import { defineEvent } from './event-definition.js';
import {
  dateTime,
  dictionary,
  flag,
  guid,
  integer,
  oneOf,
  optionalDateTime,
  optionalGuid,
  text,
} from './field-types.js';

const user = {
  userId: guid('The user.'),
  organizationId: guid("The user's organization."),
};

/** A condition that the user set an alert on has come true. */
export const userAlert = defineEvent({
  name: 'UserAlert',
  entityType: 'User',
  kind: 'occurrence',
  description: 'A condition on which the user wanted to be alerted has come true.',
  fields: {
    alertId: guid('The alert.'),
    ...user,
    conditionName: text('The name of the condition.'),
    conditionValue: text('The limit of the condition.'),
    conditionExpression: text('The condition as an expression.'),
    value: text('The value that was measured.'),
  },
});

/** Whether the user works, independent of calls. */
export const userAvailability = defineEvent({
  name: 'UserAvailability',
  entityType: 'User',
  kind: 'state',
  description: 'The availability that holds for the user from now on, independent of calls.',
  fields: {
    ...user,
    userName: text("The user's login name."),
    profileId: guid('The availability profile, where there is one.'),
    availability: oneOf(
      ['Available', 'Busy', 'DoNotDisturb', 'OffWork', 'BRB', 'Away'],
      'The availability; DoNotDisturb and OffWork get no service calls.',
    ),
    startTime: dateTime('From when it holds.'),
    endTime: dateTime('Until when it holds; the year 9999 means until further notice.'),
    note: text('What the user wrote about it.'),
    eventSource: text('Which system or client set it.'),
    transferNumber: text('Where calls go meanwhile.'),
  },
});

/** A setting of the user was changed or removed. */
export const userSetting = defineEvent({
  name: 'UserSetting',
  entityType: 'User',
  kind: 'state',
  description: "One of the user's settings was changed or removed.",
  fields: {
    ...user,
    keyword: text('The name of the setting.'),
    value: text('Its value, where it has one.'),
    values: dictionary('Its values, where it has several.'),
    allowedValues: dictionary('The values that it may take.'),
    deleted: flag('Whether it was removed.'),
    level: z.string().default('Undefined').describe('Who may change it.'),
  },
});

/** Everything that decides whether a call may be offered to the user. */
export const userStatus = defineEvent({
  name: 'UserStatus',
  entityType: 'User',
  kind: 'state',
  ttlSeconds: 60,
  description: "The contact center's view of the user: may a call be offered to them, and why not.",
  fields: {
    ...user,
    canBeAllocatedTo: flag('All in all: a service call may be offered to the user now.'),
    talking: flag('The user has a call, one that still rings included.'),
    talkingStatusChanged: optionalDateTime('When `talking` changed last.'),
    activeQueueId: optionalGuid('The queue whose call the user handles.'),
    available: flag('The availability allows calls (it is not DoNotDisturb).'),
    schedule: flag('The user is at work (the availability is not OffWork).'),
    serving: flag('The user takes calls of service queues.'),
    serviceTerminals: integer('How many terminals can ring.'),
    activeQueues: integer('In how many queues the user is active.'),
    parkedCalls: integer('How many calls the user has parked.'),
    wrapUpStart: optionalDateTime('When the running wrap-up began.'),
    wrapUpEnd: optionalDateTime('When the running wrap-up ends.'),
    servingCallback: flag('The user takes callback requests that are offered by themselves.'),
    fetchMode: flag('The user picks calls; none is offered.'),
  },
});
