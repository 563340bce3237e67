import { z } from 'zod';

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/u, 'is not base64url');

const ed25519 = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: base64url,
  d: base64url,
  alg: z.enum(['EdDSA', 'Ed25519']).optional(),
});

const secret = z.object({
  kty: z.literal('oct'),
  k: base64url,
  alg: z.literal('HS256').optional(),
});

const privateJwkSchema = z.discriminatedUnion('kty', [ed25519, secret]);

/** A key that signs: an Ed25519 pair (RFC 8037) or a shared secret (RFC 7518, section 6.4). */
export type PrivateJwk = z.infer<typeof privateJwkSchema>;

/** A signing key that cannot be used. The message never contains the key. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

/**
 * Reads a private JWK.
 * @param text the JWK as JSON
 * @param origin where it comes from, for messages: a variable or a path
 * @throws SigningKeyError when it is no JWK of a supported kind
 */
export function parsePrivateJwk(text: string, origin: string): PrivateJwk {
  const parsed = privateJwkSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new SigningKeyError(
    `${origin} is not a private JWK of kind OKP Ed25519 (EdDSA) or oct (HS256): make one with rte-hub gen-key`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which is a secret; the caller reports what is wrong.
    return undefined;
  }
}
