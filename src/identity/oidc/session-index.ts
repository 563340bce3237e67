import { MAX_LOGIN_SESSIONS, MAX_SESSION_IDLE_MS } from '../defaults.js';
import type { FoundSession, IssuerSession } from './session-files.js';

/** What is known of a login without its file. */
export interface SessionEntry<Check> {
  /** When it was begun or renewed last, epoch ms. */
  usedAt: number;
  /** Undefined until it is asked for, after a restart. */
  session: IssuerSession | undefined;
  /** The question that is under way. */
  checking: Promise<Check> | undefined;
  /** When the issuer could not be asked, epoch ms. */
  failedAt: number;
}

/** Which logins with an issuer there are, least recently renewed first, and no more than are bearable. */
export class SessionIndex<Check> {
  readonly #entries = new Map<string, SessionEntry<Check>>();

  /** @param found those of a former run, in that order */
  constructor(found: readonly FoundSession[]) {
    for (const { id, usedAt } of found) this.add(id, usedAt, undefined);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): SessionEntry<Check> | undefined {
    return this.#entries.get(id);
  }

  add(id: string, usedAt: number, session: IssuerSession | undefined): void {
    this.#entries.set(id, { usedAt, session, checking: undefined, failedAt: -Infinity });
  }

  /** Whether it was there. */
  delete(id: string): boolean {
    return this.#entries.delete(id);
  }

  /**
   * Makes a login the last to be forgotten.
   * @returns whether it is still there
   */
  touch(id: string, now: number): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    entry.usedAt = now;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return true;
  }

  /**
   * Makes room for one more: takes out what was not used for long, and the least recently used where
   * there are too many.
   * @returns their ids
   */
  makeRoom(now: number): readonly string[] {
    const removed: string[] = [];
    for (const [id, { usedAt }] of this.#entries) {
      const isIdle = now - usedAt >= MAX_SESSION_IDLE_MS;
      if (!isIdle && this.#entries.size < MAX_LOGIN_SESSIONS) break;
      this.#entries.delete(id);
      removed.push(id);
    }
    return removed;
  }
}
