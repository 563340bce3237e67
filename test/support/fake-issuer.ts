import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { IssuerLogins } from './issuer-logins.js';

/** How an issuer can fail to answer. */
export type IssuerFault = 'away' | 'slow' | 'garbage' | 'error' | 'endless' | 'other-issuer';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

interface IssuerKey extends KeyPair {
  readonly kid: string;
}

/** An OpenID Connect issuer of a test: discovery, keys, the tokens that they sign, and its page. */
export class FakeIssuer {
  fault: IssuerFault | undefined;
  /** Its clock, epoch ms. */
  now: () => number = Date.now;
  /** The paths that were asked for. */
  readonly requests: string[] = [];
  /** Who logs in at its page. */
  readonly logins = new IssuerLogins(
    () => this.url,
    (claims) => this.token(claims),
  );
  readonly #server: Server;
  #key: IssuerKey;
  #published: readonly JWK[] = [];

  private constructor(server: Server, key: IssuerKey) {
    this.#server = server;
    this.#key = key;
    server.on('request', (request, response) => {
      this.requests.push(request.url ?? '');
      this.#answer(request, response);
    });
  }

  static async start(): Promise<FakeIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new FakeIssuer(server, await newKey('first'));
    await issuer.#publish();
    return issuer;
  }

  /** What it calls itself. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    return `http://127.0.0.1:${String(address.port)}/realms/acme`;
  }

  /** Signs with a fresh key from now on, the only one that it publishes. */
  async rotate(kid = 'second'): Promise<void> {
    this.#key = await newKey(kid);
    await this.#publish();
  }

  /** A token for the audience `rte-hub` that ends in ten minutes, unless told otherwise. */
  token(claims: object = {}, header: { readonly kid?: string; readonly alg?: string } = {}) {
    const now = Math.floor(this.now() / 1000);
    const usual = { iss: this.url, aud: 'rte-hub', iat: now, exp: now + 600 };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: this.#key.kid, ...header })
      .sign(this.#key.privateKey);
  }

  /** Its public key, as a secret for who would sign with that. */
  publicText(): string {
    return JSON.stringify(this.#published[0]);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve, reject) => {
      this.#server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  async #publish(): Promise<void> {
    const { publicKey, kid } = this.#key;
    this.#published = [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }];
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    switch (this.fault) {
      case 'away':
        response.destroy();
        return;
      case 'slow':
        // Never answers; the connection is closed with the server.
        return;
      case 'error':
        response.writeHead(500).end('{}');
        return;
      case 'garbage':
        response.end('<html>');
        return;
      case 'endless':
        response.end(JSON.stringify({ keys: 'x'.repeat(300_000) }));
        return;
      case 'other-issuer':
      case undefined:
        this.#serve(request, response).catch(() => response.writeHead(500).end());
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    switch (pathname) {
      case '/realms/acme/.well-known/openid-configuration':
        return answerJson(response, 200, this.#configuration());
      case '/realms/acme/keys':
        return answerJson(response, 200, { keys: this.#published });
      case '/realms/acme/authorize':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(this.logins.page(searchParams));
        return;
      case '/realms/acme/token': {
        const { status, body } = await this.logins.token(new URLSearchParams(await text(request)));
        return answerJson(response, status, body);
      }
      case '/realms/acme/revoke':
        this.logins.revoke(new URLSearchParams(await text(request)));
        return answerJson(response, 200, {});
      default:
        return answerJson(response, 404, {});
    }
  }

  #configuration(): object {
    return {
      issuer: this.fault === 'other-issuer' ? 'https://evil.example' : this.url,
      jwks_uri: `${this.url}/keys`,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      revocation_endpoint: `${this.url}/revoke`,
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
    };
  }
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function newKey(kid: string): Promise<IssuerKey> {
  return { ...(await generateKeyPair('ES256', { extractable: true })), kid };
}
