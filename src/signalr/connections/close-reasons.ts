/** Why a connection ended: what the client is told, and the label in logs and metrics. */
export interface CloseReason {
  /** Metric label and log field. */
  readonly label: string;
  /** Error text of the Close message; without one the client sees a clean end. */
  readonly error?: string;
  /** Whether clients may reconnect by themselves. A bare Close keeps them away for good. */
  readonly allowReconnect?: boolean;
  /** False where no Close message may or can be sent: before the handshake, or with the peer gone. */
  readonly announced: boolean;
  /** Close code of the WebSocket: 1000, or 1011 after a fault of the server's own. */
  readonly webSocketCode: 1000 | 1011;
  /** Whether the hub sees the disconnect as an error. */
  readonly failed: boolean;
}

const ERROR = 'Connection closed with an error.';

/** Ends with an error text. */
const fault = { announced: true, webSocketCode: 1000, failed: true } as const;
/** Ends as agreed. */
const clean = { announced: true, webSocketCode: 1000, failed: false } as const;
/** Ends without a Close message. */
const silent = { announced: false, webSocketCode: 1000, failed: true } as const;

/** All reasons of the server's own. Texts are ASP.NET Core's where it has one. */
export const closeReasons = {
  aborted: { ...clean, label: 'aborted' },
  serverShutdown: { ...clean, label: 'server_shutdown', allowReconnect: true },
  authenticationExpired: { ...clean, label: 'authentication_expired', allowReconnect: true },
  clientClosed: { ...silent, label: 'client_closed', failed: false },
  clientLeft: { ...silent, label: 'client_left', failed: false },
  transportLost: { ...silent, label: 'transport_lost' },
  handshakeRefused: { ...silent, label: 'handshake_refused' },
  handshakeTimeout: { ...silent, label: 'handshake_timeout' },
  sendTimeout: { ...silent, label: 'send_timeout' },
  protocolError: { ...fault, label: 'protocol_error', error: ERROR, allowReconnect: true },
  messageTooLarge: { ...fault, label: 'message_too_large', error: ERROR, allowReconnect: true },
  clientTimeout: { ...fault, label: 'client_timeout', error: ERROR, allowReconnect: true },
  slowConsumer: { ...fault, label: 'slow_consumer', error: 'slow consumer', allowReconnect: true },
  // No reconnect: the same flood would only start again.
  rateLimited: { ...fault, label: 'rate_limited', error: 'Too many messages.' },
  connectFailed: { ...fault, label: 'connect_failed', error: ERROR },
  internalError: {
    ...fault,
    label: 'internal_error',
    error: ERROR,
    allowReconnect: true,
    webSocketCode: 1011,
  },
} as const satisfies Record<string, CloseReason>;
