import { createHash, randomBytes } from 'node:crypto';
import { MAX_SESSION_STALE_MS, SESSION_CHECK_MS, SESSION_RETRY_MS } from '../defaults.js';
import type { Grant, IdTokenClaims } from './grant-result.js';
import type { IssuerClient } from './issuer-client.js';
import type { IssuerSession, SessionFiles } from './session-files.js';
import { SessionIndex, type SessionEntry } from './session-index.js';

/** Tells its keys from those of passwords (`secret-keys.ts`). */
const PREFIX = 'rsk3_';
const KEY_BYTES = 32;

const SESSION_ENDED = 'session-ended';

/** What a secret key stands for. A refusal has a word as its reason; it and details are for operators. */
export type SessionCheck =
  | {
      readonly kind: 'known';
      readonly claims: IdTokenClaims;
      /** Epoch ms. */
      readonly startedAt: number;
      /** When it ends by itself, epoch ms; undefined while it is renewed. */
      readonly endsAt: number | undefined;
    }
  | { readonly kind: 'unknown'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface IssuerSessionsOptions {
  readonly client: Pick<IssuerClient, 'renew' | 'revoke'>;
  readonly files: Pick<SessionFiles, 'found' | 'read' | 'write' | 'remove'>;
  /** What a session is encrypted with, of its secret key. */
  readonly sealKeyOf: (secretKey: string) => Uint8Array;
  /** Epoch ms. */
  readonly now: () => number;
}

type Entry = SessionEntry<SessionCheck>;

/**
 * Logins with an issuer. A browser has a random secret key, which it sends in the place of a
 * password; the hub has the refresh token, and asks the issuer with it every few minutes whether the
 * login still holds. So the login lasts for as long as the issuer says, and no longer.
 *
 * The refresh token is not within the key, since issuers give another one each time (RFC 9700,
 * section 4.14.2): tabs that share a key would end one another's login, and an answer that is lost
 * on the way to a browser would end it too.
 */
export class IssuerSessions {
  readonly #options: IssuerSessionsOptions;
  /** By the digest of the key. */
  readonly #entries: SessionIndex<SessionCheck>;

  constructor(options: IssuerSessionsOptions) {
    this.#options = options;
    this.#entries = new SessionIndex(options.files.found());
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Whether a text looks like a secret key of such a login. */
  takes(text: string): boolean {
    return text.startsWith(PREFIX);
  }

  /**
   * Begins a login.
   * @returns its secret key, once the login outlives a restart
   */
  async start(claims: IdTokenClaims, grant: Pick<Grant, 'refreshToken'>): Promise<string> {
    const { files, sealKeyOf, now } = this.#options;
    const key = `${PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
    const id = idOf(key);
    const session = withRefreshToken({ claims, startedAt: now(), checkedAt: now() }, grant);
    for (const one of this.#entries.makeRoom(now())) await files.remove(one);
    await files.write(id, sealKeyOf(key), session);
    this.#entries.add(id, now(), session);
    return key;
  }

  /** Whose login a key stands for, and whether it holds. Equal questions are asked once. */
  check(key: string): Promise<SessionCheck> {
    const id = idOf(key);
    const entry = this.#entries.get(id);
    if (entry === undefined) return Promise.resolve(OVER);
    entry.checking ??= this.#check(id, key, entry).finally(() => {
      entry.checking = undefined;
    });
    return entry.checking;
  }

  /**
   * Ends a login, here and at the issuer.
   * @returns why the issuer could not be told
   */
  async end(key: string): Promise<string | undefined> {
    const id = idOf(key);
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    // A renewal that is under way has the newest refresh token, and revokes that itself.
    await Promise.allSettled([entry.checking]);
    const session = entry.session ?? (await this.#read(id, key));
    await this.#options.files.remove(id);
    if (session?.refreshToken === undefined) return undefined;
    return this.#options.client.revoke(session.refreshToken);
  }

  async #check(id: string, key: string, entry: Entry): Promise<SessionCheck> {
    const { now } = this.#options;
    entry.session ??= await this.#read(id, key);
    const { session } = entry;
    if (session === undefined) return this.#over(id, SESSION_ENDED, 'it cannot be decrypted');
    const endsAt = session.claims.exp * 1000;
    if (session.refreshToken === undefined) {
      if (now() >= endsAt)
        return this.#over(id, SESSION_ENDED, 'the issuer gave nothing to renew it with');
      return { kind: 'known', ...session, endsAt };
    }
    const isFresh = now() - session.checkedAt < SESSION_CHECK_MS;
    if (isFresh) return { kind: 'known', ...session, endsAt: undefined };
    if (now() - entry.failedAt < SESSION_RETRY_MS) return this.#stale(session, 'it was just away');
    return this.#renew(id, key, entry, { ...session, refreshToken: session.refreshToken });
  }

  async #renew(
    id: string,
    key: string,
    entry: Entry,
    session: IssuerSession & { readonly refreshToken: string },
  ): Promise<SessionCheck> {
    const { client, files, sealKeyOf, now } = this.#options;
    const result = await client.renew(session.refreshToken);
    if (result.kind === 'refused') return this.#over(id, result.reason, result.detail);
    if (result.kind === 'unavailable') {
      entry.failedAt = now();
      return this.#stale(session, result.reason);
    }
    const { grant } = result;
    if (grant.claims !== undefined && grant.claims.sub !== session.claims.sub) {
      return this.#over(id, SESSION_ENDED, 'the issuer renewed it for somebody else');
    }
    const { claims = session.claims } = grant;
    const next = withRefreshToken({ ...session, claims, checkedAt: now() }, grant);
    entry.session = next;
    // Logged out meanwhile: what was just given is revoked by who waits for this.
    if (!this.#entries.touch(id, now())) return OVER;
    await files.write(id, sealKeyOf(key), next);
    return { kind: 'known', ...next, endsAt: undefined };
  }

  /** While the issuer is away, what it said last holds for a while. */
  #stale(session: IssuerSession, reason: string): SessionCheck {
    const age = this.#options.now() - session.checkedAt;
    if (age < MAX_SESSION_STALE_MS) return { kind: 'known', ...session, endsAt: undefined };
    return { kind: 'unavailable', reason };
  }

  async #over(id: string, reason: string, detail: string): Promise<SessionCheck> {
    this.#entries.delete(id);
    await this.#options.files.remove(id);
    return { kind: 'unknown', reason, detail };
  }

  #read(id: string, key: string): Promise<IssuerSession | undefined> {
    return this.#options.files.read(id, this.#options.sealKeyOf(key));
  }
}

const OVER: SessionCheck = {
  kind: 'unknown',
  reason: SESSION_ENDED,
  detail: 'there is no such login, or no longer',
};

function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** With the new refresh token where the issuer gave one; the old one goes on where it did not. */
function withRefreshToken(
  session: IssuerSession,
  grant: Pick<Grant, 'refreshToken'>,
): IssuerSession {
  return grant.refreshToken === undefined
    ? session
    : { ...session, refreshToken: grant.refreshToken };
}
