import { Buffer } from 'node:buffer';
import { MINIMUM_KEY_BYTES } from '../connections/connection-token.js';
import type { TransportName } from '../connections/transports/transport.js';

/** All settings of the server. Times in milliseconds, sizes in bytes. */
export interface SignalROptions {
  /** Transports served; the others are not listed and answered 404. */
  readonly transports: readonly TransportName[];
  /** A client that has not finished its handshake by then is cut off. */
  readonly handshakeTimeoutMs: number;
  /** A ping is sent after this long without any other write. */
  readonly keepAliveIntervalMs: number;
  /** A client that pings is closed after this long without received data. */
  readonly clientTimeoutMs: number;
  /** A negotiated connection that nobody opens is forgotten, and its token is good no longer. */
  readonly pendingTimeoutMs: number;
  /** A poll that finds nothing is answered empty after this long. */
  readonly pollTimeoutMs: number;
  /** A Long Polling client that holds no poll for this long is gone. */
  readonly disconnectTimeoutMs: number;
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
  /** Largest WebSocket message or POST body from a client; it may hold several hub messages. */
  readonly maximumTransportMessageSize: number;
  /** POSTs of one connection that wait for their turn; further ones are answered 429. */
  readonly maximumWaitingPosts: number;
  /** Most fragments of one WebSocket message. */
  readonly maximumFragments: number;
  /** Most pieces of not yet parsed input that one WebSocket keeps. */
  readonly maximumBufferedChunks: number;
  /** Calls of one client that run at the same time. With 1 they run one by one, in their order. */
  readonly maximumParallelInvocations: number;
  /** Parsed calls that wait for their turn; above it reading stops. */
  readonly maximumQueuedInvocations: number;
  /** Streams that one client may have running towards it. */
  readonly maximumParallelStreams: number;
  /** Streams that one client may have running towards the server. */
  readonly maximumParallelUploads: number;
  /** Items of an upload that wait for the hub method; above it reading of the connection stops. */
  readonly uploadBufferSize: number;
  /** Streams send their next item only while less than this waits for the client. */
  readonly streamBufferSize: number;
  /** A client that gives no result for this long gives none. */
  readonly clientResultTimeoutMs: number;
  /** Results that may be awaited of one client. */
  readonly maximumClientResults: number;
  /** Groups that one connection may be in. */
  readonly maximumGroupsPerConnection: number;
  /** Messages of one client, as a token bucket; Infinity switches the limit off. */
  readonly messageRate: { readonly perSecond: number; readonly burst: number };
  /** Refusals by the rate limit, without a pause, after which the connection is closed. */
  readonly maximumRateRefusals: number;
  /** Bound of what waits for one client, here and in its socket. */
  readonly maximumOutboundBytes: number;
  /** Most bytes joined into one write. */
  readonly maximumWriteBytes: number;
  /** Offers stateful reconnect over WebSockets to clients that ask for it. */
  readonly allowStatefulReconnects: boolean;
  /** What a stateful client has not acknowledged is kept up to this much; then sending waits. */
  readonly statefulReconnectBufferSize: number;
  /** A stateful connection without a socket ends after this long. */
  readonly statefulReconnectWindowMs: number;
  readonly maximumConnections: number;
  readonly maximumPendingNegotiations: number;
  /**
   * Signs connection tokens, at least 32 bytes. Nodes with the same key accept WebSockets that were
   * negotiated on another of them; keep their clocks within seconds, and use one key per hub.
   * Undefined: random for each server.
   */
  readonly connectionTokenKey: string | Uint8Array | undefined;
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
  transports: ['WebSockets', 'ServerSentEvents', 'LongPolling'],
  handshakeTimeoutMs: 15_000,
  keepAliveIntervalMs: 15_000,
  // Twice the clients' ping interval: one lost ping is no reason to cut.
  clientTimeoutMs: 30_000,
  pendingTimeoutMs: 15_000,
  // Below the 100 s after which common proxies and the JS client itself give up.
  pollTimeoutMs: 90_000,
  disconnectTimeoutMs: 15_000,
  sendTimeoutMs: 10_000,
  closeTimeoutMs: 5_000,
  // Off, as in ASP.NET Core: a token is checked when connecting.
  closeOnAuthenticationExpiration: false,
  maximumReceiveMessageSize: 32_768,
  // A handshake has some 40 bytes.
  maximumHandshakeSize: 4_096,
  // Eight full hub messages; clients that batch stay far below.
  maximumTransportMessageSize: 262_144,
  // Client libraries send one POST at a time, or a few.
  maximumWaitingPosts: 64,
  // A client library uses one fragment, or a few for big messages.
  maximumFragments: 1_024,
  // 64 KiB reads of the socket for one message need five; tiny TCP segments need more.
  maximumBufferedChunks: 4_096,
  maximumParallelInvocations: 1,
  maximumQueuedInvocations: 64,
  // A screen shows a handful of streams; each costs an iterator and what its producer holds.
  maximumParallelStreams: 100,
  // Each may hold uploadBufferSize messages of the largest size.
  maximumParallelUploads: 20,
  // ASP.NET Core's; a client can fill it with one write.
  uploadBufferSize: 10,
  // One full write: enough to keep the socket busy, far below maximumOutboundBytes.
  streamBufferSize: 65_536,
  // Longer than a client needs to find out that its connection is gone.
  clientResultTimeoutMs: 30_000,
  maximumClientResults: 100,
  // Well above what a user interface watches; the groups of all connections are held in memory.
  maximumGroupsPerConnection: 1_000,
  // A user interface sends a handful at a time; a burst is what it does after a reconnect.
  messageRate: { perSecond: 50, burst: 200 },
  maximumRateRefusals: 50,
  // About a thousand messages of 1 kB: minutes of a normal feed.
  maximumOutboundBytes: 1_048_576,
  // ASP.NET Core's transport buffer; more would only hide entries from conflation.
  maximumWriteBytes: 65_536,
  // Off, as in ASP.NET Core: unacknowledged messages cost memory per connection.
  allowStatefulReconnects: false,
  statefulReconnectBufferSize: 100_000,
  statefulReconnectWindowMs: 15_000,
  // About 20 kB each: fits in half a gigabyte.
  maximumConnections: 20_000,
  maximumPendingNegotiations: 1_000,
  connectionTokenKey: undefined,
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
  if (options.transports.length === 0) throw new RangeError('transports must name at least one.');
  checkKey(options.connectionTokenKey);
  const { maximumTransportMessageSize: transport, maximumReceiveMessageSize: message } = options;
  if (transport < message) {
    throw new RangeError(
      `maximumTransportMessageSize (${transport}) must not be below maximumReceiveMessageSize (${message}).`,
    );
  }
  return options;
}

function checkKey(key: string | Uint8Array | undefined): void {
  if (key === undefined || Buffer.byteLength(key) >= MINIMUM_KEY_BYTES) return;
  throw new RangeError(
    `connectionTokenKey has ${Buffer.byteLength(key)} bytes; it must have at least ${MINIMUM_KEY_BYTES}.`,
  );
}
