import type { CloseReason } from '../connections/close-reasons.js';
import { SharedInvocation } from '../protocol/shared-message.js';
import type { HubCaller, HubUser } from './hub-definition.js';

/** What the manager needs of a connection. */
export interface ManagedConnection<User extends HubUser> extends HubCaller<User> {
  sendShared(invocation: SharedInvocation): void;
}

/** Some of the connections, at the moment of each call. */
export interface ClientSelection {
  /**
   * Sends one invocation without id to each, encoded once per protocol.
   * @throws {TypeError} for arguments that can't be encoded
   */
  send(target: string, ...args: readonly unknown[]): void;
  /** Ends each of them. */
  close(reason: CloseReason): void;
}

/** The connections that a host may address: those whose handshake is done. */
export interface Clients<User extends HubUser> {
  all(): ClientSelection;
  /** All connections of a user; ids are case-sensitive. */
  user(id: string): ClientSelection;
  connection(id: string): ClientSelection;
  /** All of them one by one, e.g. to end those whose user lost a right. */
  callers(): readonly HubCaller<User>[];
}

/**
 * Knows connections by id and by user. Each removes itself when it ends; the number is bounded by
 * maximumConnections.
 */
export class LifetimeManager<User extends HubUser> implements Clients<User> {
  readonly #byId = new Map<string, ManagedConnection<User>>();
  readonly #byUser = new Map<string, Set<ManagedConnection<User>>>();

  add(connection: ManagedConnection<User>): void {
    this.#byId.set(connection.connectionId, connection);
    const ofUser = this.#byUser.get(connection.user.id);
    if (ofUser === undefined) this.#byUser.set(connection.user.id, new Set([connection]));
    else ofUser.add(connection);
  }

  remove(connection: ManagedConnection<User>): void {
    if (!this.#byId.delete(connection.connectionId)) return;
    const ofUser = this.#byUser.get(connection.user.id);
    ofUser?.delete(connection);
    if (ofUser?.size === 0) this.#byUser.delete(connection.user.id);
  }

  all(): ClientSelection {
    return selection(() => [...this.#byId.values()]);
  }

  user(id: string): ClientSelection {
    return selection(() => [...(this.#byUser.get(id) ?? [])]);
  }

  connection(id: string): ClientSelection {
    return selection(() => {
      const connection = this.#byId.get(id);
      return connection === undefined ? [] : [connection];
    });
  }

  callers(): readonly HubCaller<User>[] {
    return [...this.#byId.values()];
  }
}

/** The list is a copy: ending a connection takes it out of the manager. */
function selection<User extends HubUser>(
  list: () => readonly ManagedConnection<User>[],
): ClientSelection {
  return {
    send(target, ...args) {
      const invocation = new SharedInvocation(target, args);
      for (const connection of list()) connection.sendShared(invocation);
    },
    close(reason) {
      for (const connection of list()) connection.close(reason);
    },
  };
}
