/** The public face of the SignalR server; see README.md. */
export { createSignalRServer } from './server.js';
export type { SignalRServer, SignalRServerOptions, SignalRStats } from './server.js';
export { registerSignalR } from './fastify.js';
export { caseInsensitive } from './hub/case-insensitive.js';
export { hubMethod, streamMethod, uploadStream } from './hub/hub-method.js';
export type {
  Authorize,
  ClientConnection,
  ClientResultOptions,
  Clients,
  ClientSelection,
  HubCaller,
  HubDefinition,
  HubMethod,
  HubUser,
  Schema,
} from './hub/hub-definition.js';
export type { ConnectionInfo } from './hub/connection-info.js';
export { HubError } from './hub/hub-error.js';
export { defaultOptions } from './hub/options.js';
export type { SignalROptions } from './hub/options.js';
export { closeReasons } from './connections/close-reasons.js';
export type { CloseReason } from './connections/close-reasons.js';
export type {
  AuthenticationRequest,
  NegotiateRequest,
  RefusedRequest,
} from './connections/host-functions.js';
export type { Redirect } from './connections/negotiate.js';
export type { TransportName } from './connections/transports/transport.js';
export { MessageTemplate, SharedMessage } from './protocol/shared-message.js';
export { noMetrics } from './observer.js';
export type { InvocationOutcome, SignalRLogger, SignalRMetrics } from './observer.js';
