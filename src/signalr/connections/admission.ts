import type { Connection } from './connection.js';
import type { ConnectionIds, ConnectionManager } from './connection-manager.js';
import { newConnectionId } from './connection-manager.js';
import { ConnectionTokens } from './connection-token.js';
import type { Outcome, Refusal } from './refusals.js';
import { refusals } from './refusals.js';
import { SpentTokens } from './spent-tokens.js';
import type { TransportName } from './transports/transport.js';

export interface AdmissionParts<User> {
  readonly manager: ConnectionManager<User>;
  readonly transports: readonly TransportName[];
  readonly allowStatefulReconnects: boolean;
  readonly connectionTokenKey: string | Uint8Array | undefined;
  readonly pendingTimeoutMs: number;
  readonly maximumConnections: number;
  /** Milliseconds on the heartbeat's clock. */
  readonly time: () => number;
  /** Epoch ms. */
  readonly now: () => number;
  readonly draining: () => boolean;
}

/** The names of a connection to be, and whether it may survive its socket. */
export type Admitted = ConnectionIds & { readonly stateful: boolean };

/** What a transport's request leads to: a new connection, or one that it belongs to already. */
export type Opening<User> = { readonly start: Admitted } | { readonly active: Connection<User> };

/**
 * Who may have which connection. One that belongs to somebody else is answered like an unknown one,
 * so that ids can't be probed. Nothing here waits, so that no two requests get the same connection.
 */
export class Admission<User extends { readonly id: string }> {
  readonly #parts: AdmissionParts<User>;
  readonly #tokens: ConnectionTokens;
  readonly #spent: SpentTokens;

  constructor(parts: AdmissionParts<User>) {
    this.#parts = parts;
    this.#tokens = new ConnectionTokens(parts.connectionTokenKey);
    this.#spent = new SpentTokens(parts.maximumConnections);
  }

  /**
   * Notes a connection to be opened soon. In version 0 the token is also the id that hubs see.
   * @param statefulAsked whether the client asks for stateful reconnect
   */
  negotiate(user: User, version: 0 | 1, statefulAsked: boolean): Outcome<Admitted> {
    const { manager, transports, pendingTimeoutMs, time, now } = this.#parts;
    const stateful = statefulAsked && this.#statefulOffered;
    const expiresAt = now() + pendingTimeoutMs;
    const newId = newConnectionId();
    const token = this.#tokens.issue(newId, user.id, { expiresAt, transports, stateful });
    const id = version === 0 ? token : newId;
    const noted = manager.addPending({ id, token, userId: user.id, stateful, since: time() });
    return noted ? { ok: { id, token, stateful } } : { refusal: refusals.tooManyPending };
  }

  /** @param token value of `id=`; only WebSockets do without */
  open(token: string | undefined, user: User, transport: TransportName): Outcome<Opening<User>> {
    if (token === undefined && transport !== 'WebSockets') return { refusal: refusals.idRequired };
    if (!this.#parts.transports.includes(transport)) return this.#disabled(token);
    if (token === undefined) return this.#start(newAdmitted());
    const found = this.#parts.manager.lookUp(token);
    switch (found.state) {
      case 'unknown':
        return transport === 'WebSockets' ? this.#foreign(token, user) : unknown;
      case 'pending':
        return found.pending.userId === user.id ? this.#start(found.pending) : unknown;
      case 'active':
        return activeOpening(found.connection, user, transport);
    }
  }

  /** An open connection for a request that needs one. */
  find(token: string | undefined, user: User): Outcome<Connection<User>> {
    if (token === undefined) return { refusal: refusals.idRequired };
    const found = this.#parts.manager.lookUp(token);
    if (found.state === 'unknown') return unknown;
    const owner = found.state === 'pending' ? found.pending.userId : found.connection.user.id;
    if (owner !== user.id) return unknown;
    return found.state === 'pending' ? { refusal: refusals.notOpened } : { ok: found.connection };
  }

  get #statefulOffered(): boolean {
    return this.#parts.allowStatefulReconnects && this.#parts.transports.includes('WebSockets');
  }

  #disabled(token: string | undefined): { readonly refusal: Refusal } {
    if (token === undefined) return { refusal: refusals.transportDisabled };
    const { state } = this.#parts.manager.lookUp(token);
    return state === 'unknown' ? unknown : { refusal: refusals.transportDisabled };
  }

  #start(admitted: Admitted): Outcome<Opening<User>> {
    if (this.#parts.draining()) return { refusal: refusals.draining };
    if (this.#parts.manager.full) return { refusal: refusals.tooManyConnections };
    return { ok: { start: admitted } };
  }

  /** A WebSocket with a token of another node: good for one connection here. */
  #foreign(token: string, user: User): Outcome<Opening<User>> {
    const now = this.#parts.now();
    const content = this.#tokens.read(token, user.id);
    // Our own would be pending, were it still good.
    if (content === undefined || content.own || content.expiresAt <= now) return unknown;
    if (!content.transports.includes('WebSockets') || this.#spent.has(content.id)) return unknown;
    const admitted = { id: content.id, token, stateful: content.stateful && this.#statefulOffered };
    const opening = this.#start(admitted);
    if ('refusal' in opening) return opening;
    const noted = this.#spent.add(content.id, content.expiresAt, now);
    return noted ? opening : { refusal: refusals.tooManyConnections };
  }
}

const unknown = { refusal: refusals.unknownId };

/** Without negotiation nobody else learns the id, so that it may serve as token. */
function newAdmitted(): Admitted {
  const id = newConnectionId();
  return { id, token: id, stateful: false };
}

function activeOpening<User extends { readonly id: string }>(
  connection: Connection<User>,
  user: User,
  transport: TransportName,
): Outcome<Opening<User>> {
  if (connection.user.id !== user.id) return unknown;
  if (connection.transport.name === transport) return { ok: { active: connection } };
  return { refusal: refusals.transportChanged };
}
