import { createLocalJWKSet, type JSONWebKeySet, type LocalJWKSet } from 'jose';
import { z } from 'zod';
import { IdentityProviderError } from '../identity-provider.js';

/** What is read of OpenID Connect Discovery 1.0, section 3. */
const configurationSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * Reads an issuer's keys, where its discovery document says they are.
 * @param issuer its URL, which the document has to repeat exactly (Discovery, section 4.3)
 * @param fetchJson gets a document, and throws with the reason when it can't
 * @throws IdentityProviderError when they can't be had
 */
export async function readIssuerKeys(
  issuer: string,
  fetchJson: (url: string) => Promise<unknown>,
): Promise<LocalJWKSet> {
  const base = issuer.replace(/\/$/u, '');
  try {
    const url = `${base}/.well-known/openid-configuration`;
    const configuration = configurationSchema.parse(await fetchJson(url));
    requireSameIssuer(configuration.issuer, issuer);
    requireSafe(configuration.jwks_uri, issuer);
    const keys: JSONWebKeySet = keySetSchema.parse(await fetchJson(configuration.jwks_uri));
    return createLocalJWKSet(keys);
  } catch (error) {
    const message = `the keys of ${issuer} cannot be read: ${reasonOf(error)}`;
    throw new IdentityProviderError(message, { cause: error });
  }
}

function requireSameIssuer(said: string, issuer: string): void {
  if (said === issuer) return;
  throw new Error(`it says that it is ${said}: give RTE_OIDC_ISSUER as it says`);
}

/** Keys that came over an open line may be anybody's. */
function requireSafe(url: string, issuer: string): void {
  if (url.startsWith('https:') || issuer.startsWith('http:')) return;
  throw new Error('its jwks_uri is no https URL');
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'its answer is not what OpenID Connect says';
  if (!(error instanceof Error)) return String(error);
  // fetch says what happened in the cause only.
  const { cause } = error;
  return error.message === 'fetch failed' && cause instanceof Error ? cause.message : error.message;
}
