import type { CommandReply } from '../wsi/command-reply.js';
import { LIMITS } from './limits.js';
import type { Refusal } from './refusals.js';
import type { Subscription } from './subscriptions.js';
import type { Timers } from './timers.js';

export interface RoundOptions {
  readonly subscriptions: readonly Subscription[];
  readonly timers: Timers;
  send(text: string): void;
  /** Called once, when every topic was sent, and answered if the PBX answers at all. */
  onDone(refusals: readonly Refusal[]): void;
}

/**
 * Subscribes to one topic after another, waiting for the answer to each, since answers do not say
 * what they are to. A PBX that leaves the first one without an answer is taken not to answer.
 */
export class SubscriptionRound {
  readonly #options: RoundOptions;
  readonly #waiting: Subscription[];
  readonly #refusals: Refusal[] = [];
  #asked: Subscription | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(options: RoundOptions) {
    this.#options = options;
    this.#waiting = [...options.subscriptions];
  }

  start(): void {
    this.#askNext();
  }

  /** Takes an answer to a subscription. */
  answer(reply: CommandReply): void {
    this.#cancelTimer();
    const asked = this.#asked;
    if (asked === undefined) return;
    if (!reply.ok) {
      const { topic, permission, required } = asked;
      this.#refusals.push({ topics: [topic], permission, required, error: reply.error });
    }
    this.#askNext();
  }

  cancel(): void {
    this.#cancelTimer();
    this.#asked = undefined;
    this.#waiting.length = 0;
  }

  #askNext(): void {
    this.#asked = this.#waiting.shift();
    if (this.#asked === undefined) {
      this.#options.onDone(this.#refusals);
      return;
    }
    this.#cancelTimer = this.#options.timers.after(LIMITS.subscriptionAnswerMs, () => {
      this.#sendRest();
    });
    this.#options.send(this.#asked.command);
  }

  #sendRest(): void {
    this.#asked = undefined;
    for (const { command } of this.#waiting.splice(0)) this.#options.send(command);
    this.#options.onDone(this.#refusals);
  }
}
