import type { RteEventData } from '../../../rte/events/event-catalogue.js';

/** The events of which a user's calls are told. */
export const CALL_EVENT_NAMES = [
  'UserCallInComing',
  'UserCallInArrived',
  'UserCallInUserAllocated',
  'UserCallInUserConnected',
  'UserCallInUserCancelled',
  'UserCallInUserOverflow',
  'UserCallInDisconnected',
  'UserCallInOverflow',
  'UserCallInTransferStarted',
  'UserCallInTransferConnected',
  'UserCallInTransferCancelled',
  'UserCallOutConnected',
  'UserCallOutDisconnected',
  'UserWrapUpEnabled',
  'UserWrapUpStarted',
] as const;

type CallEventName = (typeof CALL_EVENT_NAMES)[number];

/** A step of one of the user's own calls, discriminated by `eventType`. */
export type CallEvent = { [Name in CallEventName]: RteEventData<Name> }[CallEventName];

const names: ReadonlySet<string> = new Set(CALL_EVENT_NAMES);

/** Tells the steps of calls from the other events. */
export function isCallEvent(data: { readonly eventType: string }): data is CallEvent {
  return names.has(data.eventType);
}
