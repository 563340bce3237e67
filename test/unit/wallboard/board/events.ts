import { createRteEvent, type RteEventFields } from '../../../../src/rte/events/create-event.js';
import type { RteEventData, RteEventName } from '../../../../src/rte/events/event-catalogue.js';

export const ORGANIZATION = 'aaaaaaaa-0000-4000-8000-000000000001';
export const USER = 'aaaaaaaa-0000-4000-8000-000000000042';
export const QUEUE = 'aaaaaaaa-0000-4000-8000-000000000201';
export const LIST = 'aaaaaaaa-0000-4000-8000-000000000301';

/** Noon of the day of the tests, epoch ms. */
export const NOON = Date.parse('2026-11-21T12:00:00Z');

/** The data of an event as the hub makes it, at `at` epoch ms. */
export function eventData<Name extends RteEventName>(
  name: Name,
  fields: RteEventFields<Name>,
  at = NOON,
): RteEventData<Name> {
  const entityId = { User: USER, Queue: QUEUE, CallList: LIST, Organization: ORGANIZATION };
  const kind = name.startsWith('Queue')
    ? 'Queue'
    : name === 'CallbackChanged'
      ? 'CallList'
      : 'User';
  const origin = { organizationId: ORGANIZATION, entityId: entityId[kind], timestamp: at };
  return createRteEvent(name, origin, fields).data;
}

/** A UserStatus of somebody who is free, but for `fields`. */
export function freeStatus(fields: RteEventFields<'UserStatus'> = {}, at = NOON) {
  const free = {
    canBeAllocatedTo: true,
    available: true,
    schedule: true,
    serving: true,
    serviceTerminals: 1,
    activeQueues: 1,
  };
  return eventData('UserStatus', { ...free, ...fields }, at);
}

/** An ISO time so many seconds after noon. */
export function secondsAfterNoon(seconds: number): string {
  return new Date(NOON + seconds * 1000).toISOString();
}
