import type { SignalRLogger, SignalRMetrics } from '../observer.js';
import type { RefusedRequest } from './host-functions.js';
import type { HubRequest } from './hub-request.js';
import type { Refusal } from './refusals.js';
import { refusals } from './refusals.js';

/** A flood of refused requests must not become a flood of log lines; metrics count each. */
const LOG_INTERVAL_MS = 3_000;

export interface RefusalObserverParts<User> {
  readonly logger: SignalRLogger;
  readonly metrics: SignalRMetrics;
  readonly now: () => number;
  readonly allowedOrigins: readonly string[];
  /** The host's words on how to allow an origin, e.g. the name of its setting. */
  readonly originSettingHint: string;
  /** Told of every refusal; what it throws is logged. */
  readonly onRequestRefused: (refused: RefusedRequest<User>) => void;
}

/** Logs and counts what the endpoint answers. Tokens go to the host only, never to the log. */
export class RefusalObserver<User> {
  readonly #parts: RefusalObserverParts<User>;
  /** When a refusal was last logged, by label: bounded by the table of refusals. */
  readonly #lastLogged = new Map<string, number>();

  constructor(parts: RefusalObserverParts<User>) {
    this.#parts = parts;
  }

  negotiated(): void {
    this.#parts.metrics.negotiated();
  }

  /** @param user who asked, where that is known */
  refused(request: HubRequest, refusal: Refusal, user: User | undefined): void {
    this.#parts.metrics.requestRefused(refusal.status, refusal.label);
    this.#tellHost(request, refusal, user);
    this.#log(request, refusal);
  }

  /** @param hook which of the host's functions */
  hostFailed(hook: 'authenticate' | 'negotiate' | 'onRequestRefused', error: unknown): void {
    this.#parts.logger.error({ err: error, hook }, 'a function of the host failed');
  }

  #tellHost(
    { token, headers, remoteAddress }: HubRequest,
    { status, label }: Refusal,
    user: User | undefined,
  ): void {
    const request = { token, headers, remoteAddress };
    try {
      this.#parts.onRequestRefused({ ...request, status, reason: label, user });
    } catch (error) {
      this.hostFailed('onRequestRefused', error);
    }
  }

  #log(request: HubRequest, refusal: Refusal): void {
    const { logger, now } = this.#parts;
    const last = this.#lastLogged.get(refusal.label) ?? Number.NEGATIVE_INFINITY;
    if (now() - last < LOG_INTERVAL_MS) return;
    this.#lastLogged.set(refusal.label, now());
    const { method, remoteAddress } = request;
    const fields = { method, remoteAddress, status: refusal.status, reason: refusal.label };
    logger.warn({ ...fields, ...this.#originFields(request, refusal) }, 'hub request refused');
  }

  #originFields(request: HubRequest, refusal: Refusal): object {
    if (refusal.label !== refusals.originNotAllowed.label) return {};
    const { allowedOrigins, originSettingHint } = this.#parts;
    return { origin: request.headers.origin, allowedOrigins, remedy: originSettingHint };
  }
}
