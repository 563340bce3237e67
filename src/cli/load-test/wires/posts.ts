import type { HttpClient } from '../http-client.js';
import { failureOf } from '../load-error.js';
import type { WireTarget } from './wire.js';

/** Sends what a client says where the transport only brings: by POSTs, one after the other. */
export class Posts {
  readonly #http: HttpClient;
  readonly #target: WireTarget;
  #last: Promise<void> = Promise.resolve();
  #failed = false;
  readonly #onFailure: (failure: string) => void;

  constructor(http: HttpClient, target: WireTarget, onFailure: (failure: string) => void) {
    this.#http = http;
    this.#target = target;
    this.#onFailure = onFailure;
  }

  send(payload: Uint8Array): void {
    this.#last = this.#last.then(() => this.#post(payload));
  }

  async #post(payload: Uint8Array): Promise<void> {
    if (this.#failed) return;
    const { url, headers } = this.#target;
    try {
      const { status } = await this.#http.send('POST', url, headers, payload);
      if (status >= 300) throw new Error(`POST answered ${String(status)}`);
    } catch (error) {
      this.#failed = true;
      this.#onFailure(failureOf(error));
    }
  }
}
