import { CLOSED_BY_ADMINISTRATOR } from '../access/connection-access.js';
import type { DirectoryHolder, Role } from '../directory/types.js';
import type { RteUser } from '../rte/rte-user.js';
import type { Subscription } from '../rte/subscription.js';
import type { ConnectionInfo, SignalRServer } from '../signalr/index.js';
import { TopRows } from './top-rows.js';

/** A connection as administrators see it. */
export interface ConnectionRow extends Omit<ConnectionInfo<RteUser>, 'user'> {
  readonly userId: string;
  /** Null for who is not in the directory any more. */
  readonly userName: string | null;
  readonly displayName: string;
  /** The role that counts: of the login where it gave one, else of the directory. */
  readonly role: Role;
  readonly subscriptions: number;
}

/** By what connections can be put in order. */
export type ConnectionOrder =
  | 'userName'
  | 'connectedAt'
  | 'lastReceivedAt'
  | 'outboundBytes'
  | 'messagesSent'
  | 'subscriptions';

/** Which connections are asked for. */
export interface ConnectionQuery {
  /** A part of a name, id, address, transport, protocol or client; any letter case; '' for all. */
  readonly search: string;
  readonly order: ConnectionOrder;
  readonly isDescending: boolean;
  /** At most so many. */
  readonly limit: number;
}

/** Some of the connections. */
export interface ConnectionPage {
  /** Connections of the organization. */
  readonly total: number;
  /** Those of them that were searched for. */
  readonly matching: number;
  /** The first of those, in the order that was asked for. */
  readonly connections: readonly ConnectionRow[];
}

interface ConnectionListParts {
  readonly server: Pick<SignalRServer<RteUser>, 'connections' | 'connection' | 'clients'>;
  readonly directory: DirectoryHolder;
  readonly subscriptionsOf: (connectionId: string) => readonly Subscription[];
  readonly subscriptionCount: (connectionId: string) => number;
}

/** The connections of an organization's users. Those of others are as if they were not there. */
export class ConnectionList {
  readonly #parts: ConnectionListParts;

  constructor(parts: ConnectionListParts) {
    this.#parts = parts;
  }

  /** A few in each turn of the event loop, so that thousands of connections stall nothing. */
  async page(organizationId: string, query: ConnectionQuery): Promise<ConnectionPage> {
    const search = query.search.toLowerCase();
    const top = new TopRows(query.limit, comparing(query));
    let total = 0;
    for await (const info of this.#parts.server.connections(this.#isOf(organizationId))) {
      total += 1;
      const row = this.#rowOf(info);
      if (search === '' || matches(row, search)) top.add(row);
    }
    return { total, matching: top.seen, connections: top.rows() };
  }

  /** One of them with what it is subscribed to; undefined when it is not there. */
  find(
    organizationId: string,
    connectionId: string,
  ): { readonly row: ConnectionRow; readonly subscriptions: readonly Subscription[] } | undefined {
    const info = this.#parts.server.connection(connectionId);
    if (info === undefined || !this.#isOf(organizationId)(info.user)) return undefined;
    return { row: this.#rowOf(info), subscriptions: this.#parts.subscriptionsOf(connectionId) };
  }

  /**
   * Ends one of them.
   * @param allowReconnect whether its client is told that it may come back by itself
   * @returns whether it was there
   */
  close(organizationId: string, connectionId: string, allowReconnect: boolean): boolean {
    if (this.find(organizationId, connectionId) === undefined) return false;
    const { clients } = this.#parts.server;
    clients.connection(connectionId).close({ ...CLOSED_BY_ADMINISTRATOR, allowReconnect });
    return true;
  }

  /** Who has moved to another organization has a connection that is neither's. */
  #isOf(organizationId: string): (user: RteUser) => boolean {
    const { users } = this.#parts.directory.current;
    return ({ id, organizationId: own }) =>
      own === organizationId && (users.get(id)?.organizationId ?? own) === organizationId;
  }

  #rowOf({ user, ...info }: ConnectionInfo<RteUser>): ConnectionRow {
    const known = this.#parts.directory.current.users.get(user.id);
    return {
      ...info,
      userId: user.id,
      userName: known?.userName ?? null,
      displayName: known?.displayName ?? user.name,
      role: user.loginRole ?? known?.role ?? user.role,
      subscriptions: this.#parts.subscriptionCount(info.connectionId),
    };
  }
}

function comparing({ order, isDescending }: ConnectionQuery) {
  const sign = isDescending ? -1 : 1;
  return (a: ConnectionRow, b: ConnectionRow): number => {
    const [one, other] = [a[order] ?? '', b[order] ?? ''];
    if (one === other) return a.connectionId < b.connectionId ? -1 : 1;
    return one < other ? -sign : sign;
  };
}

function matches(row: ConnectionRow, search: string): boolean {
  const { connectionId, userId, userName, displayName, transport, protocol } = row;
  const texts = [connectionId, userId, userName, displayName, transport, protocol];
  return [...texts, row.remoteAddress, row.userAgent].some(
    (text) => text?.toLowerCase().includes(search) === true,
  );
}
