import { expect } from 'vitest';
import { IDS, WRAP_UP_SECONDS } from './e2e-directory.js';

/** Any time as messages carry it. */
export const ANY_TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);

/** Any guid as messages carry it. */
export const ANY_GUID: unknown = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);

/** The whole UserStatus of the agent logged in to one queue and idle, but for `changes`. */
export function agentStatusData(changes: object): Record<string, unknown> {
  return {
    rootEntityType: 'Organization',
    rootEntityId: IDS.acme,
    eventType: 'UserStatus',
    entityType: 'User',
    entityId: IDS.agent,
    messageTTLSeconds: 60,
    userId: IDS.agent,
    organizationId: IDS.acme,
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
    servingCallback: false,
    fetchMode: false,
    ...changes,
  };
}

/** The whole QueueStatus of Sales with one idle agent and no caller, but for `changes`. */
export function salesStatusData(changes: object): Record<string, unknown> {
  return {
    rootEntityType: 'Organization',
    rootEntityId: IDS.acme,
    eventType: 'QueueStatus',
    entityType: 'Queue',
    entityId: IDS.sales,
    messageTTLSeconds: 60,
    queueId: IDS.sales,
    organizationId: IDS.acme,
    queueName: 'Sales',
    nbrOfProviders: 1,
    nbrOfRequesters: 0,
    nbrOfServingAgentsEstimate: 1,
    nbrOfAllocated: 0,
    nbrOfConnected: 0,
    nbrOfQueuingRequesters: 0,
    nbrOfNotServedRequesters: 0,
    nbrOfAgentsLongTermAway: 0,
    nbrOfAgentsShortTermAway: 0,
    nbrOfAgentsImmediatelyFree: 1,
    nbrOfAgentsCheckedInQueue: 1,
    nbrOfAgentsOnWrapUp: 0,
    nbrOfAgentsOnFetchMode: 0,
    maxWaitTime: 0,
    openStatus: 6,
    ...changes,
  };
}

/** Milliseconds between the start and the end of a wrap-up in a message. */
export const WRAP_UP_MS = WRAP_UP_SECONDS * 1000;
