import pino from 'pino';
import { parseDirectory } from '../../../src/directory/index.js';
import {
  createHttpServer,
  registerTokenRoute,
  type TokenRouteOptions,
} from '../../../src/http/index.js';
import {
  createAuthenticator,
  createTokenIssuer,
  createTokenVerifier,
  generatePrivateJwk,
  hashPassword,
  importSigningKey,
  isPasswordHash,
} from '../../../src/identity/index.js';
import { parsePrivateJwk } from '../../../src/identity/jwk.js';
import { smallDirectory } from '../directory/directory-fixture.js';

const cheap = { logN: 10, blockSize: 8, parallelism: 1 };

/** The small directory where everybody has the password `secret`, and Ben and Olga are admins. */
export async function directoryWithAdmins() {
  const file = smallDirectory();
  const users = file.users.map((user) => ({
    ...user,
    password: 'secret',
    role: user.userName === 'anna' ? ('agent' as const) : ('admin' as const),
  }));
  const passwords = { hash: (text: string) => hashPassword(text, cheap), isHash: isPasswordHash };
  const parsed = await parseDirectory({ ...file, users }, { production: false, passwords });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.directory;
}

/** A server with the token route, and the verifier of its tokens. */
export async function tokenServer(
  changes: Partial<TokenRouteOptions> = {},
  trustedProxies: readonly string[] = [],
) {
  const directory = await directoryWithAdmins();
  const key = await importSigningKey(parsePrivateJwk(await generatePrivateJwk(), 'test'), 'test');
  const logins: string[] = [];
  const server = createHttpServer(pino({ level: 'silent' }), trustedProxies);
  registerTokenRoute(server, {
    authenticator: createAuthenticator(() => directory),
    tokens: createTokenIssuer({ current: key }, 600),
    directory: () => directory,
    metrics: { login: (outcome) => logins.push(outcome) },
    onForbidden: () => undefined,
    publicUrl: undefined,
    endpointScheme: 'wss',
    legacyWssEndpoint: false,
    ...changes,
  });
  return { server, logins, verifier: createTokenVerifier({ current: key }) };
}

export function basic(userName: string, password = 'secret') {
  const encoded = Buffer.from(`${userName}:${password}`).toString('base64');
  return { authorization: `Basic ${encoded}` };
}
