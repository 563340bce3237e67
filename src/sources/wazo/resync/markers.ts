import { randomUUID } from 'node:crypto';
import { MARKER_EVENT, type ResyncTrigger } from '../notices.js';
import type { WazoRest } from '../rest/wazo-rest.js';

/** While other messages come the marker may still be behind them; after this much silence it is lost. */
const SILENCE_MS = 10_000;

/** A full queue of 200,000 messages is read in less; a marker that is later is lost in live traffic. */
const MAX_WAIT_MS = 120_000;

/** A marker that has come round on the bus. */
export type HeardMarker = Extract<ResyncTrigger, { readonly kind: 'marker' }>;

/** What became of a marker. */
export type MarkerOutcome =
  | ({ readonly kind: 'back' } & Pick<HeardMarker, 'originUuid' | 'stampMs'>)
  /** wazo-amid took it, and it did not come back in time. */
  | { readonly kind: 'unanswered' }
  /** It could not be handed to wazo-amid. */
  | { readonly kind: 'unsent'; readonly error: unknown }
  /** Not wanted any more. */
  | { readonly kind: 'given-up' };

/** A marker that is under way. */
interface Waiting {
  readonly nonce: string;
  readonly since: number;
  finish(outcome: MarkerOutcome): void;
  /** Puts the end of the wait off. */
  extend(): void;
}

/**
 * The hub's own marks on the bus. What comes before one on the bus happened before it was sent, so
 * an answer asked for after it came back is newer than all events told until then. One at a time.
 */
export class Markers {
  readonly #amid: Pick<WazoRest['amid'], 'userEvent'>;
  readonly #now: () => number;
  #waiting: Waiting | undefined;

  /** @param now epoch ms */
  constructor(amid: Pick<WazoRest['amid'], 'userEvent'>, now: () => number) {
    this.#amid = amid;
    this.#now = now;
  }

  /** A marker has come round; those of others, and old ones, say nothing to us. */
  heard({ nonce, originUuid, stampMs }: HeardMarker): void {
    if (nonce === this.#waiting?.nonce) this.#waiting.finish({ kind: 'back', originUuid, stampMs });
  }

  /** A message of the bus has come. */
  progressed(): void {
    this.#waiting?.extend();
  }

  /** Sends a marker and waits until it has come round. */
  pass(signal: AbortSignal): Promise<MarkerOutcome> {
    if (signal.aborted) return Promise.resolve({ kind: 'given-up' });
    return new Promise((resolve) => {
      const nonce = randomUUID();
      const silence = setTimeout(() => waiting.finish({ kind: 'unanswered' }), SILENCE_MS);
      const giveUp = (): void => waiting.finish({ kind: 'given-up' });
      const waiting: Waiting = {
        nonce,
        since: this.#now(),
        finish: (outcome) => {
          clearTimeout(silence);
          signal.removeEventListener('abort', giveUp);
          if (this.#waiting === waiting) this.#waiting = undefined;
          resolve(outcome);
        },
        extend: () => {
          if (this.#now() - waiting.since < MAX_WAIT_MS) silence.refresh();
        },
      };
      this.#waiting = waiting;
      signal.addEventListener('abort', giveUp, { once: true });
      this.#amid.userEvent(MARKER_EVENT, { Nonce: nonce }).catch((error: unknown) => {
        waiting.finish({ kind: 'unsent', error });
      });
    });
  }
}
