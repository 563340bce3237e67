import type { IncomingHttpHeaders } from 'node:http';
import type { HubRequest } from './hub-request.js';
import type { Redirect } from './negotiate.js';
import type { RefusalObserver } from './refusal-observer.js';
import type { Outcome } from './refusals.js';
import { refusals } from './refusals.js';

/** What a host is asked about a request. */
export interface AuthenticationRequest {
  readonly token: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
}

/** A request that was answered with an error. */
export interface RefusedRequest<User> extends AuthenticationRequest {
  readonly status: number;
  /** Why: a label out of the table of refusals, such as `unauthorized` or `unknown_id`. */
  readonly reason: string;
  /** Who asked; undefined when that was not known, or not asked yet. */
  readonly user: User | undefined;
}

/** A negotiation that the host may redirect. */
export interface NegotiateRequest<User> extends AuthenticationRequest {
  readonly user: User;
  /** Names in lower case, without credentials. */
  readonly query: ReadonlyMap<string, string>;
}

export interface HostFunctionsParts<User> {
  readonly observer: Pick<RefusalObserver<User>, 'hostFailed'>;
  /** Gives undefined for nobody we know (401); a rejection is answered 500. */
  readonly authenticate: (request: AuthenticationRequest) => Promise<User | undefined>;
  /** Where to send a client instead; a rejection is answered 500. */
  readonly redirect: (request: NegotiateRequest<User>) => Promise<Redirect | undefined>;
}

/** Asks the host, whose failures become answers without detail. */
export class HostFunctions<User> {
  readonly #parts: HostFunctionsParts<User>;

  constructor(parts: HostFunctionsParts<User>) {
    this.#parts = parts;
  }

  async authenticate({ token, headers, remoteAddress }: HubRequest): Promise<Outcome<User>> {
    try {
      const user = await this.#parts.authenticate({ token, headers, remoteAddress });
      return user === undefined ? { refusal: refusals.unauthorized } : { ok: user };
    } catch (error) {
      this.#parts.observer.hostFailed('authenticate', error);
      return { refusal: refusals.authenticationFailed };
    }
  }

  async redirect(request: HubRequest, user: User): Promise<Outcome<Redirect | undefined>> {
    const { token, headers, remoteAddress, query } = request;
    try {
      return { ok: await this.#parts.redirect({ token, headers, remoteAddress, query, user }) };
    } catch (error) {
      this.#parts.observer.hostFailed('negotiate', error);
      return { refusal: refusals.negotiateFailed };
    }
  }
}
