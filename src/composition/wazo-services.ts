import type { Settings } from '../config/index.js';
import type { Logger, Metrics } from '../observability/index.js';
import { WazoRest } from '../sources/wazo/rest/wazo-rest.js';

interface WazoServiceParts {
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'sources'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Wazo's REST services in the hub's name, for all parts that ask them; undefined without WAZO_URL. */
export function createWazoRest(
  { wazo, wazoLogin }: Pick<Settings, 'wazo' | 'wazoLogin'>,
  { logger, metrics, now }: WazoServiceParts,
): WazoRest | undefined {
  if (wazoLogin?.tlsInsecure === true) {
    logger.warn({}, 'WAZO_TLS_INSECURE is on: whoever is between the hub and Wazo can read along');
  }
  if (wazo?.rest === undefined) return undefined;
  return new WazoRest({
    ...wazo.rest,
    logger,
    now,
    onCall: (service, outcome, seconds) => metrics.sources.restCall(service, outcome, seconds),
  });
}
