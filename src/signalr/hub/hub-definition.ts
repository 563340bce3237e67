import type { CloseReason } from '../connections/close-reasons.js';
import type { MessageTemplate, SharedMessage } from '../protocol/shared-message.js';

/** Who is behind a connection, as the host's authenticate() said. */
export interface HubUser {
  readonly id: string;
  /** Epoch ms; looked at when closeOnAuthenticationExpiration is on. */
  readonly expiresAt?: number;
}

/** The connection that calls, and a way to send to it later. Once it ended, sending does nothing. */
export interface HubCaller<User extends HubUser> {
  readonly connectionId: string;
  readonly user: User;
  /** Query of the connect request; names in lower case, without credentials. */
  readonly query: ReadonlyMap<string, string>;
  /** Aborted when the connection ends, and in a stream method when the client cancels the stream. */
  readonly signal: AbortSignal;
  /** All connections of the hub. */
  readonly clients: Clients<User>;
  /** Sends one invocation without id. @throws {TypeError} for arguments that can't be encoded */
  send(target: string, ...args: readonly unknown[]): void;
  /**
   * Queues a template filled with a message: nothing is encoded but what was not yet.
   * @throws {TypeError} for a value that can't be encoded
   */
  deliver(template: MessageTemplate, message: SharedMessage): void;
  /**
   * Has `run` called as soon as the answer of the call in progress is queued, so that what it sends
   * comes behind that answer: a state right after the subscription to it. In a stream method it is
   * called once the stream is open, outside a call at once. A throw closes the connection.
   */
  afterAnswer(run: () => void): void;
  /**
   * Resolves when nothing waits here for the client any more: at once, as soon as it has taken what
   * waits, or when the connection ends. Who has much to send sends it in parts and awaits this in
   * between, or the connection may end as a slow consumer. Never rejects.
   */
  whenDrained(): Promise<void>;
  /**
   * Calls a method of the client and gives its result, as the client sent it: put it through a
   * schema. A hub method that waits for it lets other calls of its connection run meanwhile.
   * Rejects with a HubError for an error of the client's, and with another Error when the
   * connection ends, when no answer comes within `clientResultTimeoutMs`, when too many answers
   * are awaited, and inside onConnected, where the client can't be heard yet.
   */
  invoke(target: string, ...args: readonly unknown[]): Promise<unknown>;
  /** As invoke(), with a time-out of its own or a way to give up. */
  invokeWith(
    options: ClientResultOptions,
    target: string,
    ...args: readonly unknown[]
  ): Promise<unknown>;
  /**
   * Adds the connection to a group; twice is once. It leaves all groups when it ends.
   * @throws {RangeError} above maximumGroupsPerConnection
   */
  join(group: string): void;
  leave(group: string): void;
  /** Ends the connection with a bare Close: the client will not reconnect by itself. */
  abort(): void;
  close(reason: CloseReason): void;
}

export interface ClientResultOptions {
  /** Instead of clientResultTimeoutMs. */
  readonly timeoutMs?: number;
  /** Gives up waiting; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
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
  /** The same without some connections, e.g. without the caller. */
  except(...connectionIds: readonly string[]): ClientSelection;
}

/** One connection, if it is there. */
export interface ClientConnection extends ClientSelection {
  /** As HubCaller.invoke(), but holds up the hub method that awaits it. Rejects if nobody is there. */
  invoke(target: string, ...args: readonly unknown[]): Promise<unknown>;
  invokeWith(
    options: ClientResultOptions,
    target: string,
    ...args: readonly unknown[]
  ): Promise<unknown>;
  /** As HubCaller.join(); without effect if nobody is there. @throws {RangeError} as there */
  join(group: string): void;
  leave(group: string): void;
}

/** The connections that a host may address: those whose handshake is done. */
export interface Clients<User extends HubUser> {
  all(): ClientSelection;
  /** The members of a group; names are case-sensitive. */
  group(name: string): ClientSelection;
  /** All connections of a user; ids are case-sensitive. */
  user(id: string): ClientSelection;
  connection(id: string): ClientConnection;
  /** All of them one by one, e.g. to end those whose user lost a right. */
  callers(): readonly HubCaller<User>[];
}

/** Turns an argument of a call into what the handler takes, or throws. A zod schema fits. */
export interface Schema<T> {
  parse(value: unknown): T;
}

/** Says whether a caller may call; a throw is answered as an error of the method. */
export type Authorize<User extends HubUser> = (
  caller: HubCaller<User>,
  method: string,
) => boolean | Promise<boolean>;

/** A hub method with its argument types erased; made by hubMethod() or streamMethod(). */
export interface HubMethod<User extends HubUser> {
  /** Whether it answers with a stream of items instead of a result. */
  readonly streams: boolean;
  /** What checks the items of each parameter that is a stream, in the order of the parameters. */
  readonly uploads: readonly Schema<unknown>[];
  readonly authorize?: Authorize<User> | undefined;
  /**
   * Checks the arguments. @param uploads one per entry of `uploads`
   * @throws what a schema throws, or TypeError for a wrong count
   */
  bind(
    args: readonly unknown[],
    uploads?: readonly AsyncIterable<unknown>[],
  ): (caller: HubCaller<User>) => unknown;
}

/** What a hub does. */
export interface HubDefinition<User extends HubUser> {
  /** By name; clients' letter case is ignored. */
  readonly methods: Readonly<Record<string, HubMethod<User>>>;
  /** Asked before every call, ahead of the method's own rule. Who may connect says authenticate(). */
  readonly authorize?: Authorize<User>;
  /** Runs after the handshake and before the first call. A throw closes the connection. */
  onConnected?(caller: HubCaller<User>): void | Promise<void>;
  /** Runs once, after the last call ended, if onConnected had passed. Streams may still clean up. */
  onDisconnected?(caller: HubCaller<User>, error: Error | undefined): void | Promise<void>;
}
