import type { CloseReason } from '../connections/close-reasons.js';
import { SharedInvocation } from '../protocol/shared-message.js';
import { Groups } from './groups.js';
import type { ConnectionInfo } from './connection-info.js';
import type {
  ClientConnection,
  Clients,
  ClientSelection,
  HubCaller,
  HubUser,
} from './hub-definition.js';
import { defaultOptions } from './options.js';

/** What the manager needs of a connection. */
export interface ManagedConnection<User extends HubUser> extends HubCaller<User> {
  sendShared(invocation: SharedInvocation): void;
  /** Undefined once it has ended. */
  describe(): ConnectionInfo<User> | undefined;
}

/**
 * Knows connections by id, by user and by group. Each removes itself when it ends; the number is
 * bounded by maximumConnections.
 */
export class LifetimeManager<User extends HubUser> implements Clients<User> {
  readonly #byId = new Map<string, ManagedConnection<User>>();
  readonly #byUser = new Map<string, Set<ManagedConnection<User>>>();
  readonly #groups: Groups<ManagedConnection<User>>;

  constructor({ maximumGroupsPerConnection } = defaultOptions) {
    this.#groups = new Groups(maximumGroupsPerConnection);
  }

  /** Groups that have a member. */
  get groupCount(): number {
    return this.#groups.count;
  }

  add(connection: ManagedConnection<User>): void {
    this.#byId.set(connection.connectionId, connection);
    const ofUser = this.#byUser.get(connection.user.id);
    if (ofUser === undefined) this.#byUser.set(connection.user.id, new Set([connection]));
    else ofUser.add(connection);
  }

  remove(connection: ManagedConnection<User>): void {
    if (!this.#byId.delete(connection.connectionId)) return;
    this.#groups.leaveAll(connection);
    const ofUser = this.#byUser.get(connection.user.id);
    ofUser?.delete(connection);
    if (ofUser?.size === 0) this.#byUser.delete(connection.user.id);
  }

  /** One that is not (or no longer) here joins nothing. @throws {RangeError} above the bound */
  join(connection: ManagedConnection<User>, group: string): void {
    if (this.#byId.has(connection.connectionId)) this.#groups.join(connection, group);
  }

  leave(connection: ManagedConnection<User>, group: string): void {
    this.#groups.leave(connection, group);
  }

  all(): ClientSelection {
    return selection(() => [...this.#byId.values()]);
  }

  group(name: string): ClientSelection {
    return selection(() => [...this.#groups.members(name)]);
  }

  user(id: string): ClientSelection {
    return selection(() => [...(this.#byUser.get(id) ?? [])]);
  }

  connection(id: string): ClientConnection {
    const find = () => this.#byId.get(id);
    return {
      ...selection(() => {
        const found = find();
        return found === undefined ? [] : [found];
      }),
      invoke: (target, ...args) => (find() ?? absent(id)).invokeWith({}, target, ...args),
      invokeWith: (options, target, ...args) =>
        (find() ?? absent(id)).invokeWith(options, target, ...args),
      join: (group) => find()?.join(group),
      leave: (group) => find()?.leave(group),
    };
  }

  callers(): readonly ManagedConnection<User>[] {
    return [...this.#byId.values()];
  }

  /** One of them; undefined when it is not here. */
  find(id: string): ManagedConnection<User> | undefined {
    return this.#byId.get(id);
  }
}

function absent(id: string) {
  const error = new Error(`No connection has the id '${id}'.`);
  return { invokeWith: (): Promise<never> => Promise.reject(error) };
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
    close(reason: CloseReason) {
      for (const connection of list()) connection.close(reason);
    },
    except(...ids) {
      const excepted = new Set(ids);
      return selection(() => list().filter(({ connectionId }) => !excepted.has(connectionId)));
    },
  };
}
