import { createServer, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';

/** How an issuer can fail to answer. */
export type IssuerFault = 'away' | 'slow' | 'garbage' | 'error' | 'endless' | 'other-issuer';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

interface IssuerKey extends KeyPair {
  readonly kid: string;
}

/** An OpenID Connect issuer of a test: discovery, keys, and the tokens that they sign. */
export class FakeIssuer {
  fault: IssuerFault | undefined;
  /** The paths that were asked for. */
  readonly requests: string[] = [];
  readonly #server: Server;
  #key: IssuerKey;
  #published: readonly JWK[] = [];

  private constructor(server: Server, key: IssuerKey) {
    this.#server = server;
    this.#key = key;
    server.on('request', (request, response) => {
      this.requests.push(request.url ?? '');
      this.#answer(request.url ?? '', response);
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
    const now = Math.floor(Date.now() / 1000);
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

  #answer(path: string, response: ServerResponse): void {
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
        this.#document(path, response);
    }
  }

  #document(path: string, response: ServerResponse): void {
    const issuer = this.fault === 'other-issuer' ? 'https://evil.example' : this.url;
    const documents: Record<string, object> = {
      '/realms/acme/.well-known/openid-configuration': { issuer, jwks_uri: `${this.url}/keys` },
      '/realms/acme/keys': { keys: this.#published },
    };
    const document = documents[path];
    response.writeHead(document === undefined ? 404 : 200).end(JSON.stringify(document ?? {}));
  }
}

async function newKey(kid: string): Promise<IssuerKey> {
  return { ...(await generateKeyPair('ES256', { extractable: true })), kid };
}
