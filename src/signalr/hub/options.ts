/** All settings of the server. Times in milliseconds, sizes in bytes. */
export interface SignalROptions {
  /** A client that has not finished its handshake by then is cut off. */
  readonly handshakeTimeoutMs: number;
  /** A ping is sent after this long without any other write. */
  readonly keepAliveIntervalMs: number;
  /** A client that pings is closed after this long without received data. */
  readonly clientTimeoutMs: number;
  /** A negotiated connection that nobody opens is forgotten. */
  readonly pendingTimeoutMs: number;
  /** A write that the peer does not take for this long ends the connection. */
  readonly sendTimeoutMs: number;
  /** A peer that does not take our Close, or answer the close frame, is cut off. */
  readonly closeTimeoutMs: number;
  /** Ends a connection when its user's `expiresAt` passes, with leave to reconnect. */
  readonly closeOnAuthenticationExpiration: boolean;
  /** Largest hub message from a client, separator included. */
  readonly maximumReceiveMessageSize: number;
  /** Largest handshake, separator included. */
  readonly maximumHandshakeSize: number;
  /** Largest WebSocket message from a client; it may hold several hub messages. */
  readonly maximumTransportMessageSize: number;
  /** Most fragments of one WebSocket message. */
  readonly maximumFragments: number;
  /** Most pieces of not yet parsed input that one WebSocket keeps. */
  readonly maximumBufferedChunks: number;
  /** Parsed calls that wait for their turn; above it reading stops. */
  readonly maximumQueuedInvocations: number;
  /** Messages of one client, as a token bucket; Infinity switches the limit off. */
  readonly messageRate: { readonly perSecond: number; readonly burst: number };
  /** Refusals by the rate limit, without a pause, after which the connection is closed. */
  readonly maximumRateRefusals: number;
  /** Bound of what waits for one client, here and in its socket. */
  readonly maximumOutboundBytes: number;
  /** Most bytes joined into one write. */
  readonly maximumWriteBytes: number;
  readonly maximumConnections: number;
  readonly maximumPendingNegotiations: number;
  /** Oldest negotiate version answered. */
  readonly minimumNegotiateVersion: 0 | 1;
  /** Pages that may connect beside those of the hub's own host: of exactly these origins. */
  readonly allowedOrigins: readonly string[];
  /** Logged with a refused origin: how the operator allows it. */
  readonly originSettingHint: string;
  /** Shows exception texts to clients; for development only (CWE-209). */
  readonly detailedErrors: boolean;
}

/** The defaults. Where ASP.NET Core has the setting, its default, so that clients fit unchanged. */
export const defaultOptions: SignalROptions = {
  handshakeTimeoutMs: 15_000,
  keepAliveIntervalMs: 15_000,
  // Twice the clients' ping interval: one lost ping is no reason to cut.
  clientTimeoutMs: 30_000,
  pendingTimeoutMs: 15_000,
  sendTimeoutMs: 10_000,
  closeTimeoutMs: 5_000,
  // Off, as in ASP.NET Core: a token is checked when connecting.
  closeOnAuthenticationExpiration: false,
  maximumReceiveMessageSize: 32_768,
  // A handshake has some 40 bytes.
  maximumHandshakeSize: 4_096,
  // Eight full hub messages; clients that batch stay far below.
  maximumTransportMessageSize: 262_144,
  // A client library uses one fragment, or a few for big messages.
  maximumFragments: 1_024,
  // 64 KiB reads of the socket for one message need five; tiny TCP segments need more.
  maximumBufferedChunks: 4_096,
  maximumQueuedInvocations: 64,
  // A user interface sends a handful at a time; a burst is what it does after a reconnect.
  messageRate: { perSecond: 50, burst: 200 },
  maximumRateRefusals: 50,
  // About a thousand messages of 1 kB: minutes of a normal feed.
  maximumOutboundBytes: 1_048_576,
  // ASP.NET Core's transport buffer; more would only hide entries from conflation.
  maximumWriteBytes: 65_536,
  // About 20 kB each: fits in half a gigabyte.
  maximumConnections: 20_000,
  maximumPendingNegotiations: 1_000,
  minimumNegotiateVersion: 0,
  allowedOrigins: [],
  originSettingHint: 'Add the origin to allowedOrigins.',
  detailedErrors: false,
};

/** @throws {RangeError} naming the setting, for a value that can't work */
export function completeOptions(given: Partial<SignalROptions>): SignalROptions {
  const options = { ...defaultOptions, ...given };
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'number' && name !== 'minimumNegotiateVersion' && !(value > 0)) {
      throw new RangeError(`${name} is ${value}; it must be a number above zero.`);
    }
  }
  const { maximumTransportMessageSize: transport, maximumReceiveMessageSize: message } = options;
  if (transport < message) {
    throw new RangeError(
      `maximumTransportMessageSize (${transport}) must not be below maximumReceiveMessageSize (${message}).`,
    );
  }
  return options;
}
