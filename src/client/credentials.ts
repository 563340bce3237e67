/** Who the client is: what the hub's token endpoint takes. */
export type Credentials =
  | {
      readonly userName: string;
      /** The password, or the SecretKey of `POST /authuser/{userName}/`. */
      readonly secret: string;
    }
  /** A token of the identity provider that the hub trusts (OIDC). */
  | { readonly bearer: string }
  /** A token of wazo-auth. */
  | { readonly wazoToken: string };

/** Credentials, or what gives them: it is asked before each token, so that they may change. */
export type CredentialsSource = Credentials | (() => Credentials | Promise<Credentials>);

/** The header that says who sends a request. */
export function credentialHeaders(credentials: Credentials): Readonly<Record<string, string>> {
  if ('bearer' in credentials) return { Authorization: `Bearer ${credentials.bearer}` };
  if ('wazoToken' in credentials) return { 'X-Auth-Token': credentials.wazoToken };
  const { userName, secret } = credentials;
  return { Authorization: `Basic ${base64(`${userName}:${secret}`)}` };
}

/** btoa takes bytes only; the hub reads them as UTF-8 (RFC 7617, section 2.1). */
function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
