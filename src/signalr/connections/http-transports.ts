import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission, Admitted } from './admission.js';
import type { Answer } from './answers.js';
import type { ConnectionManager } from './connection-manager.js';
import type { HubRequest } from './hub-request.js';
import { peerOf, type Peer } from './peer.js';
import type { Outcome } from './refusals.js';
import { refusals } from './refusals.js';
import { readBody } from './request-body.js';
import { LongPollingTransport } from './transports/long-polling.js';
import type { Turn } from './transports/send-queue.js';
import { ServerSentEventsTransport } from './transports/server-sent-events.js';
import type { StartingTransport } from './transports/transport.js';

/** A transport that may become a connection. */
export interface OpenedTransport<User> {
  readonly id: string;
  readonly token: string;
  readonly user: User;
  readonly peer: Peer;
  readonly query: ReadonlyMap<string, string>;
  readonly transport: StartingTransport;
}

export interface HttpTransportsParts<User extends { readonly id: string }> {
  readonly manager: ConnectionManager<User>;
  readonly admission: Admission<User>;
  readonly pollTimeoutMs: number;
  readonly disconnectTimeoutMs: number;
  readonly maximumTransportMessageSize: number;
  readonly maximumWaitingPosts: number;
  readonly time: () => number;
  readonly opened: (transport: OpenedTransport<User>) => void;
}

/** A request of somebody we know. */
export interface HttpExchange<User> {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly request: HubRequest;
  readonly user: User;
  /** Headers of every answer to it, e.g. for CORS. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Undefined: the answer is left to a transport, or nobody waits for it any more. */
export type HttpOutcome = Outcome<Answer | undefined>;

/** Server-Sent Events and Long Polling: GET receives, POST sends, DELETE ends Long Polling. */
export class HttpTransports<User extends { readonly id: string }> {
  readonly #parts: HttpTransportsParts<User>;

  constructor(parts: HttpTransportsParts<User>) {
    this.#parts = parts;
  }

  /**
   * A place among the connection's POSTs; to be taken before anything is awaited, and left in any case.
   * @returns undefined where there is no such queue
   */
  enter(request: HubRequest): Outcome<Turn> | undefined {
    if (request.method !== 'POST' || request.id === undefined) return undefined;
    const found = this.#parts.manager.lookUp(request.id);
    if (found.state !== 'active') return undefined;
    const { transport } = found.connection;
    if (!takesPosts(transport)) return undefined;
    const turn = transport.sends.enter();
    return turn === undefined ? { refusal: refusals.tooManyPosts } : { ok: turn };
  }

  get(exchange: HttpExchange<User>): HttpOutcome {
    // Who has left in the meantime gets no connection.
    if (exchange.response.destroyed) return { ok: undefined };
    const accept = exchange.request.headers.accept ?? '';
    if (accept.toLowerCase().includes('text/event-stream')) return this.#listen(exchange);
    return this.#poll(exchange);
  }

  async post(exchange: HttpExchange<User>, turn: Turn | undefined): Promise<HttpOutcome> {
    const { request, incoming, user } = exchange;
    const found = this.#parts.admission.find(request.id, user);
    if ('refusal' in found) return found;
    const connection = found.ok;
    const { transport } = connection;
    if (!takesPosts(transport)) return { refusal: refusals.postOnWebSocket };
    // It was opened only after this request had come.
    if (turn === undefined) return { refusal: refusals.notOpened };
    await turn.reached;
    const body = await readBody(incoming, this.#parts.maximumTransportMessageSize);
    if ('refusal' in body) return body;
    if (connection.ending) return { refusal: refusals.unknownId };
    transport.receive(body.ok);
    return { ok: { status: 200, contentType: 'text/plain', body: '', headers: {} } };
  }

  delete({ request, user }: HttpExchange<User>): HttpOutcome {
    const found = this.#parts.admission.find(request.id, user);
    if ('refusal' in found) {
      return found.refusal === refusals.notOpened ? { refusal: refusals.deleteOnOther } : found;
    }
    const { transport } = found.ok;
    if (!(transport instanceof LongPollingTransport)) return { refusal: refusals.deleteOnOther };
    transport.delete();
    return { ok: { status: 202, contentType: 'text/plain', body: '', headers: {} } };
  }

  #listen(exchange: HttpExchange<User>): HttpOutcome {
    const { response, headers, request, user } = exchange;
    const opening = this.#parts.admission.open(request.id, user, 'ServerSentEvents');
    if ('refusal' in opening) return opening;
    if ('active' in opening.ok) return { refusal: refusals.alreadyConnected };
    const { maximumWaitingPosts } = this.#parts;
    const transport = new ServerSentEventsTransport(response, headers, maximumWaitingPosts);
    this.#open(opening.ok.start, exchange, transport);
    return { ok: undefined };
  }

  #poll(exchange: HttpExchange<User>): HttpOutcome {
    const { request, user } = exchange;
    const opening = this.#parts.admission.open(request.id, user, 'LongPolling');
    if ('refusal' in opening) return opening;
    if ('start' in opening.ok) {
      const transport = new LongPollingTransport(this.#parts);
      this.#open(opening.ok.start, exchange, transport);
      transport.poll(exchange);
    } else {
      const { active } = opening.ok;
      active.renew(user, peerOf(request));
      if (active.transport instanceof LongPollingTransport) active.transport.poll(exchange);
    }
    return { ok: undefined };
  }

  #open(
    { id, token }: Admitted,
    { user, request }: HttpExchange<User>,
    transport: StartingTransport,
  ): void {
    const { query } = request;
    this.#parts.opened({ id, token, user, peer: peerOf(request), query, transport });
  }
}

function takesPosts(
  transport: object,
): transport is ServerSentEventsTransport | LongPollingTransport {
  return (
    transport instanceof ServerSentEventsTransport || transport instanceof LongPollingTransport
  );
}
