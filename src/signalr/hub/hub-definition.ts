import type { CloseReason } from '../connections/close-reasons.js';
import type { MessageTemplate, SharedMessage } from '../protocol/shared-message.js';

/** Who is behind a connection, as the host's authenticate() said. */
export interface HubUser {
  readonly id: string;
  /** Epoch ms; looked at when closeOnAuthenticationExpiration is on. */
  readonly expiresAt?: number;
}

/** The connection that calls, and a way to send to it later. All methods are no-ops once it ended. */
export interface HubCaller<User extends HubUser> {
  readonly connectionId: string;
  readonly user: User;
  /** Query of the connect request; names in lower case, without credentials. */
  readonly query: ReadonlyMap<string, string>;
  /** Sends one invocation without id. @throws {TypeError} for arguments that can't be encoded */
  send(target: string, ...args: readonly unknown[]): void;
  /**
   * Queues a template filled with a message: nothing is encoded but what was not yet.
   * @throws {TypeError} for a value that can't be encoded
   */
  deliver(template: MessageTemplate, message: SharedMessage): void;
  /** Ends the connection with a bare Close: the client will not reconnect by itself. */
  abort(): void;
  close(reason: CloseReason): void;
}

/** Turns an argument of a call into what the handler takes, or throws. A zod schema fits. */
export interface Schema<T> {
  parse(value: unknown): T;
}

/** A hub method with its argument types erased; made by hubMethod(). */
export interface HubMethod<User extends HubUser> {
  /** Checks the arguments. @throws what a schema throws, or TypeError for a wrong count */
  bind(args: readonly unknown[]): (caller: HubCaller<User>) => unknown;
}

/** What a hub does. */
export interface HubDefinition<User extends HubUser> {
  /** By name; clients' letter case is ignored. */
  readonly methods: Readonly<Record<string, HubMethod<User>>>;
  /** Runs after the handshake and before the first call. A throw closes the connection. */
  onConnected?(caller: HubCaller<User>): void | Promise<void>;
  /** Runs once, after the last call ended, if onConnected had passed. */
  onDisconnected?(caller: HubCaller<User>, error: Error | undefined): void | Promise<void>;
}

/**
 * Declares a hub method: one schema per parameter, types of the handler's arguments follow.
 * The handler's result (or what its promise gives) is the answer, undefined being "void".
 */
export function hubMethod<User extends HubUser, Args extends unknown[] | []>(definition: {
  readonly parameters: { readonly [K in keyof Args]: Schema<Args[K]> };
  /** Passes over arguments behind the declared ones, instead of refusing the call. */
  readonly ignoreExtraArguments?: boolean;
  readonly handler: (caller: HubCaller<User>, ...args: Args) => unknown;
}): HubMethod<User> {
  const { handler, ignoreExtraArguments = false } = definition;
  const schemas: readonly Schema<unknown>[] = definition.parameters;
  return {
    bind(given) {
      checkCount(given.length, schemas.length, ignoreExtraArguments);
      // Each value has passed the schema of its place; the compiler can't follow map() over a tuple.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const args = schemas.map((schema, index) => schema.parse(given[index])) as Args;
      return (caller) => handler(caller, ...args);
    },
  };
}

function checkCount(given: number, wanted: number, ignoreExtra: boolean): void {
  if (given === wanted || (ignoreExtra && given > wanted)) return;
  throw new TypeError(`Invocation provides ${given} argument(s) but target expects ${wanted}.`);
}
