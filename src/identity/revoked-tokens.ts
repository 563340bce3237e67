import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { readIfThere, StateFile } from '../durable-file.js';
import { MAX_REVOCATIONS, MAX_TOKEN_SECONDS } from './defaults.js';
import type { TokenClaims } from './token-claims.js';

/** Name of the file in the data folder. */
const FILE_NAME = 'revoked-tokens.json';

const fileSchema = z.object({
  /** Of whom all tokens until then are revoked: user id and seconds since 1970. */
  users: z.array(z.tuple([z.string(), z.number()])),
  /** Single tokens: `jti`, whose it is, and when it was revoked. */
  tokens: z.array(z.tuple([z.string(), z.object({ userId: z.string(), at: z.number() })])),
});

type Content = z.infer<typeof fileSchema>;

/** What of a token tells whether it was revoked. */
export type RevocableToken = Pick<TokenClaims, 'sub' | 'jti' | 'iat'>;

export interface RevokedTokensOptions {
  readonly dataDir: string;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The list in the data folder can't be used. */
export class RevocationError extends Error {
  override readonly name = 'RevocationError';
}

/**
 * The tokens that were revoked before their end. Kept in the data folder, since a token may outlive
 * the process, and as long as any token may live.
 */
export class RevokedTokens {
  readonly #file: StateFile;
  readonly #now: () => number;
  /** User id to seconds since 1970. */
  readonly #users: LRUCache<string, number>;
  readonly #tokens: LRUCache<string, { readonly userId: string; readonly at: number }>;
  #evictions = 0;

  /**
   * Reads the list.
   * @throws RevocationError when it can't be read: without it, revoked tokens would be good again
   */
  static async open({ dataDir, now }: RevokedTokensOptions): Promise<RevokedTokens> {
    const path = join(dataDir, FILE_NAME);
    const list = new RevokedTokens(path, now);
    list.#fill(await readList(path));
    return list;
  }

  private constructor(path: string, now: () => number) {
    this.#file = new StateFile(path, () => this.#content());
    this.#now = now;
    this.#users = this.#table();
    this.#tokens = this.#table();
  }

  /** How much is in the list. */
  get sizes(): { readonly revokedUsers: number; readonly revokedTokens: number } {
    return { revokedUsers: this.#users.size, revokedTokens: this.#tokens.size };
  }

  /** Revocations that were forgotten because there were too many. */
  get evictions(): number {
    return this.#evictions;
  }

  /** Revokes all tokens that the user has got until now, at once; resolves when that is on the disk. */
  revokeUser(userId: string): Promise<void> {
    this.#users.set(userId, this.#seconds());
    return this.#file.save();
  }

  /** Revokes one token of the user, at once; resolves when that is on the disk. */
  revokeToken(userId: string, tokenId: string): Promise<void> {
    this.#tokens.set(tokenId, { userId, at: this.#seconds() });
    return this.#file.save();
  }

  /** `iat` has whole seconds, so a token of the very second in which its user was revoked is, too. */
  isRevoked({ sub, jti, iat }: RevocableToken): boolean {
    const at = this.#users.peek(sub);
    if (at !== undefined && iat <= at) return true;
    return this.#tokens.peek(jti)?.userId === sub;
  }

  #table<Entry extends number | object>(): LRUCache<string, Entry> {
    return new LRUCache<string, Entry>({
      max: MAX_REVOCATIONS,
      ttl: MAX_TOKEN_SECONDS * 1000,
      perf: { now: this.#now },
      ttlResolution: 0,
      dispose: (_entry, _id, reason) => {
        if (reason === 'evict') this.#evictions += 1;
      },
    });
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  #fill({ users, tokens }: Content): void {
    const now = this.#now();
    // The age of an entry counts from its revocation, not from the start of the hub.
    const ttl = (at: number) => Math.max(1, (at + MAX_TOKEN_SECONDS) * 1000 - now);
    for (const [id, at] of users) this.#users.set(id, at, { ttl: ttl(at) });
    for (const [id, entry] of tokens) this.#tokens.set(id, entry, { ttl: ttl(entry.at) });
  }

  #content(): string {
    const content: Content = {
      // Oldest first, as they are read again.
      users: [...this.#users.entries()].reverse(),
      tokens: [...this.#tokens.entries()].reverse(),
    };
    return JSON.stringify(content);
  }
}

async function readList(path: string): Promise<Content> {
  try {
    const text = await readIfThere(path);
    return text === undefined ? { users: [], tokens: [] } : fileSchema.parse(JSON.parse(text));
  } catch (error) {
    const message = `the list of revoked tokens ${path} cannot be read: restore it, or remove it and rotate the signing key without keeping the previous one`;
    throw new RevocationError(message, { cause: error });
  }
}
