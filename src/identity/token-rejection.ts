import { errors } from 'jose';

/** Why a token is not accepted, as a word for logs and metrics. */
export type TokenRejectionReason =
  | 'malformed'
  | 'unknown-key'
  | 'wrong-algorithm'
  | 'wrong-signature'
  | 'wrong-type'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'expired'
  | 'not-yet-valid'
  | 'missing-claim'
  | 'wrong-claim';

/** A reason, and the claim or header at fault in words. */
export interface TokenRejection {
  readonly reason: TokenRejectionReason;
  readonly detail: string;
}

/** Thrown while the key of a token is looked up. */
export class TokenKeyError extends Error {
  override readonly name = 'TokenKeyError';
  readonly reason: 'unknown-key' | 'wrong-algorithm';

  constructor(reason: 'unknown-key' | 'wrong-algorithm', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Translates what the JWT library or the key lookup threw. */
export function rejectionOf(error: unknown): TokenRejection {
  if (error instanceof TokenKeyError) return { reason: error.reason, detail: error.message };
  if (error instanceof errors.JWTExpired) return { reason: 'expired', detail: 'exp has passed' };
  if (error instanceof errors.JWTClaimValidationFailed) return claimRejection(error);
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return { reason: 'wrong-algorithm', detail: 'alg is none of the allowed ones' };
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return { reason: 'unknown-key', detail: 'kid names no key of the issuer' };
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return { reason: 'wrong-signature', detail: 'the signature is not by the key that kid names' };
  }
  return { reason: 'malformed', detail: 'it is no signed JWT' };
}

function claimRejection({ claim, reason }: errors.JWTClaimValidationFailed): TokenRejection {
  if (reason === 'missing') return { reason: 'missing-claim', detail: `${claim} is missing` };
  if (reason === 'invalid')
    return { reason: 'wrong-claim', detail: `${claim} is of the wrong kind` };
  switch (claim) {
    case 'iss':
      return { reason: 'wrong-issuer', detail: 'iss is not this hub' };
    case 'aud':
      return { reason: 'wrong-audience', detail: 'aud is not rte' };
    case 'typ':
      return { reason: 'wrong-type', detail: 'typ is not at+jwt' };
    case 'nbf':
      return { reason: 'not-yet-valid', detail: 'nbf is still to come' };
    default:
      return { reason: 'wrong-claim', detail: `${claim} has a wrong value` };
  }
}
