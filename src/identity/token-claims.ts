import { z } from 'zod';

/** An access control list that its bearer is bound to, beside what the hub grants. */
const tokenAccessSchema = z.object({
  /** Entries in Wazo's notation, only those that concern the hub. */
  acl: z.array(z.string()),
  /** Id of the user whom `me` means: who logged in, which may be another than the bearer. */
  me: z.string(),
  /** The session at the system that gave the list; when it is revoked there, the token is too. */
  session: z
    .object({
      id: z.string(),
      /** When it ends by itself, seconds since 1970. */
      end: z.number().optional(),
    })
    .optional(),
});

export type TokenAccess = z.infer<typeof tokenAccessSchema>;

const roleSchema = z.enum(['agent', 'supervisor', 'admin']);

/** What a token says about its bearer, besides what every JWT has. */
export const tokenClaimsSchema = z.object({
  /** User id, a guid in lower case. */
  sub: z.string().min(1),
  /** Organization id. */
  org: z.string().min(1),
  /** Display name. */
  name: z.string(),
  role: roleSchema,
  /** Seconds since 1970. */
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  /** Different for every token. */
  jti: z.string().min(1),
  /** Absent for who logged in with a password of the directory. */
  access: tokenAccessSchema.optional(),
  /** A role that the login gave, in the place of the directory's. */
  login_role: roleSchema.optional(),
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

/** On which terms somebody gets a token. */
export interface TokenTerms {
  /** What binds them besides the hub's policy. */
  readonly access?: TokenAccess;
  /** When the login behind it ends, epoch ms; the token ends no later. */
  readonly notAfter?: number;
  /** The role that the login gives, in the place of the directory's. */
  readonly role?: TokenClaims['role'];
}
