import { z } from 'zod';

/** What a token says about its bearer, besides what every JWT has. */
export const tokenClaimsSchema = z.object({
  /** User id, a guid in lower case. */
  sub: z.string().min(1),
  /** Organization id. */
  org: z.string().min(1),
  /** Display name. */
  name: z.string(),
  role: z.enum(['agent', 'supervisor', 'admin']),
  /** Seconds since 1970. */
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  /** Different for every token. */
  jti: z.string().min(1),
});

/** The checked claims of a token. Times are in seconds since 1970. */
export type TokenClaims = z.infer<typeof tokenClaimsSchema>;

/** Whom a token is for. A user of the directory is one. */
export interface TokenSubject {
  readonly id: string;
  readonly organizationId: string;
  readonly displayName: string;
  readonly role: TokenClaims['role'];
}
