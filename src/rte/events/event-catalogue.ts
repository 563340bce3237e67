import type { z } from 'zod';

import { callbackChanged } from './call-list-events.js';
import type { EventDefinition } from './event-definition.js';
import {
  queueCallInArrived,
  queueCallInComing,
  queueCallInDisconnected,
  queueCallInOverflow,
  queueCallInTransferCancelled,
  queueCallInTransferConnected,
  queueCallInTransferStarted,
} from './queue-call-events.js';
import { queueStatus } from './queue-status-event.js';
import { sourceStatus } from './source-status-event.js';
import {
  userCallInArrived,
  userCallInComing,
  userCallInDisconnected,
  userCallInUserAllocated,
  userCallInUserCancelled,
  userCallInUserConnected,
  userCallInUserOverflow,
  userCallOutConnected,
  userCallOutDisconnected,
} from './user-call-events.js';
import { userAlert, userAvailability, userSetting, userStatus } from './user-state-events.js';
import {
  userCallAvailableForMonitoring,
  userSupervisionStatus,
} from './user-supervision-events.js';
import {
  userCallInOverflow,
  userCallInTransferCancelled,
  userCallInTransferConnected,
  userCallInTransferStarted,
} from './user-transfer-events.js';
import {
  userWrapUpEnabled,
  userWrapUpStarted,
  userWrapUpTerminated,
} from './user-wrap-up-events.js';

const documented = {
  UserAlert: userAlert,
  UserAvailability: userAvailability,
  UserCallAvailableForMonitoring: userCallAvailableForMonitoring,
  UserCallInArrived: userCallInArrived,
  UserCallInComing: userCallInComing,
  UserCallInDisconnected: userCallInDisconnected,
  UserCallInOverflow: userCallInOverflow,
  UserCallInTransferCancelled: userCallInTransferCancelled,
  UserCallInTransferConnected: userCallInTransferConnected,
  UserCallInTransferStarted: userCallInTransferStarted,
  UserCallInUserAllocated: userCallInUserAllocated,
  UserCallInUserCancelled: userCallInUserCancelled,
  UserCallInUserConnected: userCallInUserConnected,
  UserCallInUserOverflow: userCallInUserOverflow,
  UserCallOutConnected: userCallOutConnected,
  UserCallOutDisconnected: userCallOutDisconnected,
  UserSetting: userSetting,
  UserStatus: userStatus,
  UserSupervisionStatus: userSupervisionStatus,
  UserWrapUpEnabled: userWrapUpEnabled,
  UserWrapUpStarted: userWrapUpStarted,
  UserWrapUpTerminated: userWrapUpTerminated,
  QueueCallInArrived: queueCallInArrived,
  QueueCallInComing: queueCallInComing,
  QueueCallInDisconnected: queueCallInDisconnected,
  QueueCallInOverflow: queueCallInOverflow,
  QueueCallInTransferCancelled: queueCallInTransferCancelled,
  QueueCallInTransferConnected: queueCallInTransferConnected,
  QueueCallInTransferStarted: queueCallInTransferStarted,
  QueueStatus: queueStatus,
  CallbackChanged: callbackChanged,
};

/** Events of this hub's own. Clients of the RTE don't know them, and get none unless they ask. */
const extensions = {
  SourceStatus: sourceStatus,
};

const definitions = { ...documented, ...extensions };

/** The name of an event that the RTE's documentation has. */
type DocumentedEventName = keyof typeof documented;

/** The name of an event, as messages carry it. */
export type RteEventName = keyof typeof definitions;

/** What a message of the event carries as `data`: all fields, in the order of the wire. */
export type RteEventData<Name extends RteEventName> = z.output<
  (typeof definitions)[Name]['schema']
>;

/** The events that the RTE knows, in the order of its documentation, then the extensions. */
export const eventCatalogue: {
  readonly [Name in RteEventName]: EventDefinition<Name, RteEventData<Name>>;
} = definitions;

/** The 31 names, in the order of the catalogue. */
export const eventNames: readonly DocumentedEventName[] = namesOf(documented);

/** The names of the events that the RTE does not have. */
export const extensionEventNames: readonly RteEventName[] = namesOf(extensions);

const namesByLowerCase = new Map(
  [...eventNames, ...extensionEventNames].map((name) => [name.toLowerCase(), name]),
);

/**
 * Finds an event by its name in any letter case: the documentation itself spells some names in
 * two ways (UserCallIncoming, UserCallInComing).
 */
export function findEventName(text: string): RteEventName | undefined {
  return namesByLowerCase.get(text.toLowerCase());
}

function namesOf<Name extends RteEventName>(
  some: Readonly<Record<Name, { readonly name: Name }>>,
): Name[] {
  return Object.values<{ readonly name: Name }>(some).map(({ name }) => name);
}
