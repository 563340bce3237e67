import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from '../connections/connection.js';
import type { TransportName } from '../connections/transports/transport.js';
import type { HubUser } from './hub-definition.js';

/** A connection as it is at a moment, for operators. */
export interface ConnectionInfo<User extends HubUser> {
  /** As hubs and clients know it; the connection token stays secret. */
  readonly connectionId: string;
  readonly user: User;
  readonly transport: TransportName;
  /** The hub protocol's name, such as `json` or `messagepack`. */
  readonly protocol: string;
  /** The version of the protocol: 2 and above know stateful reconnect. */
  readonly protocolVersion: number;
  /** Whether the client may come back on another socket and lose nothing. */
  readonly isStateful: boolean;
  /** Epoch ms of the transport's begin. */
  readonly connectedAt: number;
  /** Epoch ms of the last bytes from the client, or of its last poll. */
  readonly lastReceivedAt: number;
  readonly remoteAddress: string;
  /** What the client calls itself; undefined when it does not. */
  readonly userAgent: string | undefined;
  /** What waits for the client, in our queue, in the socket, and for acknowledgement. */
  readonly outboundBytes: number;
  /** Messages in our queue. */
  readonly outboundMessages: number;
  /** Since the begin: handed to the transport, dropped unsent, replaced by a newer one. */
  readonly messagesSent: number;
  readonly messagesDropped: number;
  readonly messagesConflated: number;
}

/** What a connection's owner adds to what the connection knows of itself. */
interface OwnInfo {
  readonly protocol: string;
  readonly protocolVersion: number;
  readonly isStateful: boolean;
  readonly connectedAt: number;
  readonly lastReceivedAt: number;
}

/** Puts together what is known of a connection. */
export function connectionInfo<User extends HubUser>(
  connection: Connection<User>,
  own: OwnInfo,
): ConnectionInfo<User> {
  const { id, user, transport, peer, outboundBytes, queuedMessages, sendCounts } = connection;
  return {
    connectionId: id,
    user,
    transport: transport.name,
    ...own,
    ...peer,
    outboundBytes,
    outboundMessages: queuedMessages,
    messagesSent: sendCounts.sent,
    messagesDropped: sendCounts.dropped,
    messagesConflated: sendCounts.conflated,
  };
}

/** Connections that are looked at in one turn of the event loop: well below a millisecond. */
const CONNECTIONS_PER_TURN = 250;

/** Something that can say how it is, as long as it is there. */
export interface Describable<User extends HubUser> {
  readonly user: User;
  /** Undefined once it has ended. */
  describe(): ConnectionInfo<User> | undefined;
}

/** Describes those of the connections whose user is asked for, a few in each turn of the event loop. */
export async function* describeConnections<User extends HubUser>(
  connections: readonly Describable<User>[],
  of: (user: User) => boolean,
): AsyncGenerator<ConnectionInfo<User>, void, undefined> {
  for (const [index, connection] of connections.entries()) {
    if (index % CONNECTIONS_PER_TURN === CONNECTIONS_PER_TURN - 1) await nextTurn();
    const info = of(connection.user) ? connection.describe() : undefined;
    if (info !== undefined) yield info;
  }
}
