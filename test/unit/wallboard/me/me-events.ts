import {
  createRteEvent,
  type RteEvent,
  type RteEventFields,
} from '../../../../src/rte/events/create-event.js';
import type { RteEventName } from '../../../../src/rte/events/event-catalogue.js';
import type { Callback } from '../../../../src/wallboard/me/callback/callback.js';
import type { StatusFields } from '../../../../src/wallboard/me/status/own-status.js';

export const ME = 'aaaaaaaa-0000-4000-8000-000000000042';
export const COLLEAGUE = 'aaaaaaaa-0000-4000-8000-000000000043';
export const SALES = 'aaaaaaaa-0000-4000-8000-000000000201';
export const LIST = 'aaaaaaaa-0000-4000-8000-000000000301';
const ORGANIZATION = 'aaaaaaaa-0000-4000-8000-000000000001';

/** When the stories begin, epoch ms. */
export const START = Date.UTC(2026, 10, 21, 9, 0, 0);

/** A guid that tells a number. */
export function guidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A time so many seconds after the start, as messages have it. */
export function iso(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

/** The data of an event of the user, so many seconds after the start. */
export function eventAt<Name extends RteEventName>(
  seconds: number,
  name: Name,
  fields: RteEventFields<Name>,
): RteEvent<Name>['data'] {
  const timestamp = START + seconds * 1000;
  const entityId = name.startsWith('Queue') ? SALES : ME;
  return createRteEvent(name, { organizationId: ORGANIZATION, entityId, timestamp }, fields).data;
}

/** The status of somebody who is free, but for `changes`, told so many seconds after the start. */
export function statusAt(seconds: number, changes: Partial<StatusFields> = {}): StatusFields {
  return {
    timestamp: iso(seconds),
    canBeAllocatedTo: true,
    talking: false,
    talkingStatusChanged: null,
    activeQueueId: null,
    available: true,
    schedule: true,
    serving: true,
    serviceTerminals: 1,
    activeQueues: 1,
    parkedCalls: 0,
    wrapUpStart: null,
    wrapUpEnd: null,
    fetchMode: false,
    ...changes,
  };
}

/** An open request that nobody has, but for `changes`. */
export function callback(changes: Partial<Callback> = {}): Callback {
  return {
    id: guidOf(1),
    listId: LIST,
    modified: START,
    modifiedBy: null,
    assignedTo: null,
    contactName: 'Carla',
    contactNumber: '+15551234567',
    contactMessage: '',
    note: '',
    channel: 'Sales',
    createdAt: START,
    isClosed: false,
    typeId: 2,
    dueAt: null,
    notBefore: null,
    expiresAt: null,
    priority: '',
    attempts: [],
    ...changes,
  };
}
