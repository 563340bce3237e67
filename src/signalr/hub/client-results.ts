import type { CompletionOutcome } from '../protocol/messages.js';
import type { ClientResultOptions } from './hub-definition.js';
import { HubError } from './hub-error.js';

interface Waiter {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** On the heartbeat's clock. */
  readonly deadline: number;
  /** Stops listening to the signal of who waits. */
  readonly forgetSignal: () => void;
}

export interface ClientResultLimits {
  readonly clientResultTimeoutMs: number;
  readonly maximumClientResults: number;
}

/** The answers that are awaited of one client. */
export class ClientResults {
  readonly #limits: ClientResultLimits;
  readonly #time: () => number;
  /** By invocation id; bounded by maximumClientResults; each leaves by answer, time-out or end. */
  readonly #waiters = new Map<string, Waiter>();
  #lastId = 0;

  /** @param time ms on the heartbeat's clock */
  constructor(limits: ClientResultLimits, time: () => number) {
    this.#limits = limits;
    this.#time = time;
  }

  has(id: string): boolean {
    return this.#waiters.has(id);
  }

  /**
   * Asks the client by `send`, and waits for its answer.
   * @throws (rejects) {HubError} for an error of the client's, and another Error for no answer
   */
  async ask(send: (id: string) => void, options: ClientResultOptions): Promise<unknown> {
    const { maximumClientResults, clientResultTimeoutMs } = this.#limits;
    const { signal, timeoutMs = clientResultTimeoutMs } = options;
    signal?.throwIfAborted();
    if (this.#waiters.size >= maximumClientResults) {
      throw new Error(`${maximumClientResults} results of the client are awaited already.`);
    }
    // Another letter than clients' ids begin with, so that no stream of a client has the same.
    const id = `s${(this.#lastId += 1)}`;
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#take(id)?.reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      const forgetSignal = () => signal?.removeEventListener('abort', onAbort);
      this.#waiters.set(id, { resolve, reject, forgetSignal, deadline: this.#time() + timeoutMs });
      // Only now: sending may end the connection, and with it the wait.
      this.#send(id, send);
    });
  }

  /** The client's answer; late and unknown ones are ignored. */
  settle(id: string, outcome: CompletionOutcome): void {
    const waiter = this.#take(id);
    if (outcome.kind === 'error') waiter?.reject(new HubError(outcome.error));
    else waiter?.resolve(outcome.kind === 'result' ? outcome.value : undefined);
  }

  /** Called by the heartbeat. */
  tick(time: number): void {
    for (const [id, { deadline }] of this.#waiters) {
      if (time >= deadline) this.#take(id)?.reject(new Error('The client gave no result in time.'));
    }
  }

  /** No answer will come any more. */
  failAll(error: Error): void {
    for (const id of this.#waiters.keys()) this.#take(id)?.reject(error);
  }

  #send(id: string, send: (id: string) => void): void {
    try {
      send(id);
    } catch (error) {
      this.#take(id)?.reject(error);
    }
  }

  #take(id: string): Waiter | undefined {
    const waiter = this.#waiters.get(id);
    this.#waiters.delete(id);
    waiter?.forgetSignal();
    return waiter;
  }
}
