import type { SendMetrics } from './connections/send-tally.js';
import type { EncodingObserver } from './protocol/shared-message.js';
import type { HubMessage } from './protocol/messages.js';
import type { TransportName } from './connections/transports/transport.js';

/** Where the server logs; a pino logger fits. Tokens and payloads are never among the fields. */
export interface SignalRLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** How an invocation ended: answered, refused before the method ran, or failed in it. */
export type InvocationOutcome = 'ok' | 'refused' | 'failed';

/** Everything the server counts. Label values are bounded: they come from code, not from clients. */
export interface SignalRMetrics extends SendMetrics, EncodingObserver {
  negotiated(): void;
  /** A request was answered with an error status. */
  requestRefused(status: number, reason: string): void;
  connectionOpened(transport: TransportName): void;
  /** @param reason label of a CloseReason */
  connectionClosed(transport: TransportName, reason: string): void;
  messageReceived(kind: HubMessage['kind']): void;
  /**
   * A call, or a stream that it opened, has ended. @param method name as the hub declares it;
   * `unknown` for any other
   */
  invocationCompleted(method: string, outcome: InvocationOutcome, milliseconds: number): void;
  /** A message over the rate limit was refused. */
  messageRefused(): void;
}

/** Counts nothing. */
export const noMetrics: SignalRMetrics = {
  negotiated() {},
  requestRefused() {},
  connectionOpened() {},
  connectionClosed() {},
  messageReceived() {},
  invocationCompleted() {},
  messageRefused() {},
  messagesSent() {},
  messagesDropped() {},
  bytesSent() {},
  deliveriesWaited() {},
  valueEncoded() {},
};
