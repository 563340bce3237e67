import type { PrivateJwk } from './jwk.js';

/** HS256 needs a secret of at least the size of its hash (RFC 7518, section 3.2). */
const MIN_SECRET_BYTES = 32;

/** Keys and secrets printed in documents and tutorials: everybody has them. */
const SAMPLE_SECRETS: ReadonlySet<string> = new Set([
  'a-string-secret-at-least-256-bits-long',
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
  'your-256-bit-secret',
  'changeme',
]);
const SAMPLE_KEYS: ReadonlySet<string> = new Set([
  // RFC 7515, appendix A.1
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  // RFC 8037, appendix A.1
  'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
]);

/** Why a key must not protect anything, or undefined for a good one. Never quotes the key. */
export function weaknessOf(jwk: PrivateJwk): string | undefined {
  switch (jwk.kty) {
    case 'OKP':
      return SAMPLE_KEYS.has(jwk.d) ? 'it is a sample from a document' : undefined;
    case 'oct':
      return weaknessOfSecret(jwk.k);
  }
}

function weaknessOfSecret(encoded: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.length < MIN_SECRET_BYTES) {
    return `it has ${bytes.length} bytes, HS256 needs ${MIN_SECRET_BYTES} or more`;
  }
  if (SAMPLE_KEYS.has(encoded) || SAMPLE_SECRETS.has(bytes.toString('utf8'))) {
    return 'it is a sample from a document';
  }
  return new Set(bytes).size < 8 ? 'its bytes repeat, it is not random' : undefined;
}
