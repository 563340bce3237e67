/** The public face of the SignalR server; see README.md. */
export { createSignalRServer } from './server.js';
export type { SignalRServer, SignalRServerOptions, SignalRStats } from './server.js';
export { registerSignalR } from './fastify.js';
export { hubMethod } from './hub/hub-definition.js';
export type { HubCaller, HubDefinition, HubMethod, HubUser, Schema } from './hub/hub-definition.js';
export { HubError } from './hub/hub-error.js';
export type { Clients, ClientSelection } from './hub/lifetime-manager.js';
export { defaultOptions } from './hub/options.js';
export type { SignalROptions } from './hub/options.js';
export { closeReasons } from './connections/close-reasons.js';
export type { CloseReason } from './connections/close-reasons.js';
export type { AuthenticationRequest } from './connections/hub-endpoint.js';
export { MessageTemplate, SharedMessage } from './protocol/shared-message.js';
export { noMetrics } from './observer.js';
export type { InvocationOutcome, SignalRLogger, SignalRMetrics } from './observer.js';
