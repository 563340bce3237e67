import type { Settings } from '../config/index.js';
import type { Logger, Metrics } from '../observability/index.js';
import { PortsipRest } from '../sources/portsip/rest/portsip-rest.js';

interface PortsipServiceParts {
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'sources'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The PBX's REST API in the hub's name; undefined without PORTSIP_API_URL. */
export function createPortsipRest(
  { portsip }: Pick<Settings, 'portsip'>,
  { logger, metrics, now }: PortsipServiceParts,
): PortsipRest | undefined {
  if (portsip?.tlsInsecure === true) {
    logger.warn(
      {},
      'PORTSIP_TLS_INSECURE is on: whoever is between the hub and the PBX can read along',
    );
  }
  if (portsip?.rest === undefined) return undefined;
  const { tenants, tlsInsecure, rest } = portsip;
  return new PortsipRest({
    ...rest,
    tenants,
    tlsInsecure,
    logger,
    now,
    onCall: (outcome, seconds) => metrics.sources.restCall('portsip', outcome, seconds),
  });
}
