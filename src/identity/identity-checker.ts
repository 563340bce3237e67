import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { HeaderCredentials } from './credentials.js';
import {
  MAX_PENDING_IDENTITY_CHECKS,
  MAX_REMEMBERED_IDENTITIES,
  REMEMBER_IDENTITY_MS,
  REMEMBER_STRANGER_MS,
} from './defaults.js';
import {
  IdentityProviderError,
  type ExternalIdentity,
  type IdentityProvider,
} from './identity-provider.js';

/**
 * Whom credentials belong to:
 * - `unknown`: nobody; wrong, expired or revoked
 * - `busy`: too many are being asked for already
 * - `unavailable`: the system that would know can't be asked, for `reason`
 */
export type IdentityCheck =
  | { readonly kind: 'known'; readonly identity: ExternalIdentity }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface IdentityCheckerOptions {
  readonly provider: IdentityProvider;
  /** Checks that may run at a time. */
  readonly maxPending?: number;
  /** Epoch ms. */
  readonly now?: () => number;
}

/**
 * Asks an identity provider, with bounds on the work: the same credentials at the same time are
 * asked for once, and answers hold for seconds, so that a thousand clients that come back together
 * cost little and a revoked token opens nothing for long. Credentials are kept as keyed digests.
 */
export class IdentityChecker {
  /** Lives as long as the process: a digest is worthless without it. */
  readonly #digestKey = randomBytes(32);
  readonly #provider: IdentityProvider;
  readonly #now: () => number;
  readonly #maxPending: number;
  readonly #answers: LRUCache<string, IdentityCheck>;
  /** Checks under way by digest; each removes itself when done. */
  readonly #pending = new Map<string, Promise<IdentityCheck>>();

  constructor({ provider, maxPending, now = Date.now }: IdentityCheckerOptions) {
    this.#provider = provider;
    this.#now = now;
    this.#maxPending = maxPending ?? MAX_PENDING_IDENTITY_CHECKS;
    this.#answers = new LRUCache({
      max: MAX_REMEMBERED_IDENTITIES,
      perf: { now },
      ttlResolution: 0,
    });
  }

  /** Entries per table, for metrics. */
  sizes(): { readonly identityChecks: number; readonly identities: number } {
    return { identityChecks: this.#pending.size, identities: this.#answers.size };
  }

  /** Never rejects but for a fault of the hub's own. */
  async check(credentials: HeaderCredentials): Promise<IdentityCheck> {
    const digest = this.#digest(credentials);
    const remembered = this.#answers.get(digest);
    if (remembered !== undefined) return remembered;
    return this.#pending.get(digest) ?? this.#start(digest, credentials);
  }

  /** Forgets what was answered of sessions that `isOver` names, because they have ended. */
  forget(isOver: (identity: ExternalIdentity) => boolean): void {
    for (const [digest, answer] of this.#answers.entries()) {
      if (answer.kind === 'known' && isOver(answer.identity)) this.#answers.delete(digest);
    }
  }

  #start(digest: string, credentials: HeaderCredentials): Promise<IdentityCheck> | IdentityCheck {
    if (this.#pending.size >= this.#maxPending) return { kind: 'busy' };
    const asking = this.#ask(digest, credentials);
    this.#pending.set(digest, asking);
    return asking;
  }

  async #ask(digest: string, credentials: HeaderCredentials): Promise<IdentityCheck> {
    try {
      const identity = await this.#identify(credentials);
      const answer: IdentityCheck =
        identity === undefined ? { kind: 'unknown' } : { kind: 'known', identity };
      this.#remember(digest, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof IdentityProviderError)) throw error;
      return { kind: 'unavailable', reason: error.message };
    } finally {
      this.#pending.delete(digest);
    }
  }

  #identify(credentials: HeaderCredentials): Promise<ExternalIdentity | undefined> {
    switch (credentials.kind) {
      case 'token':
        return this.#provider.identifyToken(credentials.token);
      case 'password':
        return this.#provider.identifyPassword(credentials.userName, credentials.password);
    }
  }

  #remember(digest: string, answer: IdentityCheck): void {
    const ttl = answer.kind === 'known' ? this.#lifeOf(answer.identity) : REMEMBER_STRANGER_MS;
    // The cache takes 0 for no end.
    if (ttl > 0) this.#answers.set(digest, answer, { ttl });
  }

  #lifeOf({ validUntil }: ExternalIdentity): number {
    if (validUntil === undefined) return REMEMBER_IDENTITY_MS;
    return Math.min(REMEMBER_IDENTITY_MS, Math.floor(validUntil - this.#now()));
  }

  #digest(credentials: HeaderCredentials): string {
    const text =
      credentials.kind === 'token'
        ? `token\n${credentials.token}`
        : `password\n${credentials.userName}\n${credentials.password}`;
    return createHmac('sha256', this.#digestKey).update(text).digest('base64');
  }
}
