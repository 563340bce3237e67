import { createLocalJWKSet, type JSONWebKeySet, type LocalJWKSet } from 'jose';
import { z } from 'zod';
import { IdentityProviderError } from '../identity-provider.js';
import { failureText } from './bounded-fetch.js';

/** What is read of OpenID Connect Discovery 1.0, section 3, and of RFC 8414 and RFC 9207. */
const configurationSchema = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().exactOptional(),
  token_endpoint: z.url().exactOptional(),
  revocation_endpoint: z.url().exactOptional(),
  id_token_signing_alg_values_supported: z.array(z.string()).exactOptional(),
  authorization_response_iss_parameter_supported: z.boolean().exactOptional(),
});

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** What an issuer publishes about itself. */
export type IssuerConfiguration = z.infer<typeof configurationSchema>;

/** Gets a document, and throws with the reason when it can't. */
type FetchJson = (url: string) => Promise<unknown>;

/**
 * Reads an issuer's discovery document.
 * @param issuer its URL, which the document has to repeat exactly (Discovery, section 4.3)
 * @throws IdentityProviderError when it can't be had
 */
export function readIssuerConfiguration(
  issuer: string,
  fetchJson: FetchJson,
): Promise<IssuerConfiguration> {
  return explained(`${issuer} does not say where its endpoints are`, () =>
    configurationOf(issuer, fetchJson),
  );
}

/**
 * Reads an issuer's keys, where its discovery document says they are.
 * @param issuer as for the document
 * @throws IdentityProviderError when they can't be had
 */
export function readIssuerKeys(issuer: string, fetchJson: FetchJson): Promise<LocalJWKSet> {
  return explained(`the keys of ${issuer} cannot be read`, async () => {
    const configuration = await configurationOf(issuer, fetchJson);
    const keys: JSONWebKeySet = keySetSchema.parse(await fetchJson(configuration.jwks_uri));
    return createLocalJWKSet(keys);
  });
}

async function configurationOf(issuer: string, fetchJson: FetchJson): Promise<IssuerConfiguration> {
  const base = issuer.replace(/\/$/u, '');
  const url = `${base}/.well-known/openid-configuration`;
  const configuration = configurationSchema.parse(await fetchJson(url));
  requireSameIssuer(configuration.issuer, issuer);
  for (const name of [
    'jwks_uri',
    'authorization_endpoint',
    'token_endpoint',
    'revocation_endpoint',
  ] as const) {
    requireSafe(name, configuration[name], issuer);
  }
  return configuration;
}

function requireSameIssuer(said: string, issuer: string): void {
  if (said === issuer) return;
  throw new Error(`it says that it is ${said}: give RTE_OIDC_ISSUER as it says`);
}

/** Keys that came over an open line may be anybody's, and what is sent over one anybody reads. */
function requireSafe(name: string, url: string | undefined, issuer: string): void {
  if (url === undefined || url.startsWith('https:') || issuer.startsWith('http:')) return;
  throw new Error(`its ${name} is no https URL`);
}

async function explained<Value>(what: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? 'its answer is not what OpenID Connect says'
        : failureText(error);
    throw new IdentityProviderError(`${what}: ${reason}`, { cause: error });
  }
}
