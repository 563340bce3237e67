import type { BusEnvelope } from './bus-envelope.js';
import { inCausalOrder } from './burst-order.js';

/** A steady stream is cut after this many windows without a pause. */
const MAX_WINDOWS = 4;

/** Messages held at once; the broker's prefetch keeps below it, the simulator far below. */
const MAX_HELD = 2_000;

/** A message held until its burst is complete. */
export interface Held {
  readonly envelope: BusEnvelope;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** Called when the message's burst has been handed on. */
  done(): void;
}

/**
 * Holds messages until none has come for `windowMs`, then hands on each burst among them in causal
 * order. Bursts are told apart by the publishers' time stamps, which matters when a backlog of
 * minutes arrives at once. Needs `setTimeout` only; the owner calls `flush` at the end.
 */
export class ReorderWindow {
  readonly #windowMs: number;
  readonly #release: (burst: readonly Held[]) => void;
  #held: Held[] = [];
  #openedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(windowMs: number, release: (burst: readonly Held[]) => void) {
    this.#windowMs = windowMs;
    this.#release = release;
  }

  /** Messages waiting now. */
  get size(): number {
    return this.#held.length;
  }

  add(message: Held): void {
    if (this.#held.length === 0) this.#openedAt = message.receivedAt;
    this.#held.push(message);
    const longOpen = message.receivedAt - this.#openedAt >= this.#windowMs * MAX_WINDOWS;
    if (longOpen || this.#held.length >= MAX_HELD) {
      this.flush();
      return;
    }
    this.#timer ??= setTimeout(() => this.flush(), this.#windowMs);
    this.#timer.refresh();
  }

  /** Hands on everything held, at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const held = this.#held;
    this.#held = [];
    for (const burst of splitBursts(held, this.#windowMs)) this.#release(inCausalOrder(burst));
  }
}

/** Cuts where the publishers' clock jumps by more than `gapMs`; one without a stamp stays with its neighbour. */
export function splitBursts<T extends { readonly envelope: BusEnvelope }>(
  messages: readonly T[],
  gapMs: number,
): T[][] {
  const bursts: T[][] = [];
  let last: number | undefined;
  for (const message of messages) {
    const stamp = message.envelope.timestampMs;
    const current = bursts.at(-1);
    const gap = stamp !== undefined && last !== undefined && Math.abs(stamp - last) > gapMs;
    if (current === undefined || gap) bursts.push([message]);
    else current.push(message);
    last = stamp ?? last;
  }
  return bursts;
}
