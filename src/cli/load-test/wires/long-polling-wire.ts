import type { HttpClient } from '../http-client.js';
import { failureOf, LoadError } from '../load-error.js';
import { Posts } from './posts.js';
import type { Wire, WireTarget } from './wire.js';

/** The answer to a poll of a connection that has ended. */
const NO_CONTENT = 204;

/** Polls. Resolves when the hub has answered the first one. @throws when it refuses it */
export async function openLongPolling(http: HttpClient, target: WireTarget): Promise<Wire> {
  const polling = new LongPolling(http, target);
  await polling.open();
  return polling;
}

class LongPolling implements Wire {
  readonly #http: HttpClient;
  readonly #target: WireTarget;
  readonly #posts: Posts;
  readonly #stop = new AbortController();
  #isOver = false;
  #left: Promise<void> | undefined;

  constructor(http: HttpClient, target: WireTarget) {
    this.#http = http;
    this.#target = target;
    this.#posts = new Posts(http, target, (failure) => this.#end(failure));
  }

  async open(): Promise<void> {
    const { status } = await this.#poll();
    if (status !== 200) throw new LoadError(`first poll answered ${String(status)}`);
    void this.#pollOn();
  }

  send(payload: Uint8Array): void {
    this.#posts.send(payload);
  }

  /** Lets go of the poll and tells the hub, which would else wait for the next one. */
  close(): Promise<void> {
    this.#left ??= this.#leave();
    return this.#left;
  }

  async #leave(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop.abort();
    const { url, headers } = this.#target;
    await this.#http.send('DELETE', url, headers).catch(ignoreGone);
  }

  /** Never rejects. */
  async #pollOn(): Promise<void> {
    try {
      while (!this.#isOver) {
        const { status, body } = await this.#poll();
        if (status === NO_CONTENT) this.#end(undefined);
        else if (status !== 200) this.#end(`poll answered ${String(status)}`);
        else if (body.length > 0 && !this.#isOver) this.#target.listener.received(body);
      }
    } catch (error) {
      this.#end(failureOf(error));
    }
  }

  #poll() {
    const { url, headers } = this.#target;
    return this.#http.send('GET', url, headers, undefined, this.#stop.signal);
  }

  #end(failure: string | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop.abort();
    this.#target.listener.closed(failure);
  }
}

/** The hub may be gone by then; the connection is over either way. */
function ignoreGone(): void {
  // Nobody waits for the answer.
}
