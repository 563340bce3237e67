import { z } from 'zod';
import { pause } from '../pace.js';
import type { HttpClient } from './http-client.js';
import type { HubSession, SessionEnd } from './hub-session.js';
import { failureOf, LoadError } from './load-error.js';
import type { LoadFigures } from './load-figures.js';
import { openSession } from './open-session.js';
import type { LoadPlan, Subscription } from './plan.js';
import type { Tokens } from './tokens.js';

/** Items of one Subscribe: a JSON message of 32 KB holds them, which is what hubs take. */
const ITEMS_PER_CALL = 250;

/** The pauses of clients that come back, with half of each at random so that not all come at once. */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

const subscribeAnswer = z.array(
  z.object({ subscribed: z.boolean(), message: z.string().nullish() }),
);

/** What the connections of a load test share. */
export interface LoadParts {
  readonly plan: LoadPlan;
  readonly http: HttpClient;
  readonly figures: LoadFigures;
  /** Epoch ms. */
  readonly now: () => number;
}

/** One client of the load test: connects, subscribes, and comes back when it was lost. */
export class LoadConnection {
  readonly #parts: LoadParts;
  readonly #tokens: Tokens;
  readonly #stop = new AbortController();
  #session: HubSession | undefined;
  #firstTryOver: () => void = () => undefined;
  /** Events that came while it was measured. */
  measured = 0;
  /** Resolves when it is subscribed, or has failed for the first time. */
  readonly firstTry: Promise<void>;

  constructor(parts: LoadParts, tokens: Tokens) {
    this.#parts = parts;
    this.#tokens = tokens;
    this.firstTry = new Promise((resolve) => {
      this.#firstTryOver = resolve;
    });
  }

  /** Keeps connected until `stop`. Never rejects: what fails is counted. */
  async keep(): Promise<void> {
    const { figures } = this.#parts;
    let failures = 0;
    for (let end = await this.#live(); end.mayReconnect; end = await this.#live()) {
      failures = end.wasReady ? 0 : failures + 1;
      await pause(backOff(failures), this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      if (end.wasReady) figures.reconnects += 1;
    }
  }

  /** Keeps the hub from taking it for gone. */
  ping(): void {
    this.#session?.ping();
  }

  stop(): void {
    this.#stop.abort();
    void this.#session?.close();
  }

  /** One connection, from the first request to its end. */
  async #live(): Promise<SessionEnd & { readonly wasReady: boolean }> {
    const { figures } = this.#parts;
    try {
      const session = await this.#connect();
      figures.ready += 1;
      this.#firstTryOver();
      if (this.#stop.signal.aborted) await session.close();
      const end = await session.ended;
      figures.ready -= 1;
      await session.close();
      if (!this.#stop.signal.aborted) figures.drops.note(end.reason);
      return { ...end, wasReady: true };
    } catch (error) {
      if (!this.#stop.signal.aborted) figures.failures.note(failureOf(error));
      return {
        reason: failureOf(error),
        mayReconnect: !this.#stop.signal.aborted,
        wasReady: false,
      };
    } finally {
      this.#session = undefined;
      this.#firstTryOver();
    }
  }

  async #connect(): Promise<HubSession> {
    const { plan, http, figures, now } = this.#parts;
    const startedAt = performance.now();
    const session = await openSession(plan, http, this.#tokens, {
      received: (bytes) => figures.received(bytes),
      delivered: (stamp) => {
        if (figures.isMeasuring) this.measured += 1;
        figures.delivered(stamp, now());
      },
    });
    this.#session = session;
    figures.connecting.record(performance.now() - startedAt);
    const subscribingAt = performance.now();
    try {
      await this.#subscribe(session, plan.subscriptions);
    } catch (error) {
      await session.close();
      throw error;
    }
    figures.subscribing.record(performance.now() - subscribingAt);
    return session;
  }

  /** @throws LoadError when nothing is subscribed then */
  async #subscribe(session: HubSession, items: readonly Subscription[]): Promise<void> {
    let subscribed = 0;
    let refusal = 'the hub did not say why';
    for (let at = 0; at < items.length; at += ITEMS_PER_CALL) {
      const call = items.slice(at, at + ITEMS_PER_CALL);
      const answer = subscribeAnswer.safeParse(await session.invoke('Subscribe', [call]));
      if (!answer.success) throw new LoadError('Subscribe gave another answer than the RTE has');
      for (const result of answer.data) {
        if (result.subscribed) subscribed += 1;
        else {
          refusal = result.message ?? refusal;
          this.#parts.figures.refusals.note(refusal);
        }
      }
    }
    if (subscribed === 0) throw new LoadError(`Subscribe refused: ${refusal}`);
  }
}

/** @param failures in a row, 0 after a connection that stood */
function backOff(failures: number): number {
  const longest = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
  return longest * (0.5 + Math.random() / 2);
}
