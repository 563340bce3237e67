import type { Buffer } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Answer } from './answers.js';
import { jsonAnswer, refusalAnswer, sendAnswer, sendAnswerOnSocket } from './answers.js';
import type { ConnectionManager, LookUp } from './connection-manager.js';
import { newIds } from './connection-manager.js';
import type { HubRequest } from './hub-request.js';
import { readHubRequest } from './hub-request.js';
import { availableTransports, negotiateReply, negotiateVersion } from './negotiate.js';
import { corsHeaders, originAllowed, preflightHeaders } from './origin-policy.js';
import type { RefusalObserver } from './refusal-observer.js';
import type { Refusal } from './refusals.js';
import { refusals } from './refusals.js';
import type { WebSocketAcceptor, WebSocketTransport } from './transports/websocket.js';

/** What a host is asked about a request. */
export interface AuthenticationRequest {
  readonly token: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
}

/** A WebSocket that may become a connection. */
export interface OpenedWebSocket<User> {
  readonly id: string;
  readonly token: string;
  readonly user: User;
  readonly query: ReadonlyMap<string, string>;
  readonly transport: WebSocketTransport;
}

export interface HubEndpointParts<User> {
  readonly manager: ConnectionManager<User>;
  readonly acceptor: WebSocketAcceptor;
  readonly observer: RefusalObserver;
  readonly allowedOrigins: readonly string[];
  readonly minimumNegotiateVersion: 0 | 1;
  readonly time: () => number;
  readonly draining: () => boolean;
  /** Gives undefined for nobody we know (401); a rejection is answered 500. */
  readonly authenticate: (request: AuthenticationRequest) => Promise<User | undefined>;
  readonly opened: (webSocket: OpenedWebSocket<User>) => void;
}

/** A request that passed, or why it did not. */
type Outcome<T> = { readonly ok: T } | { readonly refusal: Refusal };

/**
 * The hub's HTTP face: negotiate, preflight, upgrade, and the statuses for everything else.
 * Order of the checks: origin, method, who is asking, then what for.
 */
export class HubEndpoint<User extends { readonly id: string }> {
  readonly #parts: HubEndpointParts<User>;

  constructor(parts: HubEndpointParts<User>) {
    this.#parts = parts;
  }

  /** Answers a request to the hub's path, or to its /negotiate. */
  async handleRequest(
    incoming: IncomingMessage,
    response: ServerResponse,
    route: 'hub' | 'negotiate',
  ): Promise<void> {
    const request = readHubRequest(incoming);
    const { answer, headers } = await this.#answerOf(request, route);
    sendAnswer(response, answer, headers);
  }

  /** Makes a connection of an upgrade request, or refuses it before any 101. */
  async handleUpgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until ws takes over, a reset by the peer would be an uncaught exception.
    const onError = (): void => {
      socket.destroy();
    };
    socket.on('error', onError);
    const request = readHubRequest(incoming);
    const user = this.#originAllowed(request)
      ? await this.#authenticate(request)
      : { refusal: refusals.originNotAllowed };
    // Nothing may be awaited from here on, or two upgrades could take the same token.
    const admitted = 'ok' in user ? this.#admitUpgrade(request, user.ok) : user;
    if ('refusal' in admitted) {
      this.#parts.observer.refused(request, admitted.refusal);
      sendAnswerOnSocket(socket, refusalAnswer(admitted.refusal), this.#headersFor(request));
      return;
    }
    socket.off('error', onError);
    this.#parts.acceptor.accept(incoming, socket, head, (transport) => {
      this.#parts.opened({ ...admitted.ok, query: request.query, transport });
    });
  }

  async #answerOf(
    request: HubRequest,
    route: 'hub' | 'negotiate',
  ): Promise<{ answer: Answer; headers: Record<string, string> }> {
    const headers = this.#headersFor(request);
    const outcome = await this.#route(request, route);
    if ('ok' in outcome) return { answer: outcome.ok, headers };
    this.#parts.observer.refused(request, outcome.refusal);
    return { answer: refusalAnswer(outcome.refusal), headers };
  }

  async #route(request: HubRequest, route: 'hub' | 'negotiate'): Promise<Outcome<Answer>> {
    if (!this.#originAllowed(request)) return { refusal: refusals.originNotAllowed };
    // A preflight carries no credentials, so it comes before authentication.
    if (request.method === 'OPTIONS') return { ok: preflightAnswer(request) };
    const wrongMethod = refusedMethod(request.method, route);
    if (wrongMethod !== undefined) return { refusal: wrongMethod };
    const user = await this.#authenticate(request);
    if ('refusal' in user) return user;
    if (route === 'negotiate') return this.#negotiate(request, user.ok);
    return { refusal: this.#refuseOtherTransport(request) };
  }

  #negotiate(request: HubRequest, user: User): Outcome<Answer> {
    if (this.#parts.draining()) return { refusal: refusals.draining };
    const asked = request.query.get('negotiateversion');
    const chosen = negotiateVersion(asked, this.#parts.minimumNegotiateVersion);
    // ASP.NET Core answers 200 here; clients read the error from the body.
    if ('error' in chosen) return { ok: jsonAnswer(chosen) };
    const { manager, time, observer } = this.#parts;
    const ids = manager.negotiate(user.id, chosen.version === 1, time());
    if (ids === undefined) return { refusal: refusals.tooManyPending };
    observer.negotiated();
    return { ok: jsonAnswer(negotiateReply(chosen.version, ids, availableTransports)) };
  }

  /** Server-Sent Events and Long Polling are not served: what their requests are answered. */
  #refuseOtherTransport(request: HubRequest): Refusal {
    if (request.id === undefined) return refusals.idRequired;
    const { state } = this.#parts.manager.lookUp(request.id);
    if (state === 'unknown') return refusals.unknownId;
    if (request.method === 'DELETE') return refusals.deleteOnOther;
    if (state === 'pending') return refusals.transportDisabled;
    return request.method === 'POST' ? refusals.postOnWebSocket : refusals.transportChanged;
  }

  #admitUpgrade(
    request: HubRequest,
    user: User,
  ): Outcome<Omit<OpenedWebSocket<User>, 'query' | 'transport'>> {
    const { manager, draining } = this.#parts;
    const found = request.id === undefined ? undefined : manager.lookUp(request.id);
    const refusal = refusedUpgrade(found, user);
    if (refusal !== undefined) return { refusal };
    if (draining()) return { refusal: refusals.draining };
    if (manager.full) return { refusal: refusals.tooManyConnections };
    const { id, token } = found?.state === 'pending' ? found.pending : newIds(false);
    return { ok: { id, token, user } };
  }

  async #authenticate(request: HubRequest): Promise<Outcome<User>> {
    const { token, headers, remoteAddress } = request;
    try {
      const user = await this.#parts.authenticate({ token, headers, remoteAddress });
      return user === undefined ? { refusal: refusals.unauthorized } : { ok: user };
    } catch (error) {
      this.#parts.observer.authenticationFailed(error);
      return { refusal: refusals.authenticationFailed };
    }
  }

  #originAllowed(request: HubRequest): boolean {
    return originAllowed(request.headers, this.#parts.allowedOrigins);
  }

  #headersFor(request: HubRequest): Record<string, string> {
    return this.#originAllowed(request) ? corsHeaders(request.headers) : { Vary: 'Origin' };
  }
}

function refusedMethod(method: string, route: 'hub' | 'negotiate'): Refusal | undefined {
  if (route === 'negotiate') return method === 'POST' ? undefined : refusals.negotiateByPost;
  return ['GET', 'POST', 'DELETE'].includes(method) ? undefined : refusals.methodNotAllowed;
}

/** A token of somebody else is treated like an unknown one, so that tokens can't be probed. */
function refusedUpgrade(
  found: LookUp<{ readonly id: string }> | undefined,
  user: { readonly id: string },
): Refusal | undefined {
  switch (found?.state) {
    case undefined:
      return undefined;
    case 'unknown':
      return refusals.unknownId;
    case 'active':
      return found.connection.user.id === user.id ? refusals.alreadyConnected : refusals.unknownId;
    case 'pending':
      return found.pending.userId === user.id ? undefined : refusals.unknownId;
  }
}

function preflightAnswer(request: HubRequest): Answer {
  return { status: 204, body: '', headers: preflightHeaders(request.headers) };
}
