import type { User } from '../directory/types.js';
import {
  checkOidcToken,
  fetchJson,
  IssuerKeys,
  looksLikeJwt,
  PROVIDER_RETRY_SECONDS,
  readIssuerKeys,
  type After,
  type ExternalLogins,
  type LoginResult,
} from '../identity/index.js';
import { admitClaims, type OidcAdmissionRules } from './oidc-admission.js';
import { createOidcSignIn, type OidcSignIn, type SignInParts } from './oidc-sign-in.js';

export interface OidcLoginOptions extends OidcAdmissionRules {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** What people log in with on the hub's pages; undefined when they can't. */
  readonly signIn?: SignInParts | undefined;
  /** Told when tokens can be checked (undefined), and why when they can't. */
  readonly onTrouble: (reason: string | undefined) => void;
  readonly after?: After;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Logins with an OpenID Connect issuer: with its tokens, and on the hub's pages. */
export interface OidcLogin extends ExternalLogins<User> {
  /** The login on the pages, where there is one. */
  readonly signIn: OidcSignIn | undefined;
  /** Reads the issuer's keys, and again until they are there. */
  start(): void;
  close(): void;
}

/** Makes logins by an issuer: nothing is asked before it is started, or somebody logs in. */
export function createOidcLogin(options: OidcLoginOptions): OidcLogin {
  const { issuer, onTrouble, now, after = realTimer } = options;
  const read = () => readIssuerKeys(issuer, fetchJson);
  const keys = new IssuerKeys({ read, onTrouble, after, now });
  const signIn = options.signIn && createOidcSignIn(options.signIn, { ...options, keys });
  const isOwnKey = (text: string) => signIn?.isOwnKey(text) ?? false;
  return {
    signIn,
    isOwnKey,
    takes(credentials) {
      switch (credentials.kind) {
        case 'token':
          return looksLikeJwt(credentials.token);
        case 'code':
          return signIn !== undefined;
        case 'password':
          return isOwnKey(credentials.password);
      }
    },
    async login(credentials) {
      switch (credentials.kind) {
        case 'token':
          return byToken(credentials.token, { ...options, keys });
        case 'code':
          return signIn?.byCode(credentials) ?? { kind: 'refused' };
        case 'password':
          return signIn?.byKey(credentials) ?? { kind: 'refused' };
      }
    },
    sizes: () => (signIn === undefined ? {} : { loginSessions: signIn.size() }),
    start: () => keys.start(),
    close: () => keys.close(),
  };
}

async function byToken(
  token: string,
  options: OidcLoginOptions & { readonly keys: IssuerKeys },
): Promise<LoginResult<User>> {
  const check = await checkOidcToken(token, options);
  switch (check.kind) {
    case 'known': {
      const { exp } = check.claims;
      return admitClaims(check.claims, exp === undefined ? undefined : exp * 1000, options);
    }
    case 'unknown':
      return { kind: 'refused', reason: check.reason };
    case 'unavailable':
      return { ...check, retryAfterSeconds: PROVIDER_RETRY_SECONDS };
  }
}

/** Does not keep the process alive. */
function realTimer(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds).unref();
  return () => clearTimeout(timer);
}
