import type { FastifyInstance } from 'fastify';
import { publicKeys, type SigningKeys } from '../../identity/index.js';

/** RFC 7517, section 8.5.2. */
const JWK_SET = 'application/jwk-set+json';

/** Who checks our tokens need not ask more often, but for a key id that they don't know. */
const MAX_AGE_SECONDS = 300;

/**
 * `/.well-known/jwks.json`: the public keys of the hub's tokens, for those who check them without
 * the hub. Shared secrets are not among them.
 * @param keys asked at each request
 */
export function registerKeysRoute(server: FastifyInstance, keys: SigningKeys): void {
  server.get('/.well-known/jwks.json', (_request, reply) =>
    reply
      .type(JWK_SET)
      .header('cache-control', `public, max-age=${String(MAX_AGE_SECONDS)}`)
      .send({ keys: publicKeys(keys) }),
  );
}
