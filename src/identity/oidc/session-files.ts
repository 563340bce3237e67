import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { z } from 'zod';
import { readIfThere, replaceDurably } from '../../durable-file.js';
import { idTokenClaimsSchema } from './grant-result.js';

/** Name of their folder in the data folder. */
const FOLDER = 'login-sessions';

/** What a file is called: the digest of its secret key. */
const FILE_NAME = /^[\da-f]{64}$/u;

const sessionSchema = z.object({
  /** Of the newest ID token. */
  claims: idTokenClaimsSchema,
  /** What the login is renewed with; absent when the issuer gave nothing. */
  refreshToken: z.string().exactOptional(),
  /** Epoch ms. */
  startedAt: z.number(),
  /** When the issuer last said that the login holds, epoch ms. */
  checkedAt: z.number(),
});

/** A login with an issuer. */
export type IssuerSession = z.infer<typeof sessionSchema>;

/** A file that is there from a former run. */
export interface FoundSession {
  readonly id: string;
  /** When it was last written, epoch ms. */
  readonly usedAt: number;
}

/**
 * Keeps the logins with an issuer, one file each, since they outlive the process. A file is encrypted
 * (RFC 7516) with a key that is made of the secret key that its browser has and of the hub's login
 * secret: who reads the data folder has no refresh token yet, nor has who steals a secret key.
 */
export class SessionFiles {
  readonly #folder: string;
  readonly #found: readonly FoundSession[];

  /** Makes the folder, and sees what is in it. */
  static async open(dataDir: string): Promise<SessionFiles> {
    const folder = join(dataDir, FOLDER);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const names = await readdir(folder);
    const found = names
      .filter((name) => FILE_NAME.test(name))
      .map(async (id) => ({ id, usedAt: (await stat(join(folder, id))).mtimeMs }));
    // What was being written when the process ended is of no use.
    const drafts = names.filter((name) => !FILE_NAME.test(name));
    await Promise.all(drafts.map((name) => rm(join(folder, name), { force: true })));
    return new SessionFiles(folder, await Promise.all(found));
  }

  private constructor(folder: string, found: readonly FoundSession[]) {
    this.#folder = folder;
    this.#found = found;
  }

  /** What was there when the folder was opened, least recently written first. */
  found(): readonly FoundSession[] {
    return this.#found.toSorted((one, other) => one.usedAt - other.usedAt);
  }

  /** Resolves when it is on the disk. */
  async write(id: string, sealKey: Uint8Array, session: IssuerSession): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(session));
    const sealed = await new CompactEncrypt(bytes)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(sealKey);
    await replaceDurably(join(this.#folder, id), sealed);
  }

  /** Undefined when there is none, or none that the key opens. */
  async read(id: string, sealKey: Uint8Array): Promise<IssuerSession | undefined> {
    const sealed = await readIfThere(join(this.#folder, id));
    if (sealed === undefined) return undefined;
    try {
      const { plaintext } = await compactDecrypt(sealed, sealKey);
      return sessionSchema.parse(JSON.parse(new TextDecoder().decode(plaintext)));
    } catch (error) {
      // Another login secret ends all sessions, as it ends all secret keys.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { force: true });
  }
}
