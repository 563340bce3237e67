import type { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AdmissionParts, Opening } from './admission.js';
import { Admission } from './admission.js';
import type { Answer } from './answers.js';
import { jsonAnswer, refusalAnswer, sendAnswer, sendAnswerOnSocket } from './answers.js';
import type { HttpExchange, HttpOutcome, HttpTransportsParts } from './http-transports.js';
import { HttpTransports } from './http-transports.js';
import type { HostFunctionsParts } from './host-functions.js';
import { HostFunctions } from './host-functions.js';
import type { HubRequest } from './hub-request.js';
import { readHubRequest } from './hub-request.js';
import { negotiateReply, negotiateVersion, redirectReply } from './negotiate.js';
import { corsHeaders, originAllowed, preflightHeaders } from './origin-policy.js';
import { peerOf } from './peer.js';
import type { RefusalObserver } from './refusal-observer.js';
import type { Outcome, Refusal } from './refusals.js';
import { refusals } from './refusals.js';
import { ResumableWebSocket } from './transports/resumable-web-socket.js';
import type { Turn } from './transports/send-queue.js';
import type { WebSocketAcceptor, WebSocketTransport } from './transports/websocket.js';

export interface HubEndpointParts<User extends { readonly id: string }>
  extends
    AdmissionParts<User>,
    HostFunctionsParts<User>,
    Omit<HttpTransportsParts<User>, 'admission'> {
  readonly acceptor: WebSocketAcceptor;
  readonly observer: RefusalObserver<User>;
  /** Where a request comes from. */
  readonly remoteAddress: (request: IncomingMessage) => string;
  readonly allowedOrigins: readonly string[];
  readonly minimumNegotiateVersion: 0 | 1;
}

/** What a request came to, and who asked where that is known. */
interface Routed<User> {
  readonly outcome: HttpOutcome;
  readonly user?: User;
}

/**
 * The hub's HTTP face. Order of the checks: origin, method, who is asking, then what for.
 */
export class HubEndpoint<User extends { readonly id: string }> {
  readonly #parts: HubEndpointParts<User>;
  readonly #admission: Admission<User>;
  readonly #http: HttpTransports<User>;
  readonly #host: HostFunctions<User>;

  constructor(parts: HubEndpointParts<User>) {
    this.#parts = parts;
    this.#admission = new Admission(parts);
    this.#host = new HostFunctions(parts);
    this.#http = new HttpTransports({ ...parts, admission: this.#admission });
  }

  /** Answers a request to the hub's path, or to its /negotiate; maybe later. */
  async handleRequest(
    incoming: IncomingMessage,
    response: ServerResponse,
    route: 'hub' | 'negotiate',
  ): Promise<void> {
    // What is written to somebody who has left concerns nobody.
    response.on('error', () => response.destroy());
    const request = this.#read(incoming);
    const headers = this.#headersFor(request);
    // Before anything is awaited, because POSTs are handled in the order of their arrival.
    const place = route === 'hub' ? this.#http.enter(request) : undefined;
    const turn = place !== undefined && 'ok' in place ? place.ok : undefined;
    try {
      const { outcome, user }: Routed<User> =
        place !== undefined && 'refusal' in place
          ? { outcome: place }
          : await this.#route({ incoming, response, request, headers }, route, turn);
      if ('ok' in outcome) {
        if (outcome.ok !== undefined) sendAnswer(response, outcome.ok, headers);
        return;
      }
      this.#parts.observer.refused(request, outcome.refusal, user);
      sendAnswer(response, refusalAnswer(outcome.refusal), headers);
    } finally {
      turn?.leave();
    }
  }

  /** Makes a connection of an upgrade request, or refuses it before any 101. */
  async handleUpgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until ws takes over, a reset by the peer would be an uncaught exception.
    const onError = (): void => {
      socket.destroy();
    };
    socket.on('error', onError);
    const request = this.#read(incoming);
    const user = this.#originAllowed(request)
      ? await this.#host.authenticate(request)
      : { refusal: refusals.originNotAllowed };
    // Nothing may be awaited from here on, or two upgrades could take the same token.
    const opening = 'ok' in user ? this.#admitUpgrade(request, user.ok) : user;
    if ('refusal' in opening || !('ok' in user)) {
      const refusal = 'refusal' in opening ? opening.refusal : refusals.unauthorized;
      this.#parts.observer.refused(request, refusal, 'ok' in user ? user.ok : undefined);
      sendAnswerOnSocket(socket, refusalAnswer(refusal), this.#headersFor(request));
      return;
    }
    socket.off('error', onError);
    this.#parts.acceptor.accept(incoming, socket, head, (transport) => {
      this.#useSocket(transport, opening.ok, request, user.ok);
    });
  }

  async #route(
    asked: Omit<HttpExchange<User>, 'user'>,
    route: 'hub' | 'negotiate',
    turn: Turn | undefined,
  ): Promise<Routed<User>> {
    const { request } = asked;
    if (!this.#originAllowed(request)) return { outcome: { refusal: refusals.originNotAllowed } };
    // A preflight carries no credentials, so it comes before authentication.
    if (request.method === 'OPTIONS') return { outcome: { ok: preflightAnswer(request) } };
    const wrongMethod = refusedMethod(request.method, route);
    if (wrongMethod !== undefined) return { outcome: { refusal: wrongMethod } };
    const user = await this.#host.authenticate(request);
    if ('refusal' in user) return { outcome: user };
    return { outcome: await this.#serve({ ...asked, user: user.ok }, route, turn), user: user.ok };
  }

  #serve(
    exchange: HttpExchange<User>,
    route: 'hub' | 'negotiate',
    turn: Turn | undefined,
  ): HttpOutcome | Promise<HttpOutcome> {
    const { request, user } = exchange;
    if (route === 'negotiate') return this.#negotiate(request, user);
    if (request.method === 'POST') return this.#http.post(exchange, turn);
    return request.method === 'GET' ? this.#http.get(exchange) : this.#http.delete(exchange);
  }

  #read(incoming: IncomingMessage): HubRequest {
    return readHubRequest(incoming, this.#parts.remoteAddress(incoming));
  }

  async #negotiate(request: HubRequest, user: User): Promise<Outcome<Answer>> {
    const { draining, minimumNegotiateVersion, transports, observer } = this.#parts;
    if (draining()) return { refusal: refusals.draining };
    const asked = request.query.get('negotiateversion');
    const chosen = negotiateVersion(asked, minimumNegotiateVersion);
    // ASP.NET Core answers 200 here; clients read the error from the body.
    if ('error' in chosen) return { ok: jsonAnswer(chosen) };
    const redirect = await this.#host.redirect(request, user);
    if ('refusal' in redirect) return redirect;
    if (redirect.ok !== undefined) {
      return { ok: jsonAnswer(redirectReply(chosen.version, redirect.ok)) };
    }
    const stateful = request.query.get('usestatefulreconnect')?.toLowerCase() === 'true';
    const admitted = this.#admission.negotiate(user, chosen.version, stateful);
    if ('refusal' in admitted) return admitted;
    observer.negotiated();
    return { ok: jsonAnswer(negotiateReply(chosen.version, admitted.ok, transports)) };
  }

  #admitUpgrade(request: HubRequest, user: User): Outcome<Opening<User>> {
    const opening = this.#admission.open(request.id, user, 'WebSockets');
    if ('refusal' in opening || 'start' in opening.ok) return opening;
    const { active } = opening.ok;
    const { transport } = active;
    const resumable = transport instanceof ResumableWebSocket && transport.resumable;
    if (!resumable) return { refusal: refusals.alreadyConnected };
    // A client that is being sent away must not find its connection again, or it would do so forever.
    return active.ending ? { refusal: refusals.unknownId } : opening;
  }

  #useSocket(
    socket: WebSocketTransport,
    opening: Opening<User>,
    request: HubRequest,
    user: User,
  ): void {
    if ('active' in opening) {
      const { active } = opening;
      active.renew(user, peerOf(request));
      if (active.transport instanceof ResumableWebSocket) active.transport.replace(socket);
      return;
    }
    const { id, token, stateful } = opening.start;
    const transport = stateful ? new ResumableWebSocket(socket) : socket;
    const { query } = request;
    this.#parts.opened({ id, token, user, peer: peerOf(request), query, transport });
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

function preflightAnswer(request: HubRequest): Answer {
  return { status: 204, body: '', headers: preflightHeaders(request.headers) };
}
