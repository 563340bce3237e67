import type { SourceTrouble } from '../../../contact-center/index.js';
import type { SourceCondition } from '../../source.js';
import { BackOff, type EndCause } from './back-off.js';
import type { WsiCredentials } from './credentials.js';
import { LIMITS } from './limits.js';
import type { Refusal } from './refusals.js';
import { subscriptionsFor, type Selection } from './subscriptions.js';
import { pause, type Timers } from './timers.js';
import { type ConnectionState, type MessageFrame, WsiConnection } from './wsi-connection.js';
import type { OpenSocket } from './wsi-socket.js';

export interface WsiClientOptions {
  /** `wss://pbx:8887/wsi`, or `wss://pbx:8885` before version 22. */
  readonly url: string;
  readonly tlsInsecure: boolean;
  readonly credentials: WsiCredentials;
  readonly openSocket: OpenSocket;
  readonly timers: Timers;
  /** From 0 to 1. */
  readonly random: () => number;
  /** What to subscribe to now. */
  selection(): Selection;
  onFrame(frame: MessageFrame): void;
  /** Subscriptions were made or repeated: the state that the PBX tells now is the truth. */
  onSubscribed(): void;
  /** Says that messages flow, or why they don't or not all do. */
  onCondition(condition: SourceCondition): void;
  /** What is refused though the source is up without it. */
  onNotice(text: string): void;
}

/** Keeps one connection to a PBX alive for as long as it runs. */
export class WsiClient {
  readonly #options: WsiClientOptions;
  readonly #networkBackOff: BackOff;
  readonly #refusalBackOff: BackOff;
  #connection: WsiConnection | undefined;
  #told = '';

  constructor(options: WsiClientOptions) {
    this.#options = options;
    this.#networkBackOff = new BackOff(LIMITS.networkBackOff, options.random);
    this.#refusalBackOff = new BackOff(LIMITS.refusalBackOff, options.random);
  }

  /** `waiting` is the pause before the next connection. */
  get state(): ConnectionState | 'waiting' {
    return this.#connection?.state ?? 'waiting';
  }

  /** Subscribes anew, since the selection has changed. */
  refresh(): void {
    this.#connection?.refresh();
  }

  /** Connects, and connects again whatever happens, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#tellDown('starting', 'not connected yet');
    while (!signal.aborted) {
      const end = await this.#connect(signal);
      if (end === undefined) return;
      const isNetwork = end.cause === 'network';
      this.#tellDown(isNetwork ? 'connection-lost' : 'access-denied', end.problem);
      const backOff = isNetwork ? this.#networkBackOff : this.#refusalBackOff;
      await pause(this.#options.timers, backOff.next(), signal);
    }
  }

  /** Resolves with why the connection ended; with undefined when `signal` aborted. */
  #connect(
    signal: AbortSignal,
  ): Promise<{ readonly cause: EndCause; readonly problem: string } | undefined> {
    return new Promise((resolve) => {
      const stop = (): void => {
        connection.close();
        finish(undefined);
      };
      const cancelSound = this.#options.timers.after(LIMITS.soundAfterMs, () => {
        this.#networkBackOff.reset();
      });
      const finish = (end: { cause: EndCause; problem: string } | undefined): void => {
        cancelSound();
        signal.removeEventListener('abort', stop);
        this.#connection = undefined;
        resolve(end);
      };
      const connection = new WsiConnection({
        ...this.#options,
        subscriptions: () => subscriptionsFor(this.#options.selection()),
        onRefusals: (refusals) => this.#tellRefusals(refusals),
        nextRetryMs: () => this.#refusalBackOff.next(),
        onEnd: (cause, problem) => finish({ cause, problem }),
      });
      this.#connection = connection;
      signal.addEventListener('abort', stop);
    });
  }

  #tellRefusals(refusals: readonly Refusal[]): void {
    if (refusals.length === 0) this.#refusalBackOff.reset();
    const missing = refusals.filter(({ required }) => required);
    if (missing.length === 0) this.#tell({ state: 'up' });
    else {
      const detail = this.#withHost(describeRefusals(missing));
      this.#tell({ state: 'stale', trouble: 'access-denied', detail });
    }
    const optional = refusals.filter(({ required }) => !required);
    if (optional.length > 0) this.#options.onNotice(this.#withHost(describeRefusals(optional)));
  }

  #tellDown(trouble: SourceTrouble, problem: string): void {
    this.#tell({ state: 'down', trouble, detail: this.#withHost(problem) });
  }

  #tell(condition: SourceCondition): void {
    const told = JSON.stringify(condition);
    if (told === this.#told) return;
    this.#told = told;
    this.#options.onCondition(condition);
  }

  #withHost(problem: string): string {
    return `PortSIP at ${new URL(this.#options.url).host}: ${problem}`;
  }
}

function describeRefusals(refusals: readonly Refusal[]): string {
  return refusals
    .map(({ topics, permission, error }) => {
      const what = topics.length === 1 ? topics.join('') : `one of ${topics.join(', ')}`;
      return `refused ${what}: give the login the right ${permission} (it said: ${JSON.stringify(error)})`;
    })
    .join('; ');
}
