export { createRteClient, type RteClient } from './rte-client.js';
export type { RteClientOptions } from './options.js';
export type { Credentials, CredentialsSource } from './credentials.js';
export type { ClientStatus } from './client-status.js';
export type { ReconnectReason, RefusalReason } from './failures.js';
export type { GapReason } from './subscribing.js';
export type { EventHandler } from './event-handlers.js';
export type { EntitySubscription, Subscription, SubscriptionResult } from './subscription.js';
export type { RteEventData, RteEventName } from '../rte/events/event-catalogue.js';
