import type { CallSlot } from './call-slots.js';
import { CallSlots } from './call-slots.js';
import type { Call } from './dispatcher.js';

export interface CallQueueLimits {
  readonly maximumParallelInvocations: number;
  readonly maximumQueuedInvocations: number;
}

/** Calls of one connection that wait for a slot, in their order. */
export class CallQueue {
  readonly #limits: CallQueueLimits;
  readonly #slots: CallSlots;
  readonly #begin: (call: Call, slot: CallSlot) => void;
  /** Above maximumQueuedInvocations the queue is full, and its owner stops reading. */
  readonly #waiting: Call[] = [];

  /** @param begin runs a call; it is over when its slot is ended */
  constructor(limits: CallQueueLimits, begin: (call: Call, slot: CallSlot) => void) {
    this.#limits = limits;
    this.#begin = begin;
    this.#slots = new CallSlots(limits.maximumParallelInvocations, () => this.#beginWaiting());
  }

  get full(): boolean {
    return this.#waiting.length >= this.#limits.maximumQueuedInvocations;
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  push(call: Call): void {
    this.#waiting.push(call);
    this.#beginWaiting();
  }

  /** Takes out the call for a stream that has that id, if it still waits. */
  removeStreamCall(id: string): Call | undefined {
    const isIt = ({ kind, invocationId }: Call) =>
      kind === 'streamInvocation' && invocationId === id;
    const at = this.#waiting.findIndex(isIt);
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  #beginWaiting(): void {
    while (this.#waiting.length > 0) {
      const slot = this.#slots.take();
      if (slot === undefined) return;
      const call = this.#waiting.shift();
      if (call !== undefined) this.#begin(call, slot);
    }
  }
}
