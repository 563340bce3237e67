/** What to do with a message: take it, refuse it, or end the connection. */
export type RateVerdict = 'take' | 'refuse' | 'close';

/**
 * Token bucket over the messages of one client. Over the limit messages are refused; a client that
 * goes on without ever letting the bucket fill up again is to be closed.
 */
export class MessageRate {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #maxRefusals: number;
  #tokens: number;
  #last: number;
  #refusals = 0;

  /** @param now epoch ms */
  constructor(
    rate: { readonly perSecond: number; readonly burst: number },
    maxRefusals: number,
    now: number,
  ) {
    this.#perMs = rate.perSecond / 1_000;
    this.#burst = rate.burst;
    this.#tokens = rate.burst;
    this.#maxRefusals = maxRefusals;
    this.#last = now;
  }

  /** Counts one message. @param now epoch ms */
  count(now: number): RateVerdict {
    // A backwards or standing clock gains nothing, and Infinity times nothing would be NaN.
    if (now > this.#last) this.#tokens += (now - this.#last) * this.#perMs;
    this.#last = now;
    this.#tokens = Math.min(this.#tokens, this.#burst);
    if (this.#tokens >= this.#burst) this.#refusals = 0;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 'take';
    }
    this.#refusals += 1;
    return this.#refusals > this.#maxRefusals ? 'close' : 'refuse';
  }
}
