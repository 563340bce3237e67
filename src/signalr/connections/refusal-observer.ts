import type { SignalRLogger, SignalRMetrics } from '../observer.js';
import type { HubRequest } from './hub-request.js';
import type { Refusal } from './refusals.js';
import { refusals } from './refusals.js';

/** A flood of refused requests must not become a flood of log lines; metrics count each. */
const LOG_INTERVAL_MS = 3_000;

export interface RefusalObserverParts {
  readonly logger: SignalRLogger;
  readonly metrics: SignalRMetrics;
  readonly now: () => number;
  readonly allowedOrigins: readonly string[];
  /** The host's words on how to allow an origin, e.g. the name of its setting. */
  readonly originSettingHint: string;
}

/** Logs and counts what the endpoint answers. Never sees the query, so tokens can't get in. */
export class RefusalObserver {
  readonly #parts: RefusalObserverParts;
  /** When a refusal was last logged, by label: bounded by the table of refusals. */
  readonly #lastLogged = new Map<string, number>();

  constructor(parts: RefusalObserverParts) {
    this.#parts = parts;
  }

  negotiated(): void {
    this.#parts.metrics.negotiated();
  }

  refused(request: HubRequest, refusal: Refusal): void {
    const { logger, metrics, now } = this.#parts;
    metrics.requestRefused(refusal.status, refusal.label);
    const last = this.#lastLogged.get(refusal.label) ?? Number.NEGATIVE_INFINITY;
    if (now() - last < LOG_INTERVAL_MS) return;
    this.#lastLogged.set(refusal.label, now());
    const { method, remoteAddress } = request;
    const fields = { method, remoteAddress, status: refusal.status, reason: refusal.label };
    logger.warn({ ...fields, ...this.#originFields(request, refusal) }, 'hub request refused');
  }

  /** @param hook which of the host's functions */
  hostFailed(hook: 'authenticate' | 'negotiate', error: unknown): void {
    this.#parts.logger.error({ err: error, hook }, 'a function of the host failed');
  }

  #originFields(request: HubRequest, refusal: Refusal): object {
    if (refusal.label !== refusals.originNotAllowed.label) return {};
    const { allowedOrigins, originSettingHint } = this.#parts;
    return { origin: request.headers.origin, allowedOrigins, remedy: originSettingHint };
  }
}
