/**
 * Ids of connections that were negotiated on another node and opened here, until their tokens
 * expire: a token is good for one connection on a node. Bounded; emptied by time.
 */
export class SpentTokens {
  readonly #maximum: number;
  /** Epoch ms of expiry by connection id, roughly in order of expiry. */
  readonly #expiries = new Map<string, number>();

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  get size(): number {
    return this.#expiries.size;
  }

  has(id: string): boolean {
    return this.#expiries.has(id);
  }

  /** @param now epoch ms. @returns false when there is no room to remember one more */
  add(id: string, expiresAt: number, now: number): boolean {
    this.#forgetExpired(now);
    if (this.#expiries.size >= this.#maximum) return false;
    this.#expiries.set(id, expiresAt);
    return true;
  }

  #forgetExpired(now: number): void {
    for (const [id, expiresAt] of this.#expiries) {
      if (expiresAt > now) return;
      this.#expiries.delete(id);
    }
  }
}
